import type { Instant, Store } from '@holdfast/kernel';

/** What a store under test can do beyond the {@link Store} port, or what its surroundings allow a test to do. */
export type Capability =
  /** A second store on the same data, with connections of its own. */
  | 'another'
  /** Transactions of a host, to be joined by `store.within`. */
  | 'host'
  /** Connections that a test can cut while they work. */
  | 'cut';

/** A transaction that a host holds open, as the laws of `within` need it. */
export interface HostTransaction {
  /** The client or session that holds the transaction: what `store.within` and `book.within` take. */
  readonly client: unknown;
  /** Writes something of the host's own in the same transaction. */
  note(text: string): Promise<void>;
  /** Commits what the host wrote, the book's part included. */
  commit(): Promise<void>;
  /** Takes all of it back. */
  rollback(): Promise<void>;
}

/** The host's side of a database, for the laws of `within`. */
export interface Host {
  /** Begins a transaction of the host. */
  begin(): Promise<HostTransaction>;
  /** What the host wrote and committed, in any order. */
  notes(): Promise<readonly string[]>;
}

/** A store that is open on data of its own, empty at first. */
export interface OpenedStore {
  readonly store: Store<unknown>;
  /** Opens a second store on the same data. Absent where the harness lacks `another`. */
  another?(): Promise<Store<unknown>>;
  /** Absent where the harness lacks `host`. */
  readonly host?: Host;
  /** Cuts all connections of `store` at once. Absent where the harness lacks `cut`. */
  cut?(): Promise<void>;
  /** Lets time pass by the store's clock. Absent: the law waits. */
  passTime?(ms: number): Promise<void>;
  /** Closes this store, what `another` gave, and drops the data. */
  close(): Promise<void>;
}

/** A kind of store, as the laws meet it. */
export interface StoreHarness {
  readonly name: string;
  /** Opens a store on fresh data. */
  open(): Promise<OpenedStore>;
  /** For each capability that this store lacks: why, in a sentence that the report prints. */
  readonly lacks?: { readonly [C in Capability]?: string };
  /** How many random histories each law of random histories runs; 20 where it is absent. */
  readonly runs?: number;
  /** The most rounds of a random history, and the most steps of a round; 6 and 4 where they are absent. Smaller ones are quicker. */
  readonly histories?: { readonly maxRounds?: number; readonly maxSteps?: number };
  /** How long a law waits before it says that an answer does not come, in milliseconds; 120,000 where it is absent. */
  readonly patienceMs?: number;
  /** Where random histories begin; a fixed number where it is absent. */
  readonly seed?: number;
}

/** Something that holds for every store. A value: it needs no test runner. */
export interface Law {
  /** A present-tense fact. */
  readonly name: string;
  readonly needs?: readonly Capability[];
  /** Opens what it needs, closes it, and throws {@link LawBroken} where the law does not hold. */
  run(harness: StoreHarness): Promise<void>;
}

/** Why a law does not hold. */
export class LawBroken extends Error {
  override readonly name = 'LawBroken';
}

/** What a law's body works with. */
export interface Trial extends OpenedStore {
  readonly harness: StoreHarness;
  /** Lets time pass by the store's clock. */
  passTime(ms: number): Promise<void>;
}

/** Where the clocks of the laws begin: long past, so that no store finds it ahead of its own clock. */
export const lawEpoch: Instant = '2024-01-01T00:00:00.000Z';

/**
 * Makes a law of a body that works on one freshly opened store, which is closed whatever happens.
 *
 * @param name - A present-tense fact.
 * @param body - Throws {@link LawBroken} where the law does not hold.
 * @param needs - What a harness must be able to do.
 */
export function storeLaw(name: string, body: (trial: Trial) => Promise<void>, needs: readonly Capability[] = []): Law {
  const run = async (harness: StoreHarness): Promise<void> => {
    const opened = await harness.open();
    const passTime = opened.passTime?.bind(opened) ?? wait;
    try {
      await body({ ...opened, harness, passTime });
    } finally {
      await opened.close();
    }
  };
  return needs.length === 0 ? { name, run } : { name, needs, run };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
