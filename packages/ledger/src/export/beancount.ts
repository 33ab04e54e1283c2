import { accountKey, addDuration, days, type StoredUnit } from '@holdfast/kernel';
import { readJournalDecimal, writeJournalDecimal } from '../journal/read-decimal.ts';
import { type JournalEntry, type JournalTransfer, readEntries } from '../journal/read-entries.ts';
import { describe, percentEncode } from './safe-text.ts';

/**
 * Exports a book for beancount, as lines without their line ends. `bean-check` accepts it.
 *
 * Account names there begin with one of five roots, and their components with a capital letter: `users:u_1:available` becomes
 * `Liabilities:Xusers:Xu-5f1:Xavailable` (an `X` before each segment; `-` and two hexadecimal digits for what is neither letter nor digit),
 * which is injective. Balances are asserted at the start of the day after the last unit; but beancount calculates with 28 digits, so an
 * account that ever had more minor units than that gets a comment instead.
 *
 * @param units - From `store.projectUnits(book)`.
 * @source docs/rules/ledger.md, L-22
 */
export async function* exportBeancount(units: AsyncIterable<StoredUnit>): AsyncGenerator<string> {
  const names = new Map<string, string>();
  const running = new Map<string, { minor: bigint; tooLong: boolean }>();
  for await (const item of readEntries(units)) {
    if ('opening' in item) {
      const { account, type, at } = item.opening;
      if (names.has(account)) continue;
      names.set(account, `${ROOTS[type]}:${account.split(':').map(component).join(':')}`);
      yield `${at.slice(0, 10)} open ${names.get(account)}`;
    } else if ('entry' in item) {
      for (const transfer of item.entry.transfers) follow(running, transfer);
      yield* writeEntry(item.entry, names);
    } else if (item.at !== undefined) {
      const date = addDuration(item.at, days(1)).slice(0, 10);
      for (const { account, currency, scale, minor } of item.closing.values()) {
        const balance = `${names.get(account)}  ${writeJournalDecimal({ minor: -minor, scale })} ${currency}`;
        const tooLong = running.get(accountKey(account, currency))?.tooLong;
        yield tooLong ? `; ${date} more digits than beancount has: ${balance}` : `${date} balance ${balance}`;
      }
    }
  }
}

function* writeEntry(
  { sequence, at, key, transfers }: JournalEntry,
  names: ReadonlyMap<string, string>,
): Generator<string> {
  yield '';
  yield `${at.slice(0, 10)} * "${describe(transfers)}"`;
  yield `  sequence: "${sequence}"`;
  yield `  key: "${percentEncode(key)}"`;
  for (const { from, to, amount, currency } of transfers) {
    yield `  ${names.get(from)}  ${amount} ${currency}`;
    yield `  ${names.get(to)}  -${amount} ${currency}`;
  }
}

/** Follows both balances of a transfer, to know which ever had more digits than beancount calculates with. */
function follow(
  running: Map<string, { minor: bigint; tooLong: boolean }>,
  { from, to, amount, currency }: JournalTransfer,
): void {
  const { minor = 0n } = readJournalDecimal(amount) ?? {};
  for (const [account, change] of [[from, -minor] as const, [to, minor] as const]) {
    const key = accountKey(account, currency);
    const before = running.get(key) ?? { minor: 0n, tooLong: false };
    const after = before.minor + change;
    running.set(key, { minor: after, tooLong: before.tooLong || after >= TOO_LONG || after <= -TOO_LONG });
  }
}

const TOO_LONG = 10n ** 28n;

function component(segment: string): string {
  return `X${segment.replace(/[^A-Za-z0-9]/g, (char) => `-${char.charCodeAt(0).toString(16)}`)}`;
}

const ROOTS = {
  asset: 'Assets',
  liability: 'Liabilities',
  income: 'Income',
  expense: 'Expenses',
  equity: 'Equity',
} as const;
