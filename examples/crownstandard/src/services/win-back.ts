import { heldBy, leftBy } from '@holdfast/escrow';
import { type Ask, addDuration, hours, type Instant, laterOf } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { equals, type Money, subtract, zero } from '@holdfast/money';
import type { Crown } from '../book/open-crown.ts';
import type { BankDispute, Charge } from '../payments/charge.ts';
import { CARDS } from '../payments/settle-charge.ts';
import type { BookingState } from './booking-state.ts';

/** A dispute that was lost and is won after all. */
export interface WonDispute {
  readonly charge: Charge;
  readonly dispute: BankDispute;
  readonly booking: string;
  readonly state: BookingState;
}

/**
 * Names what pays everybody back for a dispute that was lost and is won after all: the provider by an obligation of its own, `won.{booking}.{dispute}`, the platform its
 * share, and its loss of what nobody had. A debt that is still owed is won by the booking itself; here is what the booking cannot give, since it is over for it.
 */
export function winBackAsks(crown: Crown, won: WonDispute): readonly Ask[] {
  const { state, dispute } = won;
  const { took } = dispute;
  const loss = took?.loss ?? zero(dispute.amount.currency);
  const lost = moveAsks(crown, LOSSES, loss);
  if (took?.outOf === 'earnings') {
    const isEarned = state.status === 'completed' || state.status === 'released';
    // The work was never done: what the bank gives back may be the customer's, and a person says whose it is.
    if (!isEarned) return [...lost, ...moveAsks(crown, suspenseOf(won), subtract(dispute.amount, loss))];
    return [...lost, ...moveAsks(crown, FEES, took.platform), ...earnAsks(crown, won, took.payee)];
  }
  const debt = state.parts?.debt?.[dispute.id];
  const isOver = debt && (debt.status === 'recovered' || debt.status === 'forgiven');
  if (!isOver) return lost;
  const { currency } = dispute.amount;
  const [recovered, borne, forgiven] = ['recover', 'bear', 'forgive'].map((way) => leftBy(debt, way) ?? zero(currency));
  return [
    ...lost,
    ...moveAsks(crown, LOSSES, forgiven as Money),
    ...moveAsks(crown, FEES, borne as Money),
    ...earnAsks(crown, won, recovered as Money),
  ];
}

/** Says whether the booking itself has to win a dispute: its debt is still owed, or a part of it. */
export function isStillOwed({ parts }: BookingState, { id }: BankDispute): boolean {
  const debt = parts?.debt?.[id];
  return debt?.status === 'owed' && (heldBy(debt)?.minor ?? 0n) > 0n;
}

/** What a payee is owed of it, by itself, and not before the booking's own 48 hours are over. */
function earnAsks(crown: Crown, won: WonDispute, amount: Money): readonly Ask[] {
  if (amount.minor <= 0n) return [];
  const { charge, dispute, booking, state } = won;
  const { obligations, clock } = crown;
  const converted = charge.for.what === 'tip' ? charge.for.converted : undefined;
  // A part of what was converted has no quote of its own.
  const isWhole = converted === undefined || equals(amount, charge.attempts[0]?.operation.amount as Money);
  if (!isWhole) return moveAsks(crown, suspenseOf(won), amount);
  const completedAt = state.entered.completed?.at;
  const due = completedAt === undefined ? clock() : addDuration(completedAt, hours(48));
  const eligibleAt: Instant = laterOf(clock(), due);
  const terms = { payee: state.parties.provider, kind: 'won', group: booking, from: CARDS, eligibleAt } as const;
  const earn = converted
    ? { ...terms, amount: converted.amount, conversion: { captured: amount, quote: converted.quote } }
    : { ...terms, amount };
  return [obligations.ask(wonObligation(booking, dispute.id), { type: 'Earn', ...earn })];
}

/** Names the obligation of what was won back. */
export function wonObligation(booking: string, dispute: string): string {
  return `won.${booking}.${dispute}`;
}

function moveAsks({ book }: Crown, to: string, amount: Money): readonly Ask[] {
  if (amount.minor <= 0n) return [];
  return [book.use(transferMoney).ask({ type: 'Transfer', from: CARDS, to, amount, kind: 'chargeback_won' })];
}

function suspenseOf({ charge }: WonDispute): string {
  return `suspense:${charge.attempts[0]?.provider}`;
}

const FEES = 'platform:fees:earned';
const LOSSES = 'platform:losses';
