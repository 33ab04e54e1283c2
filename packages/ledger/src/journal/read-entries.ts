import {
  type AccountText,
  type AccountType,
  accountKey,
  decodeUnit,
  type Instant,
  type StoredUnit,
  splitAccountKey,
} from '@holdfast/kernel';
import { readJournalDecimal } from './read-decimal.ts';

/** A transfer as the journal has it. */
export interface JournalTransfer {
  readonly from: string;
  readonly to: string;
  /** With all decimals of the currency. */
  readonly amount: string;
  readonly currency: string;
  readonly kind: string;
}

/** An entry of the journal: transfers that happened as a whole. */
export interface JournalEntry {
  readonly sequence: number;
  /** Counts the entries of a unit, from 0. */
  readonly index: number;
  readonly at: Instant;
  /** When it takes effect, where that is not the unit's own instant. */
  readonly effectiveAt?: Instant;
  /** `scope key`. */
  readonly key: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly transfers: readonly JournalTransfer[];
}

/** An account that a unit opened. */
export interface JournalOpening {
  readonly account: string;
  readonly currency: string;
  /** Decimals of the currency. */
  readonly scale: number;
  readonly type: AccountType;
  readonly at: Instant;
}

/** What an export hears, in order. */
export type JournalItem =
  | { readonly opening: JournalOpening }
  | { readonly entry: JournalEntry }
  /** The last one: every balance there is, in minor units, by account key. */
  | {
      readonly closing: ReadonlyMap<string, JournalBalance>;
      readonly sequence: number;
      readonly at: Instant | undefined;
    };

/** A balance after the last unit. */
export interface JournalBalance {
  readonly account: string;
  readonly currency: string;
  readonly scale: number;
  readonly minor: bigint;
}

/** Reads units as openings and entries, and ends with the balances that follow from them. */
export async function* readEntries(units: AsyncIterable<StoredUnit>): AsyncGenerator<JournalItem> {
  const balances = new Map<string, JournalBalance>();
  let last: { sequence: number; at: Instant } | undefined;
  for await (const { sequence, bytes } of units) {
    const { accounts = [], actor, at, effective = [], entries, key } = decodeUnit(bytes);
    const dated = new Map(effective.map(([entry, effectiveAt]) => [entry, { effectiveAt }]));
    for (const text of accounts) {
      if (!balances.has(text.account)) yield { opening: open(text, at, balances) };
    }
    for (const [index, entry] of entries.entries()) {
      const transfers = entry.map(([from, to, amount, currency, kind]) => ({ from, to, amount, currency, kind }));
      for (const transfer of transfers) post(transfer, balances);
      yield { entry: { sequence, index, at, ...dated.get(index), key, actor, transfers } };
    }
    last = { sequence, at };
  }
  yield { closing: balances, sequence: last?.sequence ?? 0, at: last?.at };
}

function open(
  { account: key, scale, type }: AccountText,
  at: Instant,
  balances: Map<string, JournalBalance>,
): JournalOpening {
  const { name: account, currency } = splitAccountKey(key);
  balances.set(key, { account, currency, scale, minor: 0n });
  return { account, currency, scale, type, at };
}

function post({ from, to, amount, currency }: JournalTransfer, balances: Map<string, JournalBalance>): void {
  const { minor = 0n, scale = 0 } = readJournalDecimal(amount) ?? {};
  for (const [account, change] of [[from, -minor] as const, [to, minor] as const]) {
    const key = accountKey(account, currency);
    const before = balances.get(key) ?? { account, currency, scale, minor: 0n };
    balances.set(key, { ...before, minor: before.minor + change });
  }
}
