import type { Actor, Refusal } from '@holdfast/kernel';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { isPayment } from '../payments/charge.ts';
import { giveBackSurplus } from '../payments/give-back-surplus.ts';
import type { Told } from '../payments/report-charge.ts';

/**
 * Gives back to the card what lies in suspense because nobody can place it: a payment that is not what was asked for, or one that a restored book met at Stripe alone.
 * Asked again, it answers as it did.
 *
 * @errors
 * - `actor_not_allowed`: only an operator decides so.
 * - `surplus_unknown`: nothing of this object lies in suspense, or somebody has given it back.
 */
export async function giveBackByHand(
  crown: Crown,
  { charge, object, why }: { readonly charge: string; readonly object: string; readonly why: string },
  actor: Actor,
): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const read = await crown.charges.read(charge);
  if (read.isErr()) return err(read.error as Refusal);
  const { state } = read.value;
  const one = state?.surplus.find((surplus) => surplus.object === object);
  if (!state || !one || !isPayment(state)) return err({ code: 'surplus_unknown' });
  return giveBackSurplus(crown, charge, one, { actor, why });
}
