import { type Book, type CommandMap, Defect, type ReadTrouble, type Records, splitAccountKey } from '@holdfast/kernel';
import { inTransit } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Payouts } from './define-payouts.ts';
import { debtsAccount, owedAccount, recoveryAccount, transitAccount } from './records/accounts.ts';
import type { Obligation } from './records/obligation/obligation.ts';
import { type Payout, type PayoutStatus, payoutStatus } from './records/payout/payout.ts';
import { isAdopted } from './records/payout/reversals.ts';

/** One identity that does not hold. */
export interface PayoutsDifference {
  /** An obligation, an account or a payee, with the currency. */
  readonly of: string;
  readonly law: 'obligation' | 'transit' | 'recovery' | 'debts' | 'claim' | 'waiting';
  readonly expected: string;
  readonly found: string;
}

/**
 * Checks the identities of payouts on a book that stands still, each per currency:
 * for every obligation `earned = owed + transit + paid − returned + netted + refunded + fees`; something is in transit exactly while an attempt is open, and something
 * is set aside of debts exactly while one of a reversal is; debts are never below zero; what came back by a reversal is a return of its transfer; what is owed waits for its run, is in a payout, or waits for a person who can say so.
 *
 * @returns What does not hold; empty where all is well.
 *
 * @errors
 * - any store fault.
 * @source docs/rules/payouts.md, P-24
 */
export async function checkPayouts(
  book: Book,
  payouts: Payouts,
): Promise<Result<readonly PayoutsDifference[], ReadTrouble>> {
  try {
    const balances = await readBalances(book);
    const obligations = await readAll<Obligation>(book.use(payouts.obligation));
    const all = await readAll<Payout>(book.use(payouts.payout));
    const elsewhere = elsewhereOf(all);
    return ok([
      ...[...obligations].flatMap(([id, state]) => checkObligation(id, state, balances, elsewhere.get(id))),
      ...checkTransit(all, balances),
      ...checkRecoveries(all, balances),
      ...checkDebts(balances),
    ]);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'fault' in error) return err(error as ReadTrouble);
    throw error;
  }
}

type Balances = ReadonlyMap<string, bigint>;

/** What all payouts together say of one obligation, in minor units. */
interface Elsewhere {
  minor: bigint;
  /** Payouts that hold it. */
  readonly holders: string[];
  /** The payout that holds it has ended, and does not hand it over. */
  done: boolean;
  adopted: boolean;
}

function checkObligation(
  id: string,
  state: Obligation,
  balances: Balances,
  elsewhere: Elsewhere | undefined,
): readonly PayoutsDifference[] {
  if (state.status === 'promised') return [];
  const { currency, earned, refunded, lent } = state;
  const of = `${id} ${currency.code}`;
  const owed = balances.get(`${owedAccount(id)} ${currency.code}`) ?? 0n;
  const found = owed + (elsewhere?.minor ?? 0n) + refunded.minor - lent.minor;
  const differences: PayoutsDifference[] = [];
  if (found !== earned.minor)
    differences.push({ of, law: 'obligation', expected: `${earned.minor}`, found: `${found}` });
  const expected = state.status === 'taken' ? `${state.payout}` : '';
  const holders = elsewhere?.holders.join() ?? '';
  // A payout that was made of what the provider said may have obligations that know nothing of it.
  if (holders !== expected && !elsewhere?.adopted) differences.push({ of, law: 'claim', expected, found: holders });
  if (owed > 0n && elsewhere?.done)
    differences.push({ of, law: 'waiting', expected: 'a payout to come', found: `${owed} left behind by ${holders}` });
  return differences;
}

function elsewhereOf(payouts: ReadonlyMap<string, Payout>): ReadonlyMap<string, Elsewhere> {
  const all = new Map<string, Elsewhere>();
  const of = (obligation: string): Elsewhere => {
    const known = all.get(obligation) ?? { minor: 0n, holders: [], done: false, adopted: false };
    all.set(obligation, known);
    return known;
  };
  for (const [id, payout] of payouts) {
    const { items, attempts } = payout;
    const status = payoutStatus(payout);
    for (const { obligation, netted, place } of items) {
      const known = of(obligation);
      known.minor += netted.minor;
      known.adopted ||= attempts.some(({ attempt }) => isAdopted(attempt));
      if (place !== 'gone') known.holders.push(id);
      if (place === 'held') known.done = ENDED.has(status);
    }
    for (const { obligation, transit, paid, returned, fee } of attempts.flatMap(({ shares }) => shares)) {
      if (obligation !== null) of(obligation).minor += transit.minor + paid.minor - returned.minor + fee.minor;
    }
  }
  return all;
}

