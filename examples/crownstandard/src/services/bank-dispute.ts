import { heldBy, leftBy } from '@holdfast/escrow';
import type { Ask, Refusal } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { type Money, minimum, money, subtract, zero } from '@holdfast/money';
import { bearRefund } from '@holdfast/payouts';
import { err, ok, type Result } from 'neverthrow';
import { type Crown, gateway } from '../book/open-crown.ts';
import type { BankDispute, Charge, TakenByBank } from '../payments/charge.ts';
import type { NoteBankDispute } from '../payments/charge-commands.ts';
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
import { isStillOwed, winBackAsks } from './win-back.ts';

/**
 * Does what follows for a booking from disputes of its payment at the customer's bank, each in one unit with the note of it. While one is open nothing is released,
 * and a payout that was not sent is held. One that is lost has taken the money back: out of what the booking holds, else as a debt. One that ends
 * otherwise lets go of what was held; and where it was told as lost before, everybody has again what it took.
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
  const { charge, dispute } = disputed;
  const { what } = charge.for;
  const note = noteAsk(crown, disputed);
  if (what !== 'booking' && what !== 'tip') return one(crown, disputed, [note]);
  const { booking } = charge.for as { readonly booking: string };
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  const state = read.value;
  if (dispute.standing === 'open') return one(crown, disputed, [...(await holdAsks(crown, disputed)), note]);
  const released = await releaseHoldAsks(crown, disputed);
  if (dispute.standing === 'ended')
    return dispute.told === 'lost'
      ? winBack(crown, disputed, { booking, released })
      : one(crown, disputed, [...released, note]);
  if (charge.for.what === 'tip') {
    const { tip } = charge.for;
    const { asks, took } = tipAsks(crown, { booking, state, tip, dispute });
    const isHeld = state.parts?.tip?.[tip]?.status === 'given';
    return one(crown, disputed, [...asks, ...released, noteAsk(crown, disputed, { took })], isHeld ? bank : gateway);
  }
  return takeBack(crown, disputed, { booking, state, also: released });
}

function noteAsk(
  { charges }: Crown,
  { id, dispute: { id: dispute, standing } }: Disputed,
  more: Partial<Pick<NoteBankDispute, 'took' | 'expects'>> = {},
): Ask {
  return charges.ask(id, { type: 'NoteBankDispute', dispute, standing, ...more });
}

/** A dispute that was lost is won after all, whatever has become of its debt meanwhile: everybody has again what it took, once. */
async function winBack(
  crown: Crown,
  disputed: Disputed,
  { booking, released }: { readonly booking: string; readonly released: readonly Ask[] },
): Promise<Told> {
  const { charge, dispute } = disputed;
  for (let turn = 0; ; turn += 1) {
    const read = await readBooking(crown, booking);
    if (read.isErr()) return err(read.error);
    const state = read.value;
    const asks = [...winBackAsks(crown, { charge, dispute, booking, state }), ...released];
    const told = isStillOwed(state, dispute)
      ? await winChargeback(crown, { booking, debt: dispute.id }, (expects) => {
          return [...asks, noteAsk(crown, disputed, { expects })];
        })
      : await one(crown, disputed, [...asks, noteAsk(crown, disputed)]);
    // A payout has kept back more of the debt, or the booking has noted all of it: then another is due what was won.
    const moved = told.isErr() && MOVED.has(told.error.code);
    if (!moved || turn === MOST_TURNS) return told;
  }
}

/** A lost dispute of a booking: whatever has the money gives it back, and what nobody has is the platform's loss. */
async function takeBack(
  crown: Crown,
  disputed: Disputed,
  { booking, state, also }: { readonly booking: string; readonly state: BookingState; readonly also: readonly Ask[] },
): Promise<Told> {
  const { id, dispute } = disputed;
  const { amount } = dispute;
  const { bookings } = crown;
  const own = openDisputeOf(state);
  const part = own === undefined ? undefined : state.parts?.dispute?.[own];
  const there = (part && heldBy(part)) ?? (stillHolds(state) ? heldBy(state) : handedOverBy(state).left);
  const taken = there ? minimum(there, amount) : subtract(amount, amount);
  const loss = subtract(amount, taken);
  const isHeld = part !== undefined || stillHolds(state) || taken.minor === 0n;
  const took = isHeld ? { ...borneBy(crown, state, taken), loss } : { outOf: 'debt' as const, loss };
  const asks = [...lossAsks(crown, loss), ...also, noteAsk(crown, disputed, { took })];
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

/** Says who bears what is taken out of a booking that has not handed it over: the payee's payout, which is so much less, and the platform. */
function borneBy({ bearing }: Crown, state: BookingState, taken: Money) {
  const { payout, platform } = state.lines;
  const { currency } = taken;
  const [payee, fee] = [payout?.frozen ?? zero(currency), platform?.frozen ?? zero(currency)];
  const things = [state, ...Object.values(state.parts?.dispute ?? {})];
  const before = things.reduce((sum, thing) => sum + (leftBy(thing, 'refund')?.minor ?? 0n), 0n);
  const sale = { payee, platform: fee, refunded: money(before, currency) };
  return { outOf: 'earnings' as const, ...bearRefund(sale, taken, bearing) };
}

/** A lost dispute of a tip: out of the tip where it is still held, else as a debt. */
function tipAsks(
  crown: Crown,
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
): { readonly asks: readonly Ask[]; readonly took: TakenByBank } {
  const { bookings, obligations } = crown;
  const { id: debt, amount } = dispute;
  const nothing = zero(amount.currency);
  const earned = { outOf: 'earnings', payee: amount, platform: nothing, loss: nothing } as const;
  switch (state.parts?.tip?.[tip]?.status) {
    case 'given':
      return { asks: [bookings.ask(booking, { type: 'RefundTip', tip })], took: earned };
    case 'released':
      return {
        asks: [bookings.ask(booking, { type: 'ChargeBackTip', debt, tip, amount })],
        took: { outOf: 'debt', loss: nothing },
      };
    case undefined: {
      // It came too late to be a part of the booking.
      const back = { type: 'RefundObligation', amount, to: 'world:cards' } as const;
      return { asks: [obligations.ask(`tip.${booking}.${tip}`, back)], took: earned };
    }
    default:
      // It was given back before: the customer has it twice.
      return { asks: lossAsks(crown, amount), took: { ...earned, payee: nothing, loss: amount } };
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

const MOVED: ReadonlySet<string> = new Set(['amount_moved', 'wrong_status']);
const MOST_TURNS = 5;
