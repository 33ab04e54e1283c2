import type { Result } from 'neverthrow';
import type { AccountState } from './account.ts';
import type { StoreFault } from './faults.ts';
import type { Head } from './head.ts';
import type { Instant } from './instant.ts';
import type { Json } from './json.ts';

/** What a round has to see, by the texts that name it. Each list is without duplicates. */
export interface Needs {
  /** Scoped keys, as `scope key`. */
  readonly keys: readonly string[];
  /** Account keys, as `name CODE`. */
  readonly accounts: readonly string[];
  /** Record keys, as `kind/id`. */
  readonly records: readonly string[];
  /** Names of claims. */
  readonly claims: readonly string[];
}

/** A unit as it is stored. */
export interface StoredUnit {
  readonly sequence: number;
  /** `scope key`; unique in its book for ever. */
  readonly key: string;
  /** Of the chain: `H(format ‖ previous ‖ sequence ‖ bytes)`, 64 hexadecimal digits. */
  readonly digest: string;
  /** The canonical text of the unit: what the digest is of. Everything else that is stored is a projection of it. */
  readonly bytes: string;
}

/** One side of a transfer on one account. */
export interface Line {
  /** `name CODE`. */
  readonly account: string;
  readonly sequence: number;
  /** Position in the unit, from 0. */
  readonly ordinal: number;
  /** In minor units; below zero where the account gives. */
  readonly amount: bigint;
  /** Of the account after this line, in minor units. */
  readonly balance: bigint;
}

/** An account as of a sequence. The newest row is how it stands. */
export interface AccountRow {
  readonly account: string;
  readonly sequence: number;
  readonly state: AccountState;
}

/** A record as of a sequence. The newest row is how it stands. */
export interface RecordRow {
  /** `kind/id`. */
  readonly record: string;
  readonly sequence: number;
  /** Counts the units that changed the record, from 1. */
  readonly version: number;
  /** What lists can filter by. */
  readonly status: string;
  /** The canonical text of the state. */
  readonly state: string;
  /** Accounts that the next commands are likely to touch. A store that loads the record loads them too, at the same moment; naming more or fewer changes no answer. */
  readonly touches: readonly string[];
}

/** Who holds a claim as of a sequence; `null` where it was given back. */
export interface ClaimRow {
  readonly claim: string;
  readonly sequence: number;
  readonly holder: string | null;
}

/** Something due at an instant. */
export interface Task {
  /** `kind/id/name`; unique in its book. */
  readonly id: string;
  readonly dueAt: Instant;
  /** The record whose deadline it is, as `kind/id`. */
  readonly record: string;
  /** What the clock then asks for. */
  readonly command: Json;
}

/** What a unit does to the tasks: puts one (new, or moved to another instant), or finishes one. */
export type TaskChange = { readonly put: Task } | { readonly finish: string };

/** A free text or personal datum: the unit carries only its salted hash, and this row can be erased. */
export interface TextRow {
  /** 64 hexadecimal digits: `H(salt ‖ text)`. */
  readonly hash: string;
  readonly salt: string;
  readonly text: string;
  readonly sequence: number;
}

/** All that a round appends, as a whole or not at all. */
export interface Changes {
  /** The head that it makes. */
  readonly head: Head;
  readonly units: readonly StoredUnit[];
  /** In order of sequence and ordinal. */
  readonly lines: readonly Line[];
  readonly accounts: readonly AccountRow[];
  readonly records: readonly RecordRow[];
  readonly claims: readonly ClaimRow[];
  /** At most one for each task. */
  readonly tasks: readonly TaskChange[];
  readonly texts: readonly TextRow[];
}

/** An account as loaded: how it stands and what it has. */
export interface AccountSeen {
  readonly state: AccountState;
  /** In minor units. */
  readonly balance: bigint;
}

/** What was loaded, all of one moment. A name that was asked for and is not in its map does not exist. */
export interface Snapshot {
  readonly head: Head;
  /** The store's own clock. */
  readonly now: Instant;
  readonly units: ReadonlyMap<string, StoredUnit>;
  readonly accounts: ReadonlyMap<string, AccountSeen>;
  readonly records: ReadonlyMap<string, RecordRow>;
  readonly claims: ReadonlyMap<string, string>;
}

/** The two operations of a round. */
export interface Rounds {
  /** Loads what is needed (and what the loaded records touch) at one head. An unknown book is at genesis. */
  load(book: string, needs: Needs): Promise<Result<Snapshot, StoreFault>>;
  /** Appends on the condition that the newest batch is still `head`, by number and digest. */
  append(book: string, head: Head, changes: Changes): Promise<Result<Appended, StoreFault>>;
}

/** Whether the condition held. */
export type Appended = 'appended' | 'head_moved';

/** One page of a list. `next` continues it, and is absent on the last. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The head's sequence at which the page was read. */
  readonly sequence: number;
  readonly next?: string;
}

/** Which part of a list: at most `limit` rows (1 to 1,000) after a cursor that an earlier page gave. */
export interface Paging {
  readonly limit: number;
  readonly after?: string;
}

