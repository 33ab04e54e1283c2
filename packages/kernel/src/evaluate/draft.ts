import type { Currency } from '@holdfast/money';
import type { AccountState } from '../account.ts';
import { accountKey, recordKey } from '../account.ts';
import type { Decider, DomainEvent, Seen, Standing } from '../decider.ts';
import { Defect } from '../faults.ts';
import { readCanonical } from '../canonical.ts';
import type { Json } from '../json.ts';
import type { UnitRefusal } from '../refusals.ts';
import type { Needs, TextRow } from '../store.ts';
import type { Transfer } from '../transfer.ts';
import { type Ground, UNKNOWN } from './ground.ts';

/** An account that a unit touches. */
export interface Touched {
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
  after?: Standing | undefined;
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
  readonly accounts = new Map<string, Touched>();
  readonly records = new Map<string, Changed>();
  readonly events: Noted[] = [];
  readonly entries: (readonly Transfer[])[] = [];
  readonly texts: TextRow[] = [];
  /** The first refusal by an account, answered after the claims were checked. */
  accountRefusal: UnitRefusal | undefined = undefined;
  /** Set when something was not loaded; the draft is then worth nothing. */
  incomplete = false;

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Gives an account that the unit touches, or `undefined` where it was never opened or is not loaded. */
  touched(name: string, currency: Currency): Touched | undefined {
    const key = accountKey(name, currency.code);
    const here = this.accounts.get(key);
    if (here) return here;
    const seen = this.ground.account(key);
    if (seen === UNKNOWN) {
      this.incomplete = true;
      return undefined;
    }
    if (!seen) return undefined;
    const touched: Touched = { key, name, currency: seen.state.currency, state: seen.state, before: seen.balance, balance: seen.balance, changed: false };
    this.accounts.set(key, touched);
    return touched;
  }

  /** Gives the decoded state of a record as the unit has changed it so far. */
  state(decider: Decider, id: string): unknown {
    const key = recordKey(decider.kind, id);
    const here = this.records.get(key);
    if (here) return here.state;
    const seen = this.ground.record(key);
    if (seen === UNKNOWN) {
      this.incomplete = true;
      return undefined;
    }
    if (!seen) return undefined;
    seen.decoded ??= decider.codec.decodeState(readCanonical(seen.row.state) as Json);
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
    this.records.set(key, { key, decider, before: standing, version, state });
  }

  /** Gives the decider's eyes: it sees what it named, and looking elsewhere is a defect. */
  seen(decider: Decider, own: string, named: Partial<Needs> | undefined): Seen {
    return new DraftSeen(this, decider, own, named);
  }
}

class DraftSeen implements Seen {
  readonly #draft: Draft;
  readonly #decider: Decider;
  readonly #own: string;
  /** `undefined` while the decider is still asked what it needs: what is not loaded then looks absent. */
  readonly #named: Partial<Needs> | undefined;

  constructor(draft: Draft, decider: Decider, own: string, named: Partial<Needs> | undefined) {
    this.#draft = draft;
    this.#decider = decider;
    this.#own = own;
    this.#named = named;
  }

  record(id: string): unknown {
    if (id !== this.#own) this.#check('records', recordKey(this.#decider.kind, id));
    return this.#draft.state(this.#decider, id);
  }

  balance(account: string, currencyCode: string): bigint {
    const key = this.#check('accounts', accountKey(account, currencyCode));
    const touched = this.#draft.accounts.get(key);
    if (touched) return touched.balance;
    const seen = this.#draft.ground.account(key);
    return seen && seen !== UNKNOWN ? seen.balance : 0n;
  }

  account(account: string, currencyCode: string): AccountState | undefined {
    const key = this.#check('accounts', accountKey(account, currencyCode));
    const touched = this.#draft.accounts.get(key);
    if (touched) return touched.state;
    const seen = this.#draft.ground.account(key);
    return seen && seen !== UNKNOWN ? seen.state : undefined;
  }

  claim(name: string): string | undefined {
    const holder = this.#draft.ground.claim(this.#check('claims', name));
    return holder === UNKNOWN ? undefined : holder;
  }

  #check(list: 'accounts' | 'records' | 'claims', name: string): string {
    if (this.#named && !this.#named[list]?.includes(name)) {
      throw new Defect(`${this.#decider.kind} looks at ${list} ${name}, which its needs do not name`);
    }
    return name;
  }
}
