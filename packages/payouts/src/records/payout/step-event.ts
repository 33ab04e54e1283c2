import { addDuration, type Instant, laterOf, type Seen } from '@holdfast/kernel';
import { add, isSameCurrency, type Money, minimum, money, subtract, zero } from '@holdfast/money';
import type { Attempt, AttemptStep } from '@holdfast/providers';
import { retryAt } from '../../eligibility/back-off.ts';
import type { PayoutDraft } from '../../eligibility/compose-payout.ts';
import {
  balanceOf,
  debtsAccount,
  debtsOf,
  FEES,
  owedAccount,
  recoveryAccount,
  suspenseAccount,
  transitAccount,
  worldAccount,
} from '../accounts.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { AttemptStepped, Netted, PayoutEvent, ReversalStepped } from './events.ts';
import { evolvePayout } from './evolve.ts';
import type { AttemptShare, Payout, PayoutAttempt, Reversal } from './payout.ts';
import { type PayoutStatus, payoutStatus } from './payout.ts';
import { placeMoney } from './place-money.ts';
import { placeRecovery } from './place-recovery.ts';
import { findTransfer } from './reversals.ts';

type Transfers = AttemptStepped['transfers'];

/** What a step of an attempt is turned into an event with. */
export interface StepContext {
  readonly seen: Seen;
  /** The payout's name. */
  readonly id: string;
  readonly payout: Payout;
  readonly at: Instant;
  readonly by: AttemptStepped['by'];
  readonly environment: PayoutEnvironment;
  /** Of a start. */
  readonly draft?: PayoutDraft;
  /** Obligations that are left out of it. */
  readonly leftOut?: readonly string[];
  readonly why?: AttemptStepped['why'];
  /** Earlier events of the same unit. */
  readonly earlier?: readonly PayoutEvent[];
}

/**
 * Turns a step of an attempt into the event with all of its money: what the step posts, what goes for debts, the payout's fee once it is paid, and which
 * obligations are still owed something that this payout will not pay.
 */
export function stepEvent(step: AttemptStep, context: StepContext): AttemptStepped {
  const { seen, payout, by, draft, leftOut = [], why, earlier = [] } = context;
  const { attempt } = step;
  const known = payout.attempts.find((one) => one.attempt.number === attempt.number);
  const netted = draft ? nettedOf(draft) : [];
  const netting = nettingTransfers(netted, payout);
  const before = movedBy(earlier);
  const owed = afterTransfers(owedBalances(seen, payout), before);
  const placed = placeMoney(withoutTaken(step.postings, payout, known?.attempt), {
    currency: payout.currency,
    transit: transitAccount(attempt.payout, attempt.number),
    world: worldAccount(attempt.provider, attempt.account),
    suspense: suspenseAccount(attempt.provider),
    debts: debtsAccount(payout.payee),
    debt: debtLeft(debtsOf(seen, payout.payee, payout.currency), debtsAccount(payout.payee), [...before, ...netting]),
    owed: afterTransfers(owed, netting),
    ...(draft ? { sent: draft.items.map(({ obligation, sent }) => ({ obligation, amount: sent })) } : {}),
    shares: known?.shares ?? [],
  });
  const moved: Transfers = [...netting, ...placed.transfers];
  const charging = chargeFee(step, known, draft, afterTransfers(owed, moved));
  const record: PayoutAttempt = { attempt, fee: charging.fee, shares: withFees(placed.shares, charging.taken) };
  const retries = by === 'operator' ? 0 : payout.retries + (spent(known?.attempt, attempt) ? 1 : 0);
  const transfers = [...moved, ...charging.transfers];
  const event: AttemptStepped = {
    type: 'AttemptStepped',
    by,
    attempt: record,
    retries,
    ...waitOf(attempt, retries, context),
    netted,
    leaving: leftOut,
    alarms: step.alarms,
    ...(why === undefined ? {} : { why }),
    transfers,
  };
  return { ...event, leaving: [...leftOut, ...stillOwed(event, payout, afterTransfers(owed, transfers))] };
}

