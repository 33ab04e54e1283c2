import type { Actor, Refusal } from '@holdfast/kernel';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { lookUpCharge } from '../payments/look-up-charge.ts';
import type { Told } from '../payments/report-charge.ts';

/**
 * Has a refund tried again that Stripe would not make, once what was wrong is mended. Stripe is looked at before: what was made by hand meanwhile is seen. The worker sends
 * it, under the next key.
 *
 * @errors
 * - `actor_not_allowed`: only an operator says so.
 * - `charge_unknown`: there is none.
 * - `provider_unavailable`: Stripe did not answer, so nobody has looked.
 * - `charge_not_waiting`: it has not failed.
 */
export async function driveRefundAgain(
  crown: Crown,
  { charge, why }: { readonly charge: string; readonly why: string },
  actor: Actor,
): Promise<Told> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const read = await crown.charges.read(charge);
  if (read.isErr()) return err(read.error as Refusal);
  const { state, version } = read.value;
  if (!state) return err({ code: 'charge_unknown' });
  const looked = await lookUpCharge(crown, charge, state);
  if (looked === undefined) return err({ code: 'provider_unavailable' });
  if (looked.isErr()) return looked;
  const options = { actor, key: `drive:${charge}:${version}` };
  return (await crown.charges.execute(charge, { type: 'DriveChargeAgain', why }, options)) as Told;
}
