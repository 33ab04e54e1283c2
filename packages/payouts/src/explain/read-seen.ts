import {
  type Book,
  genesis,
  type Head,
  type ReadTrouble,
  type RecordKeeper,
  recordKey,
  type Seen,
} from '@holdfast/kernel';
import type { Currency } from '@holdfast/money';
import { err, type Result } from 'neverthrow';
import type { Payouts } from '../define-payouts.ts';

/** What is read of a book to look at it as a decision does. */
export interface Wanted {
  /** As `kind/id`. */
  readonly records: readonly string[];
  readonly accounts: readonly string[];
  readonly currency: Currency;
}

/**
 * Reads what a decision would see, now or after the unit with a sequence. How the book itself stood then is not read: the past is seen as of its first epoch.
 *
 * @errors
 * - any fault of the store.
 */
export async function readSeen(
  book: Book,
  payouts: Payouts,
  { records, accounts, currency }: Wanted,
  asOf: number | undefined,
): Promise<Result<Seen, ReadTrouble>> {
  const moment = asOf === undefined ? {} : { asOf };
  const states = new Map<string, unknown>();
  const balances = new Map<string, bigint>();
  for (const record of records) {
    const slash = record.indexOf('/');
    const kind = record.slice(0, slash) as 'payee' | 'obligation' | 'payout' | 'sender';
    const read = await book.use(payouts[kind] as Payouts['payout']).read(record.slice(slash + 1), moment);
    if (read.isErr()) return err(read.error);
    if (read.value.state !== undefined) states.set(record, read.value.state);
  }
  for (const account of accounts) {
    const read = await book.balance(account, currency, moment);
    if (read.isErr()) return err(read.error);
    balances.set(`${account} ${currency.code}`, read.value.minor);
  }
  const head = await book.head();
  return head.map((now) => seenOf(states, balances, asOf === undefined ? now : genesis));
}

function seenOf(states: ReadonlyMap<string, unknown>, balances: ReadonlyMap<string, bigint>, head: Head): Seen {
  return {
    record: () => undefined,
    recordOf: <State>({ kind }: RecordKeeper<State>, id: string) =>
      states.get(recordKey(kind, id)) as State | undefined,
    balance: (account, code) => balances.get(`${account} ${code}`) ?? 0n,
    account: () => undefined,
    claim: () => undefined,
    book: () => head,
  };
}