/**
 * Turns a step of an attempt of a reversal into the event with all of its money.
 *
 * @source docs/rules/payouts.md, P-29, P-30
 */
export function reversalEvent(reversal: Reversal, step: AttemptStep, context: StepContext): ReversalStepped {
  const { seen, payout, by, why, earlier = [] } = context;
  const { attempt } = step;
  const known = reversal.attempts.find((one) => one.attempt.number === attempt.number);
  const debts = debtsAccount(payout.payee);
  const short = known?.short ?? zero(attempt.operation.amount.currency);
  const placed = placeRecovery(step.postings, {
    recovery: recoveryAccount(attempt.payout, reversal.number, attempt.number),
    debts,
    world: worldAccount(attempt.provider, attempt.account),
    suspense: suspenseAccount(attempt.provider),
    debt: debtLeft(debtsOf(seen, payout.payee, payout.currency), debts, movedBy(earlier)),
    placed: new Set(findTransfer(payout, reversal.object)?.object.returns.map(({ id }) => id)),
    short,
    taken: known?.taken ?? [],
  });
  const retries = by === 'operator' ? 0 : reversal.retries + (spent(known?.attempt, attempt) ? 1 : 0);
  return {
    type: 'ReversalStepped',
    reversal: reversal.number,
    by,
    attempt: { attempt, short: placed.short, taken: placed.taken },
    retries,
    ...waitOf(attempt, retries, context),
    alarms: step.alarms,
    ...(why === undefined ? {} : { why }),
    transfers: placed.transfers,
  };
}

/** Gives what some events move. */
function movedBy(events: readonly PayoutEvent[]): Transfers {
  return events.flatMap((event) => ('transfers' in event ? event.transfers : []));
}

/** Takes out of the returns of a transfer what a reversal has put against debts already. */
function withoutTaken(
  postings: AttemptStep['postings'],
  { reversals = [] }: Payout,
  before: Attempt | undefined,
): AttemptStep['postings'] {
  const taken = new Map(
    reversals.flatMap(({ attempts }) => attempts.flatMap((one) => one.taken)).map((one) => [one.object, one.amount]),
  );
  const known = new Set(before?.objects.flatMap(({ returns }) => returns.map(({ id }) => id)));
  return postings.flatMap((posting): AttemptStep['postings'] => {
    if (posting.kind !== 'returned' && posting.kind !== 'returned_excess') return [posting];
    const own = taken.get(posting.returned);
    if (own === undefined || known.has(posting.returned) || !isSameCurrency(own.currency, posting.amount.currency))
      return [posting];
    const part = minimum(own, posting.amount);
    taken.set(posting.returned, subtract(own, part));
    return part.minor === posting.amount.minor ? [] : [{ ...posting, amount: subtract(posting.amount, part) }];
  });
}

function debtLeft(debt: Money, account: string, transfers: Transfers): Money {
  let left = debt;
  for (const { from, to, amount } of transfers) {
    if (to === account) left = subtract(left, amount);
    if (from === account) left = add(left, amount);
  }
  return left;
}

/** Gives what goes for debts, obligation by obligation. */
export function nettedOf({ items }: PayoutDraft): readonly Netted[] {
  return items
    .filter(({ netted }) => netted.minor > 0n)
    .map(({ obligation, netted: amount }) => ({ obligation, amount }));
}

/** Gives the transfers of what goes for debts. */
export function nettingTransfers(netted: readonly Netted[], { payee }: Payout): Transfers {
  const to = debtsAccount(payee);
  return netted.map(({ obligation, amount }) => ({ from: owedAccount(obligation), to, amount, kind: 'debt_recovery' }));
}

interface Owed {
  readonly obligation: string;
  readonly amount: Money;
}

