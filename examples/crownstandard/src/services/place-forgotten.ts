import { type Actor, type Ask, isId, type Refusal } from '@holdfast/kernel';
import { isSameCurrency } from '@holdfast/money';
import type { Observation } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { ChargeFor } from '../payments/charge.ts';
import type { Told } from '../payments/report-charge.ts';
import { CARDS } from '../payments/settle-charge.ts';
import { type BookingState, chargeBackOf, readBooking, stillHolds } from './booking-state.ts';
import { releaseEarnings } from './release-earnings.ts';

/** What the provider has and the book does not. */
interface Forgotten {
  readonly observation: Observation;
  /** Of what gives back a second payment: the charge of that payment. */
  readonly owner: string | undefined;
}

/**
 * Makes the charge that a restored book has forgotten, by its reference: a tip and a refund go into the booking that the book still knows, in the same unit; a payment whose
 * booking was forgotten with it, and whatever its booking refuses, lies in suspense and is for a person, or for whoever orders the same booking again.
 */
export async function placeForgotten(
  crown: Crown,
  id: string,
  { observation, owner }: Forgotten,
): Promise<Result<'placed' | 'in_suspense', Refusal>> {
  const about = aboutOf(id, owner);
  const booking = 'booking' in about ? about.booking : undefined;
  const read = booking === undefined ? undefined : await readBooking(crown, booking);
  const state = read?.isOk() ? read.value : undefined;
  if (read?.isErr() && read.error.code !== 'not_found') return err(read.error);
  const adopt = (isPlaced: boolean): Ask =>
    crown.charges.ask(id, { type: 'AdoptCharge', observation, for: about, isPlaced });
  const key = `adopt:${id}:${observation.object}`;
  const placed = await place(crown, { id, about, state, observation, adopt: adopt(true), key });
  if (placed?.isOk()) return ok('placed');
  // A fault of the store says nothing of the booking.
  if (placed?.isErr() && 'fault' in placed.error) return err(placed.error);
  const kept = (await crown.book.together([adopt(false)], { actor: gateway, key: `${key}:kept` })) as Told;
  if (kept.isErr()) return err(kept.error);
  crown.tellOfCharge({ alarm: 'charge_adopted', charge: id });
  return ok('in_suspense');
}

interface Placing {
  readonly id: string;
  readonly about: ChargeFor;
  readonly state: BookingState | undefined;
  readonly observation: Observation;
  readonly adopt: Ask;
  readonly key: string;
}

/** Nothing where the book has no place for it. */
async function place(crown: Crown, placing: Placing): Promise<Told | undefined> {
  const { id, about, state, observation, adopt, key } = placing;
  const together = async (asks: readonly Ask[], actor: Actor): Promise<Told> =>
    (await crown.book.together(asks, { actor, key })) as Told;
  if (about.what === 'surplus') {
    const { object } = { object: id.slice('surplus.'.length) };
    const noted = crown.charges.ask(about.charge, { type: 'GiveBackSurplus', object, refund: id });
    return about.charge === UNKNOWN ? undefined : together([noted, adopt], gateway);
  }
  const { amount, status } = observation;
  if (!state?.amount || status !== 'succeeded' || !isSameCurrency(amount.currency, state.amount.currency))
    return undefined;
  if (about.what === 'tip') {
    const completedAt = state.entered.completed?.at;
    if (completedAt === undefined) return undefined;
    const terms = { payee: state.parties.provider, kind: 'tip', group: about.booking, from: CARDS } as const;
    return together([crown.obligations.ask(id, { type: 'Earn', ...terms, amount, completedAt }), adopt], gateway);
  }
  return about.what === 'refund'
    ? placeRefund(crown, { ...placing, booking: about.booking, state, together })
    : undefined;
}

/** Books a refund that was made and forgotten as it was booked then: by whoever has the money now. */
async function placeRefund(
  crown: Crown,
  {
    id,
    booking,
    state,
    observation: { amount },
    adopt,
    key,
    together,
  }: Placing & {
    readonly booking: string;
    readonly state: BookingState;
    together(asks: readonly Ask[], actor: Actor): Promise<Told>;
  },
): Promise<Told> {
  const { bookings, obligations } = crown;
  const name = id.slice(`refund.${booking}.`.length);
  const tip = TIP.exec(name)?.[1];
  if (tip !== undefined) {
    const given = state.parts?.tip?.[tip]?.status;
    if (given === 'given') return together([bookings.ask(booking, { type: 'RefundTip', tip }), adopt], adopter);
    const owed = { type: 'RefundObligation', amount, to: CARDS } as const;
    const back =
      given === undefined
        ? obligations.ask(`tip.${booking}.${tip}`, owed)
        : bookings.ask(booking, { type: 'ChargeBackTip', debt: `tip-${tip}`, tip, amount });
    return together([back, adopt], gateway);
  }
  if (state.parts?.dispute?.[name]?.status === 'open') {
    const resolve = { type: 'ResolveDispute', dispute: name, award: amount } as const;
    return releaseEarnings(crown, booking, resolve, { actor: adopter, key, also: [adopt] });
  }
  if (stillHolds(state))
    return together([bookings.ask(booking, { type: 'RefundBooking', back: amount }), adopt], adopter);
  return together([bookings.ask(booking, chargeBackOf(state, { debt: name, amount })), adopt], gateway);
}

/** Reads what a charge is for from its name, as far as that tells. */
function aboutOf(id: string, owner: string | undefined): ChargeFor {
  const [, tipped, tip] = /^tip\.(.+)\.([^.]+)$/.exec(id) ?? [];
  if (tipped !== undefined && tip !== undefined) return { what: 'tip', booking: tipped, tip };
  const refunded = /^refund\.(.+)\.tip\.[^.]+$/.exec(id)?.[1] ?? /^refund\.(.+)\.[^.]+$/.exec(id)?.[1];
  const of = /\.(tip\.[^.]+)$/.exec(id)?.[1];
  if (refunded !== undefined) {
    const paid = of === undefined ? `booking.${refunded}` : `tip.${refunded}.${of.slice('tip.'.length)}`;
    return { what: 'refund', booking: refunded, of: paid };
  }
  const booking = /^booking\.(.+)$/.exec(id)?.[1];
  if (booking !== undefined && isId(booking))
    return { what: 'booking', booking, customer: UNKNOWN, provider: UNKNOWN, otpHash: UNKNOWN };
  return { what: 'surplus', charge: owner ?? UNKNOWN };
}

/** Who books what was decided before the book was lost. */
const adopter: Actor = { id: 'adopter', role: 'operator' };
const UNKNOWN = 'unknown';
const TIP = /^tip\.([^.]+)$/;
