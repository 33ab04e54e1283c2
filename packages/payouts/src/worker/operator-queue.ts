import type { Book, Instant, ReadTrouble } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Attempt } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Payouts } from '../define-payouts.ts';
import { leadingAttempt, type Payout, type PayoutStatus, payoutStatus } from '../records/payout/payout.ts';

/** Why something waits for a person. */
export type DeadLetterCategory =
  /** All retries got a no. */
  | 'retries_spent'
  /** The destination has to be mended. */
  | 'destination'
  /** It will never work as asked. */
  | 'refused'
  /** Nobody can tell what came of it. */
  | 'outcome_unknown'
  | 'conflict'
  /** A task that failed too often: a bug, or a store that was away. */
  | 'task_parked';

/** One thing that waits for a person. */
export interface DeadLetter {
  readonly category: DeadLetterCategory;
  /** `payout/…`, or another record with a parked task. */
  readonly record: string;
  /** The reversal of the payout that it is about, where it is about one. */
  readonly reversal?: number;
  /** The attempt that an operator's word would be about. */
  readonly attempt?: number;
  readonly since?: Instant;
  readonly amount?: Money;
  /** In the provider's words, or the reason why the task was parked. */
  readonly detail: string;
}

/**
 * Lists what waits for a person, with its category: payouts and reversals that failed, that wait for an operator's word or are in conflict, and tasks that were
 * parked.
 *
 * @param most - The most of each kind; 1 to 1,000.
 * @errors
 * - any fault of the store.
 * @source docs/rules/payouts.md, P-27
 */
export async function operatorQueue(
  book: Book,
  payouts: Payouts,
  most = 100,
): Promise<Result<readonly DeadLetter[], ReadTrouble>> {
  const letters: DeadLetter[] = [];
  for (const status of [...IN_NEED, ...IN_NEED.map((one) => `reversal_${one}`)]) {
    const page = await book.use(payouts.payout).list({ status, limit: most });
    if (page.isErr()) return err(page.error);
    for (const { id, state } of page.value.rows) if (state) letters.push(...lettersOf(id, state));
  }
  const parked = await book.store.readParkedTasks(book.name, { limit: most });
  if (parked.isErr()) return err(parked.error);
  for (const { task, reason } of parked.value.rows)
    letters.push({ category: 'task_parked', record: task.record, since: task.dueAt, detail: reason });
  return ok(letters);
}

function lettersOf(id: string, payout: Payout): readonly DeadLetter[] {
  const { reversals = [] } = payout;
  const record = `payout/${id}`;
  return [{ of: payout, named: {} }, ...reversals.map((of) => ({ of, named: { reversal: of.number } }))].flatMap(
    ({ of, named }) => {
      const attempt = IN_NEED.includes(payoutStatus(of))
        ? leadingAttempt<{ readonly attempt: Attempt }>(of)?.attempt
        : undefined;
      return attempt ? [letterOf({ record, ...named }, attempt)] : [];
    },
  );
}

function letterOf(of: Pick<DeadLetter, 'record' | 'reversal'>, attempt: Attempt): DeadLetter {
  const { number, changedAt: since, operation, state } = attempt;
  const about = { ...of, attempt: number, since, amount: operation.amount };
  if (state.status === 'conflict') return { category: 'conflict', ...about, detail: `${state.field}: ${state.got}` };
  if (state.status === 'waiting') return { category: 'outcome_unknown', ...about, detail: state.because };
  if (state.status !== 'failed') return { category: 'refused', ...about, detail: state.status };
  const category =
    state.advice === 'fix_destination' ? 'destination' : state.advice === 'stop' ? 'refused' : 'retries_spent';
  return { category, ...about, detail: state.code };
}

const IN_NEED: readonly PayoutStatus[] = ['failed', 'waiting', 'conflict'];
