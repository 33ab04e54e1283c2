import { hash } from 'node:crypto';
import {
  type AccountRow,
  type AccountState,
  accountKey,
  type BookStanding,
  type Changes,
  type ClaimRow,
  genesis,
  type Head,
  type Instant,
  type Json,
  type Line,
  laterOf,
  type RecordRow,
  type StoredUnit,
  type TaskChange,
  type TextRow,
} from '@holdfast/kernel';
import { type Currency, formatDecimal, money } from '@holdfast/money';

/** A transfer in a hand-made unit. */
export interface DraftTransfer {
  readonly from: string;
  readonly to: string;
  /** In minor units. */
  readonly amount: bigint;
  /** US dollars where it is absent. */
  readonly currency?: Currency;
}

/** A unit to be made by hand. All but the key may be absent. */
export interface Draft {
  /** `scope key`. */
  readonly key: string;
  readonly at?: Instant;
  readonly transfers?: readonly DraftTransfer[];
  /** Names of accounts that open in US dollars without a transfer. */
  readonly opens?: readonly string[];
  readonly records?: readonly DraftRecord[];
  /** The last word of the unit on each claim. */
  readonly claims?: readonly { readonly claim: string; readonly holder: string | null }[];
  readonly tasks?: readonly TaskChange[];
  /** How the book itself stands from this unit on; what is absent stays as it is. */
  readonly book?: Partial<BookStanding>;
  readonly texts?: readonly { readonly salt: string; readonly text: string }[];
}

/** A record in a hand-made unit. */
export interface DraftRecord {
  /** `kind/id`. */
  readonly record: string;
  readonly status: string;
  readonly state?: Json;
  readonly touches?: readonly string[];
}

/** What a hand-made journal remembers between batches: a model of the book that shares no code with the kernel. */
export interface Journal {
  readonly head: Head;
  readonly balances: ReadonlyMap<string, bigint>;
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly versions: ReadonlyMap<string, number>;
}

/** A journal in which nothing was written. */
export const blankJournal: Journal = { head: genesis, balances: new Map(), accounts: new Map(), versions: new Map() };

/** The currency of drafts that name none. */
const draftCurrency: Currency = { code: 'USD', scale: 2 };

/**
 * Makes the changes of one batch by hand, valid in every part: digests chain, balances add up, accounts open at first use.
 *
 * @param journal - Where the batch begins. It stays as it is.
 * @param drafts - Its units; none makes a fence.
 * @returns What to append at `journal.head`, and the journal after it.
 */
export function draftBatch(
  journal: Journal,
  drafts: readonly Draft[],
): { readonly changes: Changes; readonly journal: Journal } {
  const pen = new Pen(journal);
  for (const draft of drafts) pen.write(draft);
  return pen.finish(journal.head.number + 1);
}

/** Gives the hash by which a text is known. */
export function textHash(salt: string, text: string): string {
  return hash('sha256', `${salt}${text}`, 'hex');
}

class Pen {
  #head: Head;
  readonly #balances: Map<string, bigint>;
  readonly #accounts: Map<string, AccountState>;
  readonly #versions: Map<string, number>;
  readonly #units: StoredUnit[] = [];
  readonly #lines: Line[] = [];
  readonly #accountRows: AccountRow[] = [];
  readonly #records: RecordRow[] = [];
  readonly #claims: ClaimRow[] = [];
  readonly #tasks = new Map<string, TaskChange>();
  readonly #texts: TextRow[] = [];

  constructor(journal: Journal) {
    this.#head = journal.head;
    this.#balances = new Map(journal.balances);
    this.#accounts = new Map(journal.accounts);
    this.#versions = new Map(journal.versions);
  }

