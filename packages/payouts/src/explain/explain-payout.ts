import { type Book, type ReadTrouble, recordKey, type Seen } from '@holdfast/kernel';
import { sum } from '@holdfast/money';
import { type Attempt, inTransit, nextLookup } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Payouts } from '../define-payouts.ts';
import { checkEligibility, clearsAt } from '../eligibility/check-eligibility.ts';
import type { Obstacle, ObstacleCode } from '../eligibility/obstacle.ts';
import { debtsAccount, owedAccount } from '../records/accounts.ts';
import { reversalObstacles } from '../records/payout/decide-reverse.ts';
import {
  leadingAttempt,
  type Payout,
  type PayoutStatus,
  payoutStatus,
  type Reversal,
} from '../records/payout/payout.ts';
import { payoutFacts } from '../records/payout/payout-facts.ts';
import type { PayoutUnknown } from '../records/payout/refusals.ts';
import { nameOf } from '../records/payout/reversals.ts';
import type { ExplainedReversal, ExplainMoment, Explanation } from './explanation.ts';
import { readSeen } from './read-seen.ts';
import { whereMoneyIs } from './where-money-is.ts';

/**
 * Says every reason why a payout is not paid, who clears it and when, where the money of each of its obligations is, and how its reversals stand. Decided from the same facts and by the
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
  const reversals = payout.reversals?.map((one) => explainReversal(seen.value, payout, one, { id, at }));
  return ok({
    of: id,
    status,
    at,
    obstacles,
    ...(clears === undefined ? {} : { clearsAt: clears }),
    money,
    ...(reversals ? { reversals } : {}),
  });
}

function explainReversal(
  seen: Seen,
  payout: Payout,
  reversal: Reversal,
  { id, at }: { readonly id: string; readonly at: string },
): ExplainedReversal {
  const { number, asked, attempts } = reversal;
  const status = payoutStatus(reversal);
  const blocked = status === 'due' ? reversalObstacles(seen, payout, reversal, { id, at }) : [];
  const { currency } = payout;
  return {
    reversal: number,
    status,
    asked,
    underWay: sum(
      attempts.map(({ attempt }) => inTransit(attempt)),
      currency,
    ),
    taken: sum(
      attempts.flatMap(({ taken }) => taken.map(({ amount }) => amount)),
      currency,
    ),
    obstacles: [...statusObstacles(nameOf(id, number), reversal, status), ...blocked],
  };
}

/** Gives what the state of a payout or a reversal says of why it is not paid. */
function statusObstacles(of: string, sent: Payout | Reversal, status: PayoutStatus): readonly Obstacle[] {
  const code = CODES[status];
  const attempt = leadingAttempt<{ readonly attempt: Attempt }>(sent)?.attempt;
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
