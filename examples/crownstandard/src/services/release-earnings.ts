import { leftBy } from '@holdfast/escrow';
import { type Actor, type Ask, clockActor, type Instant, type Refusal, splitAccountKey } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { isZero, type Money, money, subtract } from '@holdfast/money';
import { bearRefund } from '@holdfast/payouts';
import { err } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { type BookingState, openBankDispute, openDisputeOf, readBooking } from './booking-state.ts';

/** A command of a booking by which its provider earns. */
export type EarningCommand =
  | { readonly type: 'ReleaseBooking' }
  | { readonly type: 'ResolveDispute'; readonly dispute: string; readonly award: Money }
  | { readonly type: 'RejectDispute' | 'LapseDispute'; readonly dispute: string };

/** Who asks, and what else is to happen in the same unit. */
interface EarningOptions {
  readonly actor: Actor;
  readonly key: string;
  readonly also?: readonly Ask[];
}

/**
 * Has a booking hand over what its provider has earned, and notes in the same unit what is owed since: payouts take it from there. Who asks too early, or
 * again, is refused and changes nothing.
 */
export async function releaseEarnings(
  crown: Crown,
  booking: string,
  command: EarningCommand,
  { actor, key, also = [] }: EarningOptions,
): Promise<Told> {
  for (let turn = 0; ; turn++) {
    const read = await crown.bookings.read(booking);
    if (read.isErr()) return err(read.error as Refusal);
    const { state } = read.value;
    const preview = (await crown.bookings.preview(booking, command, { actor, key: `look:${key}` })) as Told;
    if (preview.isErr() || !state) return preview;
    const earned = [...preview.value.balances].flatMap(([account, amount]) => {
      const [, obligation, kind] = OWED.exec(splitAccountKey(account).name) ?? [];
      return obligation && amount.minor > 0n ? [{ obligation, amount, isTip: kind === 'tip' }] : [];
    });
    const award = command.type === 'ResolveDispute' ? command.award.minor : 0n;
    const noted = earned.flatMap((one) => {
      const amount = one.isTip ? one.amount : borneBy(crown, state, one.amount, award);
      return [...shiftOf(crown, one, amount), ...earnOf(crown, state, { ...one, amount, booking })];
    });
    const asks = [crown.bookings.ask(booking, command), ...noted, ...also];
    const told = (await crown.book.together(asks, { actor, key })) as Told;
    // A refund or a dispute came between the look and the unit.
    const moved = told.isErr() && MOVED.has(told.error.code);
    if (!moved || turn === MOST_TURNS) return told;
  }
}

/**
 * Releases a booking whose 48 hours are over, with its tips.
 *
 * @errors
 * - `dispute_open`: all of it waits for the decision, ours or the bank's.
 * - `not_due`, `wrong_status`: it is too early, or it was done.
 */
export async function releaseBooking(crown: Crown, booking: string): Promise<Told> {
  const read = await readBooking(crown, booking);
  if (read.isErr()) return err(read.error);
  // Each of its earnings asks again once it falls due.
  if (read.value.status !== 'completed') return err({ code: 'wrong_status' });
  if (openDisputeOf(read.value) !== undefined) return err({ code: 'dispute_open' });
  if ((await openBankDispute(crown, booking, read.value)) !== undefined) return err({ code: 'dispute_open' });
  return releaseEarnings(crown, booking, { type: 'ReleaseBooking' }, { actor: clockActor, key: `release:${booking}` });
}

interface Earned {
  readonly obligation: string;
  readonly amount: Money;
  readonly isTip: boolean;
}

/**
 * Gives what the provider has after all refunds, by the bearing that the marketplace has chosen. The booking has shared them in proportion; what is to be
 * different is moved in the same unit.
 */
function borneBy({ bearing }: Crown, state: BookingState, inProportion: Money, award: bigint): Money {
  const { payout, platform } = state.lines;
  if (bearing === 'proportional' || !payout || !platform) return inProportion;
  const things = [state, ...Object.values(state.parts?.dispute ?? {})];
  const refunded = things.reduce((sum, thing) => sum + (leftBy(thing, 'refund')?.minor ?? 0n), award);
  const { currency } = inProportion;
  const sale = { payee: payout.frozen, platform: platform.frozen, refunded: money(0n, currency) };
  return subtract(payout.frozen, bearRefund(sale, money(refunded, currency), bearing).payee);
}

function shiftOf({ book }: Crown, { obligation, amount }: Earned, after: Money): readonly Ask[] {
  const shift = subtract(amount, after);
  if (isZero(shift)) return [];
  const [owed, fees] = [`payouts:${obligation}:owed`, 'platform:fees:earned'];
  const [from, to] = shift.minor > 0n ? [owed, fees] : [fees, owed];
  const moved = money(shift.minor > 0n ? shift.minor : -shift.minor, shift.currency);
  return [book.use(transferMoney).ask({ type: 'Transfer', from, to, amount: moved, kind: 'refund_bearing' })];
}

function earnOf(
  { obligations }: Crown,
  state: BookingState,
  { obligation, amount, isTip, booking }: Earned & { readonly booking: string },
): readonly Ask[] {
  if (isZero(amount)) return [];
  const completedAt = state.entered.completed?.at as Instant;
  const kind = isTip ? 'tip' : 'earning';
  const payee = state.parties.provider;
  return [obligations.ask(obligation, { type: 'Earn', payee, amount, kind, group: booking, completedAt })];
}

const OWED = /^payouts:((booking|tip)\..+):owed$/;
const MOVED: ReadonlySet<string> = new Set(['earning_not_there', 'insufficient_funds']);
const MOST_TURNS = 5;
