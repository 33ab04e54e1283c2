import { type Book, type ReadTrouble, recordKey, type Seen } from '@holdfast/kernel';
import { zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { Payouts } from '../define-payouts.ts';
import { checkEligibility, clearsAt, obligationObstacles } from '../eligibility/check-eligibility.ts';
import type { Obstacle } from '../eligibility/obstacle.ts';
import { balanceOf, debtsAccount, debtsOf, owedAccount } from '../records/accounts.ts';
import { payeeKeeper, senderKeeper } from '../records/keepers.ts';
import type { EarnedObligation } from '../records/obligation/obligation.ts';
import type { ObligationUnknown } from '../records/obligation/refusals.ts';
import { obligationFacts, runAtOf } from '../records/payout/payout-facts.ts';
import { providerFacts } from '../records/sender/sender.ts';
import { explainPayout } from './explain-payout.ts';
import type { ExplainMoment, Explanation } from './explanation.ts';
import { readSeen } from './read-seen.ts';
import { whereMoneyIs } from './where-money-is.ts';

/** What is looked at, as of when, and by which of our accounts at providers it is to be paid. */
export interface ExplainObligation extends ExplainMoment {
  readonly sender: string;
}

/**
 * Says every reason why an obligation is not paid, who clears it and when. One that a payout has is explained with its payout.
 *
 * @errors
 * - `obligation_unknown`: there is no obligation of this id, or there was none then.
 * - any fault of the store.
 * @source docs/rules/payouts.md, P-26
 */
export async function explainObligation(
  book: Book,
  payouts: Payouts,
  id: string,
  { at, asOf, sender }: ExplainObligation,
): Promise<Result<Explanation, ObligationUnknown | ReadTrouble>> {
  const read = await book.use(payouts.obligation).read(id, asOf === undefined ? {} : { asOf });
  if (read.isErr()) return err(read.error);
  const known = read.value.state;
  if (!known) return err({ code: 'obligation_unknown', obligation: id });
  if (known.status === 'promised')
    return ok(explained(id, 'promised', at, [{ code: 'not_captured', of: id, clearedBy: 'provider' }], []));
  const { payee, currency, payout } = known;
  const wanted = {
    records: [recordKey('payee', payee), recordKey('sender', sender), recordKey('obligation', id)],
    accounts: [debtsAccount(payee), owedAccount(id)],
    currency,
  };
  const seen = await readSeen(book, payouts, wanted, asOf);
  if (seen.isErr()) return err(seen.error);
  if (payout !== undefined) {
    const holder = await explainPayout(book, payouts, payout, { at, ...(asOf === undefined ? {} : { asOf }) });
    if (holder.isOk()) return ok(withPayout(id, seen.value, known, holder.value));
    if (holder.error.code !== 'payout_unknown') return err(holder.error);
  }
  const obstacles = openObstacles(id, known, { seen: seen.value, payouts, sender, at });
  return ok(explained(id, known.status, at, obstacles, whereMoneyIs(seen.value, id, [])));
}

function openObstacles(
  id: string,
  known: EarnedObligation,
  { seen, payouts, sender, at }: { seen: Seen; payouts: Payouts; sender: string; at: string },
): readonly Obstacle[] {
  const { payee, currency } = known;
  const facts = {
    currency,
    sender,
    provider: providerFacts(seen.recordOf(senderKeeper, sender), seen.book()),
    payeeId: payee,
    payee: seen.recordOf(payeeKeeper, payee),
    items: [obligationFacts(id, known, balanceOf(seen, owedAccount(id), currency))],
    pendingTips: [],
    debts: debtsOf(seen, payee, currency),
    nettedBefore: zero(currency),
    ...runAtOf([known], at),
  };
  const eligibility = checkEligibility(facts, payouts.policy, at);
  return eligibility.eligible ? [] : eligibility.obstacles;
}

/** Joins what its payout says with what is said of the obligation alone: it may be left out of the next send. */
function withPayout(id: string, seen: Seen, known: EarnedObligation, holder: Explanation): Explanation {
  const { at, status } = holder;
  const own =
    status === 'due'
      ? obligationObstacles(obligationFacts(id, known, balanceOf(seen, owedAccount(id), known.currency)), at)
      : [];
  const others = holder.obstacles.filter(({ code, of }) => of !== id || !own.some((one) => one.code === code));
  const money = holder.money.filter(({ obligation }) => obligation === id);
  return explained(id, status, at, [...others, ...own], money);
}

function explained(
  of: string,
  status: string,
  at: string,
  obstacles: readonly Obstacle[],
  money: Explanation['money'],
): Explanation {
  const clears = clearsAt(obstacles);
  return { of, status, at, obstacles, ...(clears === undefined ? {} : { clearsAt: clears }), money };
}
