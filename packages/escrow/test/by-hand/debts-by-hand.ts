import type { Answer, Asked, Asker, Booking, Debt } from './booking.ts';
import { CARDS, debts, EARNED, recovered, wrongAmount } from './money-by-hand.ts';
import { minus, type Shares, takeFrom, totalOf } from './shares.ts';

export function chargeBackBooking(booking: Booking, { debt, amount }: Asked, { actor }: Asker): Answer {
  if (booking.debts[debt]) return 'part_already_exists';
  if (actor.role !== 'gateway') return 'actor_not_allowed';
  if (booking.status !== 'released') return 'not_while';
  const wrong = wrongAmount(amount, booking.currency, totalOf(booking.paid.rest));
  if (wrong) return wrong;
  const shares = takeFrom(booking.paid, amount.minor);
  const paid = { ...booking.paid, rest: minus(booking.paid.rest, shares) };
  return owe({ ...booking, paid }, debt, shares, booking.currency);
}

export function chargeBackTip(booking: Booking, { debt, tip: name, amount }: Asked, { actor }: Asker): Answer {
  if (booking.debts[debt]) return 'part_already_exists';
  const tip = booking.tips[name];
  if (!tip) return 'part_not_found';
  if (actor.role !== 'gateway') return 'actor_not_allowed';
  if (tip.status !== 'released') return 'not_while';
  const wrong = wrongAmount(amount, tip.currency, tip.amount - tip.reclaimed);
  if (wrong) return wrong;
  const tips = { ...booking.tips, [name]: { ...tip, reclaimed: tip.reclaimed + amount.minor } };
  return owe({ ...booking, tips }, debt, { payout: amount.minor, platform: 0n }, tip.currency);
}

export function chargeBackDisputed(booking: Booking, { debt, dispute: name, amount }: Asked, { actor }: Asker): Answer {
  if (booking.debts[debt]) return 'part_already_exists';
  const dispute = booking.disputes[name];
  if (!dispute) return 'part_not_found';
  if (actor.role !== 'gateway') return 'actor_not_allowed';
  if (dispute.status === 'open') return 'not_while';
  const wrong = wrongAmount(amount, booking.currency, totalOf(dispute.paid.rest));
  if (wrong) return wrong;
  const shares = takeFrom(dispute.paid, amount.minor);
  const paid = { ...dispute.paid, rest: minus(dispute.paid.rest, shares) };
  return owe(
    { ...booking, disputes: { ...booking.disputes, [name]: { ...dispute, paid } } },
    debt,
    shares,
    booking.currency,
  );
}

function owe(booking: Booking, name: string, { payout, platform }: Shares, currency: string): Answer {
  const debt: Debt = {
    status: payout === 0n ? 'recovered' : 'owed',
    currency,
    owed: payout,
    recovered: 0n,
    borneByPlatform: platform,
  };
  const moves = [
    { from: debts(booking), to: CARDS, minor: payout },
    { from: EARNED, to: CARDS, minor: platform },
  ];
  return { after: { ...booking, debts: { ...booking.debts, [name]: debt } }, moves };
}

export function recoverDebt(booking: Booking, { debt: name, kept }: Asked, { actor }: Asker): Answer {
  const debt = booking.debts[name];
  if (!debt) return 'part_not_found';
  if (actor.role !== 'operator' && actor.role !== 'gateway') return 'actor_not_allowed';
  if (debt.status !== 'owed') return 'wrong_status';
  const wrong = wrongAmount(kept, debt.currency, debt.owed);
  if (wrong) return wrong;
  const owed = debt.owed - kept.minor;
  const status = owed === 0n ? 'recovered' : 'owed';
  const changed: Debt = { ...debt, status, owed, recovered: debt.recovered + kept.minor };
  const moves = [{ from: recovered(booking), to: debts(booking), minor: kept.minor }];
  return { after: { ...booking, debts: { ...booking.debts, [name]: changed } }, moves };
}

export function forgiveDebt(booking: Booking, { debt: name }: Asked, { actor }: Asker): Answer {
  const debt = booking.debts[name];
  if (!debt) return 'part_not_found';
  if (actor.role !== 'operator') return 'actor_not_allowed';
  if (debt.status !== 'owed') return 'wrong_status';
  const moves = [{ from: 'platform:losses', to: debts(booking), minor: debt.owed }];
  const changed: Debt = { ...debt, status: 'forgiven', owed: 0n };
  return { after: { ...booking, debts: { ...booking.debts, [name]: changed } }, moves };
}

export function winChargeback(booking: Booking, { debt: name }: Asked, { actor }: Asker): Answer {
  const debt = booking.debts[name];
  if (!debt) return 'part_not_found';
  if (actor.role !== 'gateway') return 'actor_not_allowed';
  if (debt.status !== 'owed') return 'wrong_status';
  const moves = [
    { from: CARDS, to: recovered(booking), minor: debt.recovered },
    { from: CARDS, to: EARNED, minor: debt.borneByPlatform },
    { from: CARDS, to: debts(booking), minor: debt.owed },
  ];
  return { after: { ...booking, debts: { ...booking.debts, [name]: { ...debt, status: 'won', owed: 0n } } }, moves };
}
