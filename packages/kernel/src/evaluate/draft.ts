import type { Currency } from '@holdfast/money';
import type { AccountState } from '../account.ts';
import { accountKey, recordKey } from '../account.ts';
import { readCanonical } from '../canonical.ts';
import type { Decider, DomainEvent, RecordKeeper, Standing } from '../decider.ts';
import type { BookStanding } from '../head.ts';
import type { Instant } from '../instant.ts';
import type { Json } from '../json.ts';
import type { PeriodClosed, UnitRefusal } from '../refusals.ts';
import type { AccountSeen, Line, TextRow } from '../store.ts';
import type { Transfer } from '../transfer.ts';
import type { EffectiveText } from '../unit.ts';
import { type Ground, UNKNOWN } from './ground.ts';

/** An account that a unit touches. Once the unit is done, it is what the next one sees. */
export interface Touched extends AccountSeen {
  readonly key: string;
  readonly name: string;
  readonly currency: Currency;
  state: AccountState;
  /** Before the unit, in minor units. */
  readonly before: bigint;
  balance: bigint;
  /** The unit opened it or changed its flags. */
  changed: boolean;
}

/** A record that a unit changes. */
export interface Changed {
  readonly key: string;
  // biome-ignore lint/suspicious/noExplicitAny: a unit may change records of several deciders
  readonly decider: Decider<any, any, any>;
  readonly before: Standing | undefined;
  readonly version: number;
  state: unknown;
  /** What the state stands for, once somebody asked. */
  after: Standing | undefined;
}

/** An event with what the unit stores of it. */
export interface Noted {
  readonly record: string | undefined;
  readonly type: string;
  readonly version: number;
  /** Canonical text. */
  readonly data: string;
}

/** What one unit is about to change, on the ground of the batch. Thrown away when the unit is refused. */
export class Draft {
  readonly ground: Ground;
  /** The sequence that the unit gets if it is not refused. */
  readonly sequence: number;
  /** The unit's own instant. */
  readonly at: Instant;
  /** The digest of the unit before. */
  readonly previous: string;
  readonly accounts: Touched[] = [];
  readonly lines: Line[] = [];
  readonly events: Noted[] = [];
  readonly entries: (readonly Transfer[])[] = [];
  /** Made with the first entry that takes effect at another instant than the unit's. */
  effective: EffectiveText[] | undefined = undefined;
  /** How the book itself stands after the unit, where the unit changes that. */
  book: BookStanding | undefined = undefined;
  /** Made with the first record, since most transfers change none. */
  records: ReadonlyMap<string, Changed> = NO_RECORDS;
  texts: readonly TextRow[] = NO_TEXTS;
  /** Of the first accounts, once there are many. */
  #index: Map<string, Touched> | undefined = undefined;
  /** The first refusal by an account, answered after the claims were checked. */
  accountRefusal: UnitRefusal | undefined = undefined;
  /** The first refusal by a closed period, answered after those by accounts. */
  periodRefusal: PeriodClosed | undefined = undefined;
  /** Set when something was not loaded; the draft is then worth nothing. */
  incomplete = false;
  /** Set when the unit only reports what already happened: neither authority nor an account's state nor its floor refuses it. */
  fact = false;

  constructor(ground: Ground, { sequence, at, previous }: Pick<Draft, 'sequence' | 'at' | 'previous'>) {
    this.ground = ground;
    this.sequence = sequence;
    this.at = at;
    this.previous = previous;
  }

  /** Tells how the book itself stands, as the unit has changed it so far. */
  standing(): BookStanding {
    return this.book ?? this.ground.book;
  }

  /** Finds an account among those that the unit touches already. */
  find(name: string, currencyCode: string): Touched | undefined {
    if (this.accounts.length > FEW_ACCOUNTS) return this.#indexed().get(accountKey(name, currencyCode));
    // Most units touch a handful of accounts: comparing names beats building and hashing keys.
    for (const touched of this.accounts)
      if (touched.name === name && touched.currency.code === currencyCode) return touched;
    return undefined;
  }

  /** Gives the accounts of a large unit by their keys. */
  #indexed(): ReadonlyMap<string, Touched> {
    this.#index ??= new Map();
    for (const touched of this.accounts.slice(this.#index.size)) this.#index.set(touched.key, touched);
    return this.#index;
  }

  /** Gives an account that the unit touches, or `undefined` where it was never opened or is not loaded. */
  touch(name: string, currencyCode: string): Touched | undefined {
    const here = this.find(name, currencyCode);
    if (here) return here;
    const key = accountKey(name, currencyCode);
    const seen = this.ground.account(key);
    if (seen === UNKNOWN) {
      this.incomplete = true;
      return undefined;
    }
    if (!seen) return undefined;
    const { state, balance } = seen;
    const touched: Touched = { key, name, currency: state.currency, state, before: balance, balance, changed: false };
    this.accounts.push(touched);
    return touched;
  }

  /** Gives the decoded state of a record as the unit has changed it so far. */
  state({ kind, codec }: RecordKeeper<unknown>, id: string): unknown {
    const key = recordKey(kind, id);
    const here = this.records.get(key);
    if (here) return here.state;
    const seen = this.ground.record(key);
    if (seen === UNKNOWN) {
      this.incomplete = true;
      return undefined;
    }
    if (!seen) return undefined;
    seen.decoded ??= codec.decodeState(readCanonical(seen.row.state) as Json);
    return seen.decoded;
  }

  /** Folds an event into the record. */
  evolve(decider: Decider, id: string, event: DomainEvent): void {
    const key = recordKey(decider.kind, id);
    const before = this.state(decider, id);
    const here = this.records.get(key);
    const state = decider.evolve(before, event);
    if (here) {
      here.state = state;
      here.after = undefined;
      return;
    }
    const seen = this.ground.record(key);
    const version = seen && seen !== UNKNOWN ? seen.row.version + 1 : 1;
    const standing = before === undefined ? undefined : decider.standing(before);
    this.records = new Map(this.records).set(key, { key, decider, before: standing, version, state, after: undefined });
  }

  /** Adds a free text to the side table. */
  keepText(text: TextRow): void {
    this.texts = [...this.texts, text];
  }
}

const NO_RECORDS: ReadonlyMap<string, Changed> = new Map();
const NO_TEXTS: readonly TextRow[] = [];

/** Beyond this, searching a list costs more than hashing a key. */
export const FEW_ACCOUNTS = 16;
