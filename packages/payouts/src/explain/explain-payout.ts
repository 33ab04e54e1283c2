import { type Book, type ReadTrouble, recordKey } from '@holdfast/kernel';
import { nextLookup } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Payouts } from '../define-payouts.ts';
import { checkEligibility, clearsAt } from '../eligibility/check-eligibility.ts';
import type { Obstacle, ObstacleCode } from '../eligibility/obstacle.ts';
import { debtsAccount, owedAccount } from '../records/accounts.ts';
import { leadingAttempt, type Payout, type PayoutStatus, payoutStatus } from '../records/payout/payout.ts';
import { payoutFacts } from '../records/payout/payout-facts.ts';
import type { PayoutUnknown } from '../records/payout/refusals.ts';
import type { ExplainMoment, Explanation } from './explanation.ts';
import { readSeen } from './read-seen.ts';
import { whereMoneyIs } from './where-money-is.ts';

/**
 * Says every reason why a payout is not paid, who clears it and when, and where the money of each of its obligations is. Decided from the same facts and by the
 * same function as a send.
 *
 * @errors
 * - `payout_unknown`: there is no payout of this id, or there was none then.
 * - any fault of the store.
 * @source docs/rules/payouts.md, P-26
 */
export async function explainPayout(
  book: Book,
  payouts: Payouts,
  id: string,
  { at, asOf }: ExplainMoment,
): Promise<Result<Explanation, PayoutUnknown | ReadTrouble>> {
  const read = await book.use(payouts.payout).read(id, asOf === undefined ? {} : { asOf });
  if (read.isErr()) return err(read.error);
  const payout = read.value.state;
  if (!payout) return err({ code: 'payout_unknown', payout: id });
  const obligations = payout.items.map(({ obligation }) => obligation);
  const wanted = {
    records: [
      recordKey('payee', payout.payee),
      recordKey('sender', payout.sender),
      ...obligations.map((obligation) => recordKey('obligation', obligation)),
    ],
    accounts: [debtsAccount(payout.payee), ...obligations.map(owedAccount)],
    currency: payout.currency,
  };
  const seen = await readSeen(book, payouts, wanted, asOf);
  if (seen.isErr()) return err(seen.error);
  const status = payoutStatus(payout);
  const eligibility = checkEligibility(payoutFacts(seen.value, payout), payouts.policy, at);
  const blocked = status === 'due' && !eligibility.eligible ? eligibility.obstacles : [];
  const obstacles = [...statusObstacles(id, payout, status), ...blocked];
  const clears = clearsAt(obstacles);
  const money = obligations.flatMap((obligation) => whereMoneyIs(seen.value, obligation, [payout]));
  return ok({ of: id, status, at, obstacles, ...(clears === undefined ? {} : { clearsAt: clears }), money });
}

/** Gives what a payout's own state says of why it is not paid. */
function statusObstacles(of: string, payout: Payout, status: PayoutStatus): readonly Obstacle[] {
  const code = CODES[status];
  const attempt = leadingAttempt(payout)?.attempt;
  if (!code || !attempt) return [];
  const asks = code === 'under_way' || code === 'outcome_unknown';
  const next = asks ? nextLookup(attempt) : undefined;
  const { state } = attempt;
  const detail = 'code' in state ? state.code : 'because' in state ? state.because : undefined;
  const words = detail === undefined ? {} : { detail };
  return [
    { code, of, clearedBy: asks ? 'provider' : 'operator', ...words, ...(next === undefined ? {} : { asksAt: next }) },
  ];
}

const CODES: { readonly [Status in PayoutStatus]?: ObstacleCode } = {
  sending: 'under_way',
  unknown: 'outcome_unknown',
  waiting: 'waits_for_operator',
  conflict: 'in_conflict',
  failed: 'has_failed',
};
