import { type Book, Defect, type ReadTrouble, type Records } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { ticketAccount } from './chit/accounts.ts';
import type { ChitDecider } from './chit/decider.ts';
import { checkMoney } from './chit/identities/check-money.ts';
import { checkWins } from './chit/identities/check-wins.ts';
import { expectedBalances } from './chit/identities/expected-balances.ts';
import { schemeOf } from './chit/scheme-of.ts';
import type { Chit } from './chit/state.ts';
import type { Chits } from './define-chits.ts';

/** One identity of a scheme that does not hold. */
export interface ChitDifference {
  readonly chit: string;
  /** What it is about: an account, an instalment, a ticket. */
  readonly of: string;
  readonly law: /** An account has what the record says of it. */
    | 'account'
    /** A prize and its discount are the gross prize. */
    | 'prize'
    /** What an instalment took in is what it gave out. */
    | 'cash'
    /** What one instalment left is what the next one began with. */
    | 'chain'
    /** Each ticket wins once, each draw has its winners. */
    | 'wins'
    /** All tickets of a scheme that shares among all pay the same. */
    | 'equal'
    /** A ticket with credit owes nothing. */
    | 'credit'
    /** A scheme that is completed has nothing left. */
    | 'zero';
  readonly expected: string;
  readonly found: string;
}

/**
 * Checks the identities of every scheme of a book that stands still: what accounts have is what records say, each instalment gave out what it took in, each ticket
 * won once, all tickets paid the same where they share alike, and a completed scheme has every account at zero.
 *
 * @returns What does not hold; empty where all is well.
 *
 * @errors
 * - any store fault.
 * @source docs/rules/chit-fund.md, CF-31
 */
export async function checkChits(
  book: Book,
  { chit: decider }: Pick<Chits, 'chit'>,
): Promise<Result<readonly ChitDifference[], ReadTrouble>> {
  try {
    const balances = await readBalances(book);
    const chits = await readChits(book.use(decider));
    return ok([...chits].flatMap(([id, chit]) => checkChit(id, chit, balances)));
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'fault' in error) return err(error as ReadTrouble);
    throw error;
  }
}

function checkChit(id: string, chit: Chit, balances: ReadonlyMap<string, bigint>): readonly ChitDifference[] {
  const { code } = schemeOf(chit).currency;
  const own = [...balances].filter(([account]) => account.startsWith(`chits:${id}:`));
  const found = new Map(own.map(([account, balance]) => [account.slice(0, -code.length - 1), balance]));
  const differences: ChitDifference[] = [];
  const expected = expectedBalances(id, chit);
  for (const [account, want] of expected) {
    const have = found.get(account) ?? 0n;
    if (have !== want)
      differences.push({ chit: id, of: account, law: 'account', expected: `${want}`, found: `${have}` });
  }
  if (chit.phase === 'completed')
    for (const [account, have] of found)
      if (have !== 0n) differences.push({ chit: id, of: account, law: 'zero', expected: '0', found: `${have}` });
  for (const [index, { arrears }] of chit.tickets.entries()) {
    const account = ticketAccount(id, index + 1);
    const credit = found.get(account) ?? 0n;
    if (credit > 0n && arrears.length > 0)
      differences.push({ chit: id, of: account, law: 'credit', expected: 'no arrears', found: `${credit}` });
  }
  return [...differences, ...checkMoney(id, chit), ...checkWins(id, chit)];
}

async function readBalances(book: Book): Promise<ReadonlyMap<string, bigint>> {
  const balances = new Map<string, bigint>();
  for (let after: string | undefined; ; ) {
    const page = await book.accounts({ prefix: 'chits:', limit: 1_000, ...(after === undefined ? {} : { after }) });
    if (page.isErr()) throw page.error;
    for (const { account, balance } of page.value.rows) balances.set(account, balance);
    after = page.value.next;
    if (after === undefined) return balances;
  }
}

async function readChits(records: Records<ChitDecider>): Promise<ReadonlyMap<string, Chit>> {
  const chits = new Map<string, Chit>();
  for (let after: string | undefined; ; ) {
    const page = await records.list({ limit: 100, ...(after === undefined ? {} : { after }) });
    if (page.isErr()) throw page.error;
    for (const { id, state } of page.value.rows) {
      if (state === undefined) throw new Defect(`the scheme ${id} has no state`);
      chits.set(id, state);
    }
    after = page.value.next;
    if (after === undefined) return chits;
  }
}
