import type { BookStanding } from '../head.ts';
import { type Known, NeedsCollector } from '../known.ts';
import type { AccountSeen, RecordRow, StoredUnit } from '../store.ts';

/** A record as a batch sees it. The decoded state is kept so that the next command need not decode it again. */
export interface RecordSeen {
  readonly row: RecordRow;
  /** Decoded from the row's text, on first use. */
  decoded?: unknown;
}

/** A name that was not loaded: the round loads it and evaluates again. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** What is known at the head, as changed by the units of the batch so far. */
export class Ground {
  readonly missing: NeedsCollector = new NeedsCollector();
  readonly units: Map<string, StoredUnit> = new Map();
  readonly accounts: Map<string, AccountSeen> = new Map();
  readonly records: Map<string, RecordSeen> = new Map();
  readonly claims: Map<string, string | undefined> = new Map();
  /** How the book itself stands after the units so far. */
  book: BookStanding;
  private readonly known: Known;

  constructor(known: Known) {
    this.known = known;
    const { closedBefore, epoch, format } = known.head;
    this.book = { closedBefore, epoch, format };
  }

  /** Gives the unit that has a key. */
  unit(key: string): StoredUnit | undefined | typeof UNKNOWN {
    const here = this.units.get(key) ?? this.known.units.get(key);
    if (here || this.known.units.has(key)) return here;
    this.missing.keys.add(key);
    return UNKNOWN;
  }

  /** Gives an account as it stands after the units so far. */
  account(key: string): AccountSeen | undefined | typeof UNKNOWN {
    const here = this.accounts.get(key) ?? this.known.accounts.get(key);
    if (here || this.known.accounts.has(key)) return here;
    this.missing.accounts.add(key);
    return UNKNOWN;
  }

  /** Gives a record as it stands after the units so far. */
  record(key: string): RecordSeen | undefined | typeof UNKNOWN {
    const here = this.records.get(key);
    if (here) return here;
    const row = this.known.records.get(key);
    if (row) {
      const seen: RecordSeen = { row };
      this.records.set(key, seen);
      return seen;
    }
    if (this.known.records.has(key)) return undefined;
    this.missing.records.add(key);
    return UNKNOWN;
  }

  /** Gives the holder of a claim after the units so far. */
  claim(name: string): string | undefined | typeof UNKNOWN {
    if (this.claims.has(name)) return this.claims.get(name);
    if (this.known.claims.has(name)) return this.known.claims.get(name);
    this.missing.claims.add(name);
    return UNKNOWN;
  }
}
