import type { Actor } from '@holdfast/kernel';
import type { Attempt } from '@holdfast/providers';
import { err } from 'neverthrow';
import { leadingAttempt } from '../records/payout/payout.ts';
import { findReversal } from '../records/payout/reversals.ts';
import { type Answer, type Desk, readPayout } from './desk.ts';
import { applyLookedUp, lookUp } from './look-up-payout.ts';

/** Who has a payout, or one of its reversals, tried again, and why. */
export interface RedriveOptions {
  /** The reversal that is meant; the payout's own sending where it is absent. */
  readonly reversal?: number;
  readonly actor: Actor;
  readonly key: string;
  readonly why: string;
}

/**
 * Has a failed payout tried again: looks at the provider first, so that what was sent by hand meanwhile is seen, then says so as the operator.
 *
 * @errors
 * - `payout_unknown`, and those of `Redrive`.
 * - any fault of the provider: nobody looked, so nothing was done.
 * @source docs/rules/payouts.md, P-22
 */
export async function redrivePayout(desk: Desk, id: string, options: RedriveOptions): Promise<Answer> {
  const { reversal, actor, key, why } = options;
  const read = await readPayout(desk, id);
  if (read.isErr()) return err(read.error);
  const payout = read.value.state;
  const of = reversal === undefined ? payout : payout && findReversal(payout, reversal);
  const attempt = of && leadingAttempt<{ readonly attempt: Attempt }>(of)?.attempt;
  if (!payout || !attempt) return err({ code: 'payout_unknown', payout: id } as never);
  const { lookedAt, lookup } = await lookUp(desk, payout, attempt);
  if (lookup.isErr()) return err(lookup.error as never);
  await applyLookedUp(desk, id, { payout, attempt, lookedAt, lookup: lookup.value });
  const named = reversal === undefined ? {} : { reversal };
  return desk.payout.execute(id, { type: 'Redrive', ...named, attempt: attempt.number, why }, { actor, key });
}
