import { DemoFailed } from '@holdfast/demo-kit';
import { fundedOf } from '@holdfast/escrow';
import type { Book } from '@holdfast/kernel';
import { type TrialBalanceCurrency, trialBalance } from '@holdfast/ledger';
import { add, formatDecimal, type Money, money, negate, sum, usd, zero } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';

/** How the jobs of a book ended. */
export interface JobCounts {
  readonly completed: number;
  readonly rejected: number;
  readonly cancelled: number;
  readonly expired: number;
  readonly pending: number;
}

/** Where the money of a book is. */
export interface MoneyTotals {
  /** What came in from outside. */
  readonly deposited: Money;
  /** What customers may spend. */
  readonly available: Money;
  /** What is held for offers, its unearned fees included. */
  readonly held: Money;
  /** What contractors got. */
  readonly paid: Money;
  /** What the platform earned. */
  readonly fees: Money;
  /** What came back from offers that ended without a job. It is part of what is available. */
  readonly refunded: Money;
}

/** All that the demo tells of a book. */
export interface Tally {
  readonly jobs: JobCounts;
  readonly totals: MoneyTotals;
  readonly trialBalance: TrialBalanceCurrency;
}

/**
 * Counts a whole book, whoever wrote it and when.
 *
 * @throws {DemoFailed} when money in is not money available, held, paid and earned.
 */
export async function tally(book: Book): Promise<Tally> {
  const { jobs, refunded } = await countOffers(book);
  const totals = { ...(await addAccounts(book)), refunded };
  const { deposited, available, held, paid, fees } = totals;
  const accounted = [available, held, paid, fees].reduce(add);
  if (accounted.minor !== deposited.minor) {
    throw new DemoFailed(`${formatDecimal(deposited)} came in, and ${formatDecimal(accounted)} is accounted for`);
  }
  const balance = answered(await trialBalance(book));
  const [dollars] = balance.currencies;
  if (!dollars || !balance.balanced) throw new DemoFailed('the trial balance does not balance');
  return { jobs, totals, trialBalance: dollars };
}

async function countOffers(book: Book): Promise<{ readonly jobs: JobCounts; readonly refunded: Money }> {
  const jobs = { completed: 0, rejected: 0, cancelled: 0, expired: 0, pending: 0 };
  const refunds: Money<'USD'>[] = [];
  const offers = book.use(offerProcess);
  for (let after: string | undefined, more = true; more; ) {
    const page = answered(await offers.list({ limit: PAGE, ...(after === undefined ? {} : { after }) }));
    for (const { id, state } of page.rows) {
      if (!state || state.status === 'accepted' || state.status === 'started') {
        throw new DemoFailed(`${id} is left between acceptance and its end`);
      }
      jobs[state.status] += 1;
      if (BACK.includes(state.status)) refunds.push((fundedOf(state) ?? zero(usd)) as Money<'USD'>);
    }
    after = page.next;
    more = after !== undefined;
  }
  return { jobs, refunded: sum(refunds, usd) };
}

async function addAccounts(book: Book): Promise<Omit<MoneyTotals, 'refunded'>> {
  const cents = { deposited: 0n, available: 0n, held: 0n, paid: 0n, fees: 0n };
  for (let after: string | undefined, more = true; more; ) {
    const page = answered(await book.accounts({ limit: PAGE, ...(after === undefined ? {} : { after }) }));
    for (const { account, balance } of page.rows) cents[placeOf(account)] += balance;
    after = page.next;
    more = after !== undefined;
  }
  return {
    // The world outside is below zero by what came in.
    deposited: negate(money(cents.deposited, usd)),
    available: money(cents.available, usd),
    held: money(cents.held, usd),
    paid: money(cents.paid, usd),
    fees: money(cents.fees, usd),
  };
}

function placeOf(account: string): Exclude<keyof MoneyTotals, 'refunded'> {
  for (const [prefix, place] of PLACES) if (account.startsWith(prefix)) return place;
  throw new DemoFailed(`${account} is no account of the demo`);
}

function answered<T>(result: Result<T, { readonly code: string }>): T {
  if (result.isOk()) return result.value;
  throw new DemoFailed(`the book could not be read: ${JSON.stringify(result.error)}`);
}

const PAGE = 1_000;
const BACK: readonly string[] = ['rejected', 'cancelled', 'expired'];
const PLACES = [
  ['world:', 'deposited'],
  ['users:customer-', 'available'],
  ['users:contractor-', 'paid'],
  ['escrows:', 'held'],
  ['platform:fees:unearned', 'held'],
  ['platform:fees:earned', 'fees'],
] as const;