  write(draft: Draft): void {
    const sequence = this.#head.sequence + 1;
    const at = laterOf(this.#head.at, draft.at ?? '2024-01-01T00:00:00.000Z');
    const touched = this.#move(draft, sequence);
    const records = (draft.records ?? []).map((record) => this.#record(record, sequence));
    this.#records.push(...records);
    for (const claim of draft.claims ?? []) this.#claims.push({ ...claim, sequence });
    for (const change of draft.tasks ?? []) this.#tasks.set('put' in change ? change.put.id : change.finish, change);
    for (const { salt, text } of draft.texts ?? []) {
      this.#texts.push({ hash: textHash(salt, text), salt, text, sequence });
    }
    const { closedBefore, epoch, format } = this.#head;
    const book: BookStanding = { closedBefore, epoch, format, ...draft.book };
    const bytes = bytesOf(draft, { at, touched, records, book });
    const digest = hash('sha256', `${book.format}\n${this.#head.digest}\n${sequence}\n${bytes}`, 'hex');
    this.#units.push({ sequence, key: draft.key, digest, bytes });
    this.#head = { ...this.#head, ...book, sequence, digest, at };
  }

  finish(number: number): { readonly changes: Changes; readonly journal: Journal } {
    const head: Head = { ...this.#head, number };
    const changes: Changes = {
      head,
      units: this.#units,
      lines: this.#lines,
      accounts: this.#accountRows,
      records: this.#records,
      claims: this.#claims,
      tasks: [...this.#tasks.values()],
      texts: this.#texts,
    };
    return {
      changes,
      journal: { head, balances: this.#balances, accounts: this.#accounts, versions: this.#versions },
    };
  }

  #move({ transfers = [], opens = [] }: Draft, sequence: number): Touched {
    const opened = opens.map((name) => this.#open(accountKey(name, draftCurrency.code), draftCurrency, sequence));
    const touched = new Map<string, string>();
    let ordinal = 0;
    for (const { from, to, amount, currency = draftCurrency } of transfers) {
      for (const [name, change] of [
        [from, -amount],
        [to, amount],
      ] as const) {
        const account = accountKey(name, currency.code);
        if (!this.#accounts.has(account)) opened.push(this.#open(account, currency, sequence));
        const balance = (this.#balances.get(account) ?? 0n) + change;
        this.#balances.set(account, balance);
        this.#lines.push({ account, sequence, ordinal, amount: change, balance });
        touched.set(account, formatDecimal(money(balance, currency)));
        ordinal += 1;
      }
    }
    return { opened, balances: touched };
  }

  #open(account: string, currency: Currency, sequence: number): AccountRow {
    const { code, scale } = currency;
    const state: AccountState = {
      type: account.startsWith('world:') ? 'asset' : 'liability',
      floor: null,
      breach: 'refusal',
      currency: { code, scale },
      frozen: 'none',
      closed: false,
    };
    this.#accounts.set(account, state);
    const row = { account, sequence, state };
    this.#accountRows.push(row);
    return row;
  }

  #record({ record, status, state = { status }, touches = [] }: DraftRecord, sequence: number): RecordRow {
    const version = (this.#versions.get(record) ?? 0) + 1;
    this.#versions.set(record, version);
    return { record, sequence, version, status, state: sortedJson(state), touches };
  }
}

interface Touched {
  readonly opened: readonly AccountRow[];
  readonly balances: ReadonlyMap<string, string>;
}

function bytesOf(
  draft: Draft,
  {
    at,
    touched,
    records,
    book,
  }: {
    readonly at: Instant;
    readonly touched: Touched;
    readonly records: readonly RecordRow[];
    readonly book: BookStanding;
  },
): string {
  const accounts = touched.opened.map(({ account, state }) => ({
    account,
    breach: state.breach,
    closed: state.closed,
    floor: state.floor === null ? null : state.floor.toString(),
    frozen: state.frozen,
    scale: state.currency.scale,
    type: state.type,
  }));
  const entry = (draft.transfers ?? []).map(({ from, to, amount, currency = draftCurrency }) => [
    from,
    to,
    formatDecimal(money(amount, currency)),
    currency.code,
    'drafted',
  ]);
  const unit = {
    ...(accounts.length > 0 ? { accounts } : {}),
    actor: { id: 'drafter', role: 'host' },
    at,
    balances: Object.fromEntries(touched.balances),
    ...(draft.book ? { book } : {}),
    ...(draft.claims ? { claims: draft.claims } : {}),
    digest: hash('sha256', draft.key, 'hex'),
    entries: entry.length > 0 ? [entry] : [],
    events: records.map(({ record, state }) => ({ data: state, record, type: 'Drafted', version: 1 })),
    key: draft.key,
    ...(records.length > 0
      ? { records: records.map(({ record, status, version }) => ({ record, status, version })) }
      : {}),
    ...(draft.tasks ? { tasks: draft.tasks } : {}),
  };
  return sortedJson(unit as unknown as Json);
}

function sortedJson(value: Json): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)))
      : item,
  );
}
