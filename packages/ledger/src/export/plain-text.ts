import type { StoredUnit } from '@holdfast/kernel';
import { writeJournalDecimal } from '../journal/read-decimal.ts';
import { type JournalBalance, type JournalEntry, type JournalOpening, readEntries } from '../journal/read-entries.ts';
import { commodity, describe, percentEncode } from './safe-text.ts';

/** How one plain-text program differs from another. */
export interface PlainTextDialect {
  /** Lines at the top of the file. */
  readonly header: readonly string[];
  /** Declares a currency, at its first use. */
  commodity(code: string, scale: number): readonly string[];
  /** Declares an account, at its first use. */
  account(opening: JournalOpening): string;
}

/**
 * Writes units as a plain-text journal: one transaction for each entry, amounts with all decimals, and at the end an assertion of every
 * balance. These programs write debits above zero, so every sign is the other way round than in a line.
 */
export async function* writePlainText(
  units: AsyncIterable<StoredUnit>,
  dialect: PlainTextDialect,
): AsyncGenerator<string> {
  const declared = new Set<string>();
  yield* dialect.header;
  for await (const item of readEntries(units)) {
    if ('opening' in item) yield* declare(item.opening, dialect, declared);
    else if ('entry' in item) yield* writeEntry(item.entry);
    else if (item.at !== undefined) yield* writeAssertions([...item.closing.values()], item.sequence, dateOf(item.at));
  }
}

function* declare(opening: JournalOpening, dialect: PlainTextDialect, declared: Set<string>): Generator<string> {
  const { account, currency, scale } = opening;
  if (!declared.has(`currency ${currency}`)) yield* dialect.commodity(currency, scale);
  if (!declared.has(`account ${account}`)) yield dialect.account(opening);
  declared.add(`currency ${currency}`).add(`account ${account}`);
}

function* writeEntry({ sequence, at, effectiveAt, key, transfers }: JournalEntry): Generator<string> {
  yield '';
  yield `${dateOf(at)} * (${sequence}) ${describe(transfers)}`;
  yield `    ; ${at.slice(11)} ${percentEncode(key)}`;
  if (effectiveAt !== undefined) yield `    ; effective: ${effectiveAt}`;
  for (const { from, to, amount, currency } of transfers) {
    yield `    ${from}  ${amount} ${commodity(currency)}`;
    yield `    ${to}  -${amount} ${commodity(currency)}`;
  }
}

function* writeAssertions(balances: readonly JournalBalance[], sequence: number, date: string): Generator<string> {
  for (let from = 0; from < balances.length; from += 500) {
    yield '';
    yield `${date} * (${sequence}) balances`;
    for (const { account, currency, scale, minor } of balances.slice(from, from + 500)) {
      const code = commodity(currency);
      const nothing = writeJournalDecimal({ minor: 0n, scale });
      yield `    ${account}  ${nothing} ${code} = ${writeJournalDecimal({ minor: -minor, scale })} ${code}`;
    }
  }
}

function dateOf(at: string): string {
  return at.slice(0, 10);
}
