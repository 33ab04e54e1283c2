import type { Head } from './head.ts';
import type { Instant } from './instant.ts';
import type { AccountSeen, Changes, Needs, RecordRow, Snapshot, StoredUnit } from './store.ts';

/** What is known of one moment. A name that maps to `undefined` is known not to exist; one that is not in its map was never loaded. */
export interface Known {
  readonly head: Head;
  readonly units: ReadonlyMap<string, StoredUnit | undefined>;
  readonly accounts: ReadonlyMap<string, AccountSeen | undefined>;
  readonly records: ReadonlyMap<string, RecordRow | undefined>;
  readonly claims: ReadonlyMap<string, string | undefined>;
}

/** A {@link Known} that grows as more is loaded at the same head, and moves on with what was appended. */
export interface Knowledge extends Known {
  head: Head;
  /** What the store's clock said at the last load, and when that was by this process's own. */
  clock: { readonly now: Instant; readonly since: number } | undefined;
  readonly units: Map<string, StoredUnit | undefined>;
  readonly accounts: Map<string, AccountSeen | undefined>;
  readonly records: Map<string, RecordRow | undefined>;
  readonly claims: Map<string, string | undefined>;
}

/** Starts without any knowledge but the head. */
export function newKnowledge(head: Head): Knowledge {
  return { head, clock: undefined, units: new Map(), accounts: new Map(), records: new Map(), claims: new Map() };
}

/** Adds what a load answered. What was asked for and not answered is known not to exist. */
export function learn(knowledge: Knowledge, asked: Needs, snapshot: Snapshot): void {
  fill(knowledge.units, asked.keys, snapshot.units);
  fill(knowledge.records, asked.records, snapshot.records);
  fill(knowledge.claims, asked.claims, snapshot.claims);
  fill(knowledge.accounts, asked.accounts, snapshot.accounts);
  for (const row of snapshot.records.values()) fill(knowledge.accounts, row.touches, snapshot.accounts);
}

/** Moves knowledge on to the head that an append made. Keys are forgotten: every round proves its own, by a load or by its append. */
export function advance(knowledge: Knowledge, changes: Changes, balances: ReadonlyMap<string, AccountSeen>): void {
  for (const [account, seen] of balances) knowledge.accounts.set(account, seen);
  for (const row of changes.records) knowledge.records.set(row.record, row);
  for (const row of changes.claims) knowledge.claims.set(row.claim, row.holder ?? undefined);
  knowledge.units.clear();
  knowledge.head = changes.head;
}

/** Forgets everything, when the moment turned out to be another. */
export function forget(knowledge: Knowledge, head: Head): void {
  knowledge.units.clear();
  knowledge.accounts.clear();
  knowledge.records.clear();
  knowledge.claims.clear();
  knowledge.head = head;
}

/** Gives the part of some needs that is not known yet, or `undefined` where all is known. */
export function unknownOf(known: Known, needs: Needs): Needs | undefined {
  const missing = {
    keys: needs.keys.filter((key) => !known.units.has(key)),
    accounts: needs.accounts.filter((key) => !known.accounts.has(key)),
    records: needs.records.filter((key) => !known.records.has(key)),
    claims: needs.claims.filter((key) => !known.claims.has(key)),
  };
  return isEmpty(missing) ? undefined : missing;
}

/** Says whether nothing is needed. */
export function isEmpty(needs: Needs): boolean {
  return needs.keys.length + needs.accounts.length + needs.records.length + needs.claims.length === 0;
}

/** Collects needs without duplicates. */
export class NeedsCollector {
  readonly keys = new Set<string>();
  readonly accounts = new Set<string>();
  readonly records = new Set<string>();
  readonly claims = new Set<string>();

  /** Adds each name of some needs. */
  addAll(needs: Partial<Needs>): void {
    for (const key of needs.keys ?? []) this.keys.add(key);
    for (const key of needs.accounts ?? []) this.accounts.add(key);
    for (const key of needs.records ?? []) this.records.add(key);
    for (const key of needs.claims ?? []) this.claims.add(key);
  }

  /** Gives what was collected. */
  collected(): Needs {
    return { keys: [...this.keys], accounts: [...this.accounts], records: [...this.records], claims: [...this.claims] };
  }

  /** Says whether nothing was collected. */
  isEmpty(): boolean {
    return this.keys.size + this.accounts.size + this.records.size + this.claims.size === 0;
  }
}

function fill<T>(into: Map<string, T | undefined>, asked: readonly string[], found: ReadonlyMap<string, T>): void {
  for (const name of asked) into.set(name, found.get(name));
}