function checkTransit(payouts: ReadonlyMap<string, Payout>, balances: Balances): readonly PayoutsDifference[] {
  const expected = new Map<string, bigint>();
  for (const [id, payout] of payouts) {
    for (const { attempt, shares } of payout.attempts) {
      const key = `${transitAccount(id, attempt.number)} ${payout.currency.code}`;
      const inShares = shares.reduce((sum, { transit }) => sum + transit.minor, 0n);
      if (inShares !== inTransit(attempt).minor) expected.set(`${key} by shares`, inTransit(attempt).minor);
      expected.set(key, inTransit(attempt).minor);
    }
  }
  const keys = new Set([...expected.keys(), ...[...balances.keys()].filter((key) => TRANSIT.test(key))]);
  return [...keys].flatMap((of) => differenceIn(of, 'transit', expected, balances));
}

/** What reversals have set aside, by account; and what they took, by the returns of the transfers that they reverse. */
function checkRecoveries(payouts: ReadonlyMap<string, Payout>, balances: Balances): readonly PayoutsDifference[] {
  const expected = new Map<string, bigint>();
  const untold: PayoutsDifference[] = [];
  for (const [id, payout] of payouts) {
    const returns = new Map(
      payout.attempts
        .flatMap(({ attempt }) => attempt.objects.flatMap((object) => object.returns))
        .map((one) => [one.id, one.amount.minor]),
    );
    for (const { number, attempts } of payout.reversals ?? []) {
      for (const { attempt, short, taken } of attempts) {
        const key = `${recoveryAccount(id, number, attempt.number)} ${payout.currency.code}`;
        expected.set(key, short.minor - inTransit(attempt).minor);
        for (const { object: of, amount } of taken) {
          const found = returns.get(of) ?? 0n;
          if (found < amount.minor)
            untold.push({ of, law: 'recovery', expected: `a return of ${amount.minor}`, found: `${found}` });
        }
      }
    }
  }
  const keys = new Set([...expected.keys(), ...[...balances.keys()].filter((key) => RECOVERY.test(key))]);
  return [...untold, ...[...keys].flatMap((of) => differenceIn(of, 'recovery', expected, balances))];
}

function differenceIn(
  of: string,
  law: 'transit' | 'recovery',
  expected: Balances,
  balances: Balances,
): readonly PayoutsDifference[] {
  const [want, have] = [expected.get(of) ?? 0n, balances.get(of) ?? 0n];
  return want === have ? [] : [{ of, law, expected: `${want}`, found: `${have}` }];
}

function checkDebts(balances: Balances): readonly PayoutsDifference[] {
  return [...balances].flatMap(([of, minor]) => {
    const [, payee] = /^payees:([^:]+):debts$/.exec(splitAccountKey(of).name) ?? [];
    if (payee === undefined || minor <= 0n || !of.startsWith(debtsAccount(payee))) return [];
    return [{ of, law: 'debts', expected: 'a debt of zero or more', found: `${-minor}` } as const];
  });
}

async function readBalances(book: Book): Promise<Balances> {
  const balances = new Map<string, bigint>();
  for (let after: string | undefined; ; ) {
    const page = await book.accounts({ limit: 1_000, ...(after === undefined ? {} : { after }) });
    if (page.isErr()) throw page.error;
    for (const { account, balance } of page.value.rows) balances.set(account, balance);
    after = page.value.next;
    if (after === undefined) return balances;
  }
}

async function readAll<State>(
  records: Pick<Records<never, CommandMap, State>, 'list'>,
): Promise<ReadonlyMap<string, State>> {
  const states = new Map<string, State>();
  for (let after: string | undefined; ; ) {
    const page = await records.list({ limit: 500, ...(after === undefined ? {} : { after }) });
    if (page.isErr()) throw page.error;
    for (const { id, state } of page.value.rows) {
      if (state === undefined) throw new Defect(`the record ${id} has no state`);
      states.set(id, state);
    }
    after = page.value.next;
    if (after === undefined) return states;
  }
}

const ENDED: ReadonlySet<PayoutStatus> = new Set(['paid', 'returned', 'settled', 'cancelled']);
const TRANSIT = /^payouts:[^:]+:transit /;
const RECOVERY = /^payouts:[^:]+:recovery /;
