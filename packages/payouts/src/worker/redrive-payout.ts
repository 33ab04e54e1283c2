import type { Actor } from '@holdfast/kernel';
import { err } from 'neverthrow';
import { leadingAttempt } from '../records/payout/payout.ts';
import { type Answer, type Desk, readPayout } from './desk.ts';
import { applyLookedUp, lookUp } from './look-up-payout.ts';

/** Who has a payout tried again, and why. */
export interface RedriveOptions {
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
export async function redrivePayout(desk: Desk, id: string, { actor, key, why }: RedriveOptions): Promise<Answer> {
  const read = await readPayout(desk, id);
  if (read.isErr()) return err(read.error);
  const payout = read.value.state;
  const attempt = payout && leadingAttempt(payout)?.attempt;
  if (!payout || !attempt) return err({ code: 'payout_unknown', payout: id } as never);
  const { lookedAt, lookup } = await lookUp(desk, payout, attempt);
  if (lookup.isErr()) return err(lookup.error as never);
  await applyLookedUp(desk, id, { payout, number: attempt.number, lookedAt, lookup: lookup.value });
  return desk.payout.execute(id, { type: 'Redrive', attempt: attempt.number, why }, { actor, key });
}
