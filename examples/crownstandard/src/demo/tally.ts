import { answered, DemoFailed, listAll } from '@holdfast/demo-kit';
import { add, type Money, money, subtract, sum, usd, zero } from '@holdfast/money';
import { type Payout, payoutStatus } from '@holdfast/payouts';
import type { AuditAction } from '../audit/audit-entry.ts';
import { countAudit } from '../audit/read-audit.ts';
import { chargeStatus } from '../payments/charge.ts';
import type { Stage } from './open-stage.ts';

/** What a provider has ever earned, and what arrived. */
export interface ProviderSums {
  readonly owed: Money;
  readonly paid: Money;
}

/** All that the demo tells of a book, counted from the book alone, whoever wrote it and when. */
export interface Tally {
  readonly bookings: number;
  /** Bookings whose card was declined. */
  readonly unpaid: number;
  /** What customers paid, without tips. */
  readonly captured: Money;
  readonly refunded: Money;
  readonly tips: Money;
  /** What the platform keeps. */
  readonly platform: Money;
  /** By the provider's id. */
  readonly providers: ReadonlyMap<string, ProviderSums>;
  readonly payouts: { readonly released: number; readonly failed: number; readonly held: number };
  readonly audit: { readonly [Action in AuditAction]: number };
}

/**
 * Counts a whole book.
 *
 * @throws {DemoFailed} where something is still under way.
 */
export async function tally(stage: Stage): Promise<Tally> {
  const { crown } = stage;
  const charges = await sumCharges(stage);
  const providers = new Map<string, { owed: Money; paid: Money }>();
  const of = (provider: string): { owed: Money; paid: Money } => {
    const known = providers.get(provider) ?? { owed: zero(usd), paid: zero(usd) };
    providers.set(provider, known);
    return known;
  };
  for await (const [, { parties }] of listAll(crown.bookings)) of(parties.provider);
  for await (const [, state] of listAll(crown.obligations)) {
    if (state.status === 'promised') continue;
    const sums = of(state.payee);
    sums.owed = add(sums.owed, subtract(state.earned, state.refunded));
  }
  const payouts = { released: 0, failed: 0 };
  for await (const [id, payout] of listAll(crown.book.use(crown.payouts.payout))) {
    const sums = of(payout.payee);
    sums.paid = add(sums.paid, arrivedOf(payout));
    countPayout(payouts, id, payout);
  }
  const audit = answered(await countAudit(crown));
  const platform = answered(await crown.book.balance('platform:fees:earned', usd)).money;
  return { ...charges, platform, providers, payouts: { ...payouts, held: audit.bookingsHeld }, audit: audit.actions };
}

async function sumCharges({ crown }: Stage) {
  const sums = {
    booking: [] as Money<'USD'>[],
    tip: [] as Money<'USD'>[],
    refund: [] as Money<'USD'>[],
    surplus: [] as Money<'USD'>[],
  };
  let bookings = 0;
  let unpaid = 0;
  for await (const [id, charge] of listAll(crown.charges)) {
    const { what } = charge.for;
    const status = chargeStatus(charge);
    if (status !== 'succeeded' && status !== 'declined') throw new DemoFailed(`the charge ${id} is left ${status}`);
    if (what === 'booking') bookings += 1;
    if (status === 'succeeded') sums[what].push(charge.attempts[0]?.operation.amount as Money<'USD'>);
    else if (what === 'booking') unpaid += 1;
    else throw new DemoFailed(`${id} was declined`);
  }
  const { booking, tip, refund } = sums;
  return { bookings, unpaid, captured: sum(booking, usd), tips: sum(tip, usd), refunded: sum(refund, usd) };
}

/** Gives what of a payout arrived and stayed. */
function arrivedOf({ attempts, reversals = [] }: Payout): Money {
  const shares = attempts.flatMap(({ shares: ofAttempt }) => ofAttempt);
  const arrived = shares.reduce(
    (total: Money, { paid, returned }) => add(total, subtract(paid, returned)),
    money(0n, usd),
  );
  const taken = reversals.flatMap((one) => one.attempts.flatMap((attempt) => attempt.taken));
  return taken.reduce((total, { amount }) => subtract(total, amount), arrived);
}

function countPayout(counts: { released: number; failed: number }, id: string, payout: Payout): void {
  const status = payoutStatus(payout);
  if (status === 'paid' || status === 'returned') counts.released += 1;
  else if (LEFT_TO_AN_OPERATOR.has(status)) counts.failed += 1;
  else if (!OVER.has(status)) throw new DemoFailed(`the payout ${id} is left ${status}`);
}

const LEFT_TO_AN_OPERATOR: ReadonlySet<string> = new Set(['failed', 'waiting', 'conflict']);
const OVER: ReadonlySet<string> = new Set(['settled', 'cancelled']);
