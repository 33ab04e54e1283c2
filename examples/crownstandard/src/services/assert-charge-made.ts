import type { Actor, Refusal } from '@holdfast/kernel';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { reportCharge, type Told } from '../payments/report-charge.ts';

/** What an operator has found out about a charge that waits. */
export interface MadeCharge {
  readonly charge: string;
  /** The number of the attempt that waits, as the operator's queue has it. */
  readonly attempt: number;
  /** Stripe's name of what it was made as. */
  readonly object: string;
  readonly why: string;
}

/**
 * Ends a charge that waits for a person: it was made at Stripe, as this object. What it was for is booked by that: the booking is paid, the tip is given, the refund is
 * over. Asked again, it answers as it did.
 *
 * @errors
 * - `object_taken`: another charge was settled by this object.
 * - `charge_unknown`: there is none.
 * - `actor_not_allowed`: only an operator says so.
 * - `charge_not_waiting`: it does not wait, or not for this attempt.
 * - `object_differs`: the object is known, and not what was asked for.
 */
export async function assertChargeMade(crown: Crown, made: MadeCharge, actor: Actor): Promise<Told> {
  const { charge, ...said } = made;
  const page = await crown.charges.list({ status: `succeeded.${said.object}`, limit: 2 });
  if (page.isErr()) return err(page.error as Refusal);
  if (page.value.rows.some(({ id }) => id !== charge)) return err({ code: 'object_taken' });
  const options = { actor, key: `made:${charge}:${said.attempt}:${said.object}` };
  const told = (await crown.charges.execute(charge, { type: 'AssertChargeMade', ...said }, options)) as Told;
  if (told.isErr()) return told;
  const applied = await reportCharge(crown, charge, { type: 'ApplyAssertion', saidAt: told.value.at });
  return applied.isErr() ? applied : told;
}
