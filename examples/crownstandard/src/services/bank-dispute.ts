import { heldBy } from '@holdfast/escrow';
import type { Ask, Refusal } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { type Money, minimum, subtract } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { BankDispute, Charge } from '../payments/charge.ts';
import { untold } from '../payments/charge-deadlines.ts';
import type { Told } from '../payments/report-charge.ts';
import {
  type BookingState,
  chargeBackOf,
  handedOverBy,
  openDisputeOf,
  readBooking,
  stillHolds,
} from './booking-state.ts';
import { bank, winChargeback } from './debts.ts';
import { releaseEarnings } from './release-earnings.ts';

/**
 * Does what follows for a booking from disputes of its payment at the customer's bank, each in one unit with the note of it. While one is open nothing is released,
 * and a payout that was not sent is held. One that is lost has taken the money back: out of what the booking holds, else as a debt. One that ends
 * otherwise lets go of what was held.
 */
export async function tellOfBankDisputes(crown: Crown, id: string): Promise<Result<undefined, Refusal>> {
  const read = await crown.charges.read(id);
  if (read.isErr()) return err(read.error as Refusal);
  const charge = read.value.state;
  for (const dispute of charge ? untold(charge) : []) {
    const told = await tellOf(crown, { id, charge: charge as Charge, dispute });
    // Somebody else has told of it, or the bank has decided meanwhile: that is due by itself.
    if (told.isErr() && told.error.code !== 'bank_dispute_moved') return err(told.error);
  }
  return ok(undefined);
}

interface Disputed {
  readonly id: string;
  readonly charge: Charge;
  readonly dispute: BankDispute;
}

async function tellOf(crown: Crown, disputed: Disputed): Promise<Told> {
  const { id, charge, dispute } = disputed;
  const { what } = charge.for;
  const note = crown.charges.ask(id, { type: 'NoteBankDispute', dispute: dispute.id, standing: dispute.standing });
  if (what !== 'booking' && what !== 'tip') return one(crown, disputed, [note]);
  const { booking } = charge.for as { readonly booking: string };
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const state = read.value;
  if (dispute.standing === 'open') return one(crown, disputed, [...(await holdAsks(crown, disputed)), note]);
  const released = await releaseHoldAsks(crown, disputed);
  if (dispute.standing === 'ended') {
    const isDebt = state.parts?.debt?.[dispute.id]?.status === 'owed';
    return isDebt
      ? winChargeback(crown, { booking, debt: dispute.id }, [...released, note])
      : one(crown, disputed, [...released, note]);
  }
  if (charge.for.what === 'tip') {
    const { tip } = charge.for;
    const isHeld = state.parts?.tip?.[tip]?.status === 'given';
    const asks = [...tipAsks(crown, { booking, state, tip, dispute }), ...released, note];
    return one(crown, disputed, asks, isHeld ? bank : gateway);
  }
  return takeBack(crown, disputed, { booking, state, also: [...released, note] });
}

/** A lost dispute of a booking: whatever has the money gives it back, and what nobody has is the platform's loss. */
async function takeBack(
  crown: Crown,
  { id, dispute }: Disputed,
  { booking, state, also }: { readonly booking: string; readonly state: BookingState; readonly also: readonly Ask[] },
): Promise<Told> {
  const { amount } = dispute;
  const { bookings } = crown;
  const own = openDisputeOf(state);
  const part = own === undefined ? undefined : state.parts?.dispute?.[own];
  const there = (part && heldBy(part)) ?? (stillHolds(state) ? heldBy(state) : handedOverBy(state).left);
  const taken = there ? minimum(there, amount) : subtract(amount, amount);
  const asks = [...lossAsks(crown, subtract(amount, taken)), ...also];
  const options = { actor: bank, key: `bank:${id}:${dispute.id}:lost` };
  if (own !== undefined && part) {
    const resolve = { type: 'ResolveDispute', dispute: own, award: taken } as const;
    return releaseEarnings(crown, booking, resolve, { ...options, also: asks });
  }
  if (taken.minor === 0n) return together(crown, asks, options);
  if (stillHolds(state))
    return together(crown, [bookings.ask(booking, { type: 'RefundBooking', back: taken }), ...asks], options);
  const chargeBack = bookings.ask(booking, chargeBackOf(state, { debt: dispute.id, amount: taken }));
  return together(crown, [chargeBack, ...asks], { ...options, actor: gateway });
}

/** A lost dispute of a tip: out of the tip where it is still held, else as a debt. */
function tipAsks(
  { bookings, obligations }: Crown,
  {
    booking,
    state,
    tip,
    dispute,
  }: {
    readonly booking: string;
    readonly state: BookingState;
    readonly tip: string;
    readonly dispute: BankDispute;
  },
): readonly Ask[] {
  const { id: debt, amount } = dispute;
  switch (state.parts?.tip?.[tip]?.status) {
    case 'given':
      return [bookings.ask(booking, { type: 'RefundTip', tip })];
    case 'released':
      return [bookings.ask(booking, { type: 'ChargeBackTip', debt, tip, amount })];
    case undefined:
      // It came too late to be a part of the booking.
      return [obligations.ask(`tip.${booking}.${tip}`, { type: 'RefundObligation', amount, to: 'world:cards' })];
    default:
      return [];
  }
}

function lossAsks({ book }: Crown, amount: Money): readonly Ask[] {
  if (amount.minor <= 0n) return [];
  const way = { from: 'platform:losses', to: 'world:cards', kind: 'chargeback_loss' } as const;
  return [book.use(transferMoney).ask({ type: 'Transfer', ...way, amount })];
}

/** An earning that the booking has handed over is held like one that is disputed with us. */
async function holdAsks({ obligations }: Crown, { id, dispute }: Disputed): Promise<readonly Ask[]> {
  const earned = await obligations.read(id);
  const isEarned = earned.isOk() && earned.value.state !== undefined && earned.value.state.status !== 'promised';
  return isEarned ? [obligations.ask(id, { type: 'AddHold', ...holdOf(dispute) })] : [];
}

async function releaseHoldAsks({ obligations }: Crown, { id, dispute }: Disputed): Promise<readonly Ask[]> {
  const earned = await obligations.read(id);
  const holds = earned.isOk() && earned.value.state && 'holds' in earned.value.state ? earned.value.state.holds : [];
  const isHeld = holds.some(({ reason, reference }) => reason === 'dispute' && reference === dispute.id);
  return isHeld ? [obligations.ask(id, { type: 'ReleaseHold', ...holdOf(dispute) })] : [];
}

function holdOf({ id }: BankDispute) {
  return { reason: 'dispute', reference: id } as const;
}

function one(crown: Crown, { id, dispute }: Disputed, asks: readonly Ask[], actor = gateway): Promise<Told> {
  return together(crown, asks, { actor, key: `bank:${id}:${dispute.id}:${dispute.standing}` });
}

async function together(
  { book }: Crown,
  asks: readonly Ask[],
  options: { readonly actor: typeof bank; readonly key: string },
): Promise<Told> {
  return (await book.together(asks, options)) as Told;
}
