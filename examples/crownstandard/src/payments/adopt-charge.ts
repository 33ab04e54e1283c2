import { adoptAttempt, type OperationPower } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Charge } from './charge.ts';
import type { AdoptCharge, ChargeExists, ChargeNotAdopted, ClaimAdopted } from './charge-commands.ts';
import { CARDS, type SettledCharge, settleCharge, suspenseOf } from './settle-charge.ts';

/** Makes the charge that the provider's list tells of and a restored book has forgotten. What nobody can place here lies in suspense. */
export function adoptCharge(
  { observation, for: about, isPlaced }: AdoptCharge,
  { book, power, at }: { readonly book: string; readonly power: OperationPower; readonly at: string },
): SettledCharge | undefined {
  const adopted = adoptAttempt({ book, power, observation }, at);
  if (adopted.isErr()) return undefined;
  const blank: Charge = { for: about, attempts: [], surplus: [], disputes: [] };
  return settleCharge(isPlaced ? blank : { ...blank, isAdopted: true }, adopted.value.attempt, at);
}

/**
 * Gives an adopted charge to whoever knows what it was for: what was taken counts, and nothing is taken again.
 *
 * @errors
 * - `charge_exists`: it was never adopted, or somebody has claimed it.
 * - `charge_not_adopted`: what was taken is of another amount.
 */
export function claimAdopted(
  known: Charge,
  { for: about, amount }: ClaimAdopted,
  id: string,
): Result<SettledCharge, ChargeExists | ChargeNotAdopted> {
  const { isAdopted, ...rest } = known;
  const [attempt] = known.attempts;
  if (!isAdopted || !attempt || known.for.what !== about.what) return err({ code: 'charge_exists', charge: id });
  const { minor, currency } = attempt.operation.amount;
  if (minor !== amount.minor || currency.code !== amount.currency.code)
    return err({ code: 'charge_not_adopted', charge: id, amount: attempt.operation.amount });
  const taken = known.surplus.find(({ refund }) => refund === undefined);
  // Nothing has moved yet: it is looked up as any other.
  if (known.surplus.length === 0) return ok({ charge: { ...rest, for: about }, transfers: [] });
  // A person has given it back.
  if (!taken) return err({ code: 'charge_exists', charge: id });
  const surplus = known.surplus.filter((one) => one !== taken);
  const back = { from: suspenseOf(attempt), to: CARDS, amount: taken.amount, kind: 'charge_claimed' };
  return ok({ charge: { ...rest, for: about, settledBy: taken.object, surplus }, transfers: [back] });
}
