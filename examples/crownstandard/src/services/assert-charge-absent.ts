import type { Actor, Refusal } from '@holdfast/kernel';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { lookUpCharge } from '../payments/look-up-charge.ts';
import type { Told } from '../payments/report-charge.ts';

/** What an operator is certain of about a charge that waits. */
export interface AbsentCharge {
  readonly charge: string;
  /** The number of the attempt that waits, as the operator's queue has it. */
  readonly attempt: number;
  /** What it rests on, by name, such as the number of Stripe's written answer. */
  readonly evidence: string;
  readonly why: string;
}

/**
 * Ends a charge that waits for a person: it was certainly not made. Stripe is looked at once more before. A payment is over, and nothing is charged: the customer books
 * anew, or not at all. A refund is still owed, and is sent under its next key by itself. Asked again, it answers as it did.
 *
 * @errors
 * - `actor_not_allowed`: only an operator says so.
 * - `charge_unknown`: there is none.
 * - `provider_unavailable`: Stripe did not answer, so nobody has looked.
 * - `charge_not_waiting`: it does not wait, or not for this attempt; as where the look has found it.
 * - `object_differs`: something of a refund has moved.
 */
export async function assertChargeAbsent(crown: Crown, absent: AbsentCharge, actor: Actor): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const { charge, ...said } = absent;
  const command = { type: 'AssertChargeAbsent', ...said } as const;
  const options = { actor, key: `absent:${charge}:${said.attempt}` };
  const read = await crown.charges.read(charge);
  if (read.isErr()) return err(read.error as Refusal);
  const { state } = read.value;
  if (!state) return err({ code: 'charge_unknown' });
  const before = (await crown.charges.preview(charge, command, options)) as Told;
  // It was said before, or cannot be said: there is nothing to look for.
  if (before.isErr() || before.value.status === 'replayed') return before;
  const looked = await lookUpCharge(crown, charge, state);
  if (looked === undefined) return err({ code: 'provider_unavailable' });
  if (looked.isErr()) return looked;
  return (await crown.charges.execute(charge, command, options)) as Told;
}