/** Reads outside of rounds. Each answers with the sequence of which it is. */
export interface Reads {
  /** The newest batch of a book; of an empty book, the head before its first. */
  readHead(book: string): Promise<Result<Head, StoreFault>>;
  /** One record as it stands, or as it stood after the unit of a sequence. */
  readRecord(
    book: string,
    record: string,
    at?: { readonly asOf?: number },
  ): Promise<Result<{ readonly row: RecordRow | undefined; readonly sequence: number }, StoreFault>>;
  /** Records of one kind as they stand, in order of their id. */
  readRecords(
    book: string,
    query: Paging & { readonly kind: string; readonly status?: string },
  ): Promise<Result<Page<RecordRow>, StoreFault>>;
  /** Accounts whose key begins with a prefix, as they stand or stood, in order of their key (by code unit). */
  readAccounts(
    book: string,
    query: Paging & { readonly prefix?: string; readonly asOf?: number },
  ): Promise<Result<Page<AccountSeen & { readonly account: string }>, StoreFault>>;
  /** Lines of one account. `newest` first, or `oldest` first. */
  readLines(
    book: string,
    query: Paging & { readonly account: string; readonly order: 'newest' | 'oldest' },
  ): Promise<Result<Page<Line>, StoreFault>>;
  /** Units with a sequence above `after`, oldest first. */
  readUnits(
    book: string,
    query: { readonly after: number; readonly limit: number },
  ): Promise<Result<{ readonly units: readonly StoredUnit[]; readonly head: Head }, StoreFault>>;
  /** Free texts by their hashes; what was erased is missing. */
  readTexts(book: string, hashes: readonly string[]): Promise<Result<ReadonlyMap<string, TextRow>, StoreFault>>;
  /** Erases free texts for good. The journal and its digests stay as they are. */
  eraseTexts(book: string, hashes: readonly string[]): Promise<Result<number, StoreFault>>;
}

/** Every row of a book that is a projection of its units, for the verifier. Streams in order of account, record or claim, then sequence. */
export interface Projections {
  /** Every posting, by account, then sequence. */
  projectLines(book: string): AsyncIterable<Line>;
  /** Every state of every account, by account, then sequence. */
  projectAccounts(book: string): AsyncIterable<AccountRow>;
  /** Every state of every record, by record, then sequence. */
  projectRecords(book: string): AsyncIterable<RecordRow>;
  /** Every taking and giving back of a claim, by claim, then sequence. */
  projectClaims(book: string): AsyncIterable<ClaimRow>;
  /** Every task that is still to be done, by id. */
  projectTasks(book: string): AsyncIterable<Task>;
  /** Every unit with its bytes and digest, oldest first. */
  projectUnits(book: string): AsyncIterable<StoredUnit>;
  /** Newest batch rows, oldest first. */
  projectBatches(book: string): AsyncIterable<Head>;
}

/** A task in the hands of one worker, until the lease ends by the store's clock. */
export interface LeasedTask {
  readonly book: string;
  readonly task: Task;
  /** Counts the leases, this one included. */
  readonly attempts: number;
  /** Proves that the lease is still ours when the task is given back. */
  readonly lease: string;
}

/** Tasks: leases live outside units and the chain. */
export interface Tasks {
  /**
   * Leases due tasks, oldest first, fairly between books. Parked ones are left alone, and so is one that somebody else has.
   */
  leaseTasks(request: {
    /** None: of all books. */
    readonly books?: readonly string[];
    /** Tasks due at or before this instant of the caller's clock. */
    readonly dueAt: Instant;
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<Result<readonly LeasedTask[], StoreFault>>;
  /** Gives a task back, to be leased again `afterMs` later by the store's clock. False where the lease was no longer ours. */
  giveBackTask(leased: LeasedTask, afterMs: number): Promise<Result<boolean, StoreFault>>;
  /** Parks a task that failed too often. False where the lease was no longer ours. */
  parkTask(leased: LeasedTask, reason: string): Promise<Result<boolean, StoreFault>>;
  /** Tasks that are parked, with their reasons, in order of their id. */
  readParkedTasks(
    book: string,
    query: Paging,
  ): Promise<Result<Page<{ readonly task: Task; readonly attempts: number; readonly reason: string }>, StoreFault>>;
  /** Lets a parked task be leased again, its attempts at zero. */
  unparkTask(book: string, id: string): Promise<Result<boolean, StoreFault>>;
}

/**
 * Where a book's journal is kept. An adapter is small: everything is decided by `evaluate`, and the memory store is the specification.
 *
 * `Client` is what {@link Store.within} takes: the host's open client or session.
 */
export interface Store<Client = never> extends Rounds, Reads, Projections, Tasks {
  /**
   * Runs work while no other writer can append to the book. The lock is let go when the work ends.
   *
   * @errors `book_busy` when the lock was not to be had in time.
   */
  locked<T>(book: string, work: (rounds: Rounds) => Promise<T>): Promise<Result<T, StoreFault>>;
  /**
   * Gives rounds on a transaction that the host holds, under the book's lock until the host ends it. What is appended stands only if the host commits.
   */
  within(client: Client, book: string): Rounds;
  /** Lets go of what the store itself opened. */
  close(): Promise<void>;
}