/** Reads what each obligation that the payout holds is owed. */
export function owedBalances(seen: Seen, { items, currency }: Payout): readonly Owed[] {
  return items
    .filter(({ place }) => place !== 'gone')
    .map(({ obligation }) => ({ obligation, amount: balanceOf(seen, owedAccount(obligation), currency) }));
}

/** Gives what each obligation is owed after some transfers. */
export function afterTransfers(owed: readonly Owed[], transfers: Transfers): readonly Owed[] {
  return owed.map(({ obligation, amount }) => {
    const account = owedAccount(obligation);
    let { minor } = amount;
    for (const { from, to, amount: moved } of transfers) {
      if (from === account) minor -= moved.minor;
      if (to === account) minor += moved.minor;
    }
    return { obligation, amount: money(minor, amount.currency) };
  });
}

/** A payout's fee is taken when the first money of an attempt has left: from what the obligations are still owed. */
function chargeFee(
  { attempt, postings }: AttemptStep,
  known: PayoutAttempt | undefined,
  draft: PayoutDraft | undefined,
  owed: readonly Owed[],
): { readonly fee: Money; readonly taken: readonly Owed[]; readonly transfers: Transfers } {
  const fee = draft?.fee ?? known?.fee ?? zero(attempt.operation.amount.currency);
  if (!postings.some(({ kind }) => kind === 'paid')) return { fee, taken: [], transfers: [] };
  let left = (known?.shares ?? []).reduce((rest, share) => subtract(rest, share.fee), fee);
  const taken = owed
    .map(({ obligation, amount: there }) => {
      const amount = minimum(there, left);
      left = subtract(left, amount);
      return { obligation, amount };
    })
    .filter(({ amount }) => amount.minor > 0n);
  const transfers = taken.map(({ obligation, amount }) => {
    return { from: owedAccount(obligation), to: FEES, amount, kind: 'payout_fee' };
  });
  return { fee, taken, transfers };
}

function withFees(shares: readonly AttemptShare[], taken: readonly Owed[]): readonly AttemptShare[] {
  return taken.reduce((before, { obligation, amount }) => {
    const nothing = zero(amount.currency);
    const known = before.find((share) => share.obligation === obligation);
    const share = known ?? { obligation, transit: nothing, paid: nothing, returned: nothing, fee: nothing };
    return [...before.filter((one) => one !== known), { ...share, fee: add(share.fee, amount) }];
  }, shares);
}

function spent(before: Attempt | undefined, { state }: Attempt): boolean {
  const isNo = (state.status === 'due' && state.spendsRetry) || state.status === 'failed';
  return isNo && before?.state.status !== 'due' && before?.state.status !== 'failed';
}

function waitOf(
  { state }: Attempt,
  retries: number,
  { at, by, environment }: StepContext,
): { readonly retryAt?: Instant } {
  if (state.status !== 'due') return {};
  if (by === 'operator') return { retryAt: at };
  const { retry } = environment.policy;
  const backOff = state.spendsRetry ? retryAt(retry, Math.max(1, retries), at) : undefined;
  return { retryAt: laterOf(backOff ?? addDuration(at, retry.base), state.notBefore ?? at) };
}

/** Once a payout has ended with money, what is still owed to its obligations is another payout's. */
function stillOwed(event: AttemptStepped, payout: Payout, owed: readonly Owed[]): readonly string[] {
  return owedAgain(evolvePayout(payout, event), owed);
}

/** Gives the obligations that a payout has done with and that are owed something all the same. */
export function owedAgain(payout: Payout, owed: readonly Owed[]): readonly string[] {
  if (!HAS_ENDED.has(payoutStatus(payout))) return [];
  const held = new Set(payout.items.filter(({ place }) => place === 'held').map(({ obligation }) => obligation));
  return owed
    .filter(({ obligation, amount }) => held.has(obligation) && amount.minor > 0n)
    .map((one) => one.obligation);
}

const HAS_ENDED: ReadonlySet<PayoutStatus> = new Set(['paid', 'returned', 'settled', 'cancelled']);
