import type { AccountSeen, Changes, RecordRow, TextRow } from '@holdfast/kernel';
import type { FaultyStore } from './faulty-store.ts';
import type { PlainBook } from './plain-book.ts';
import { PlainStore } from './plain-store.ts';

class BalancesStale extends PlainStore {
  protected override seeAccount(book: PlainBook, name: string, asOf?: number): AccountSeen | undefined {
    // A replica that is one batch behind, for balances alone.
    const before = (book.batches.at(-2)?.sequence ?? book.head.sequence) || book.head.sequence;
    return super.seeAccount(book, name, asOf ?? before) ?? super.seeAccount(book, name, asOf);
  }
}

class LineDropped extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    // `on conflict do nothing` on (account, sequence): the second line of an account in a unit is lost.
    const met = new Set<string>();
    const lines = changes.lines.filter(({ account, sequence }) => {
      const place = `${account} ${sequence}`;
      if (met.has(place)) return false;
      met.add(place);
      return true;
    });
    super.write(book, { ...changes, lines });
  }
}

class OrdinalLost extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    super.write(book, { ...changes, lines: changes.lines.map((line) => ({ ...line, ordinal: 0 })) });
  }
}

class OrdinalAsText extends PlainStore {
  protected override seeAccount(
    book: PlainBook,
    name: string,
    asOf = Number.POSITIVE_INFINITY,
  ): AccountSeen | undefined {
    const seen = super.seeAccount(book, name, asOf);
    const lines = book.lines.filter(({ account, sequence }) => account === name && sequence <= asOf);
    const last = lines.at(-1)?.sequence;
    // '9' sorts after '10'.
    const [newest] = lines
      .filter(({ sequence }) => sequence === last)
      .sort((left, right) => (String(left.ordinal) < String(right.ordinal) ? 1 : -1));
    return seen && newest ? { ...seen, balance: newest.balance } : seen;
  }
}

class ThroughDouble extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    const lines = changes.lines.map((line) => ({
      ...line,
      amount: asDouble(line.amount),
      balance: asDouble(line.balance),
    }));
    super.write(book, { ...changes, lines });
  }
}

class CutTo18Digits extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    const lines = changes.lines.map((line) => ({ ...line, balance: line.balance % 10n ** 18n }));
    super.write(book, { ...changes, lines });
  }
}

class SignLost extends PlainStore {
  protected override seeAccount(book: PlainBook, name: string, asOf?: number): AccountSeen | undefined {
    const seen = super.seeAccount(book, name, asOf);
    return seen && { ...seen, balance: seen.balance < 0n ? -seen.balance : seen.balance };
  }
}

class SharesWhatItTook extends PlainStore {
  protected override taken<T>(value: T): T {
    return value;
  }
}

class SharesWhatItGave extends PlainStore {
  protected override given<T>(value: T): T {
    return value;
  }
}

class SequenceGap extends PlainStore {
  #appends = 0;
  protected override write(book: PlainBook, changes: Changes): void {
    this.#appends += 1;
    // A database sequence that was drawn by a transaction that rolled back.
    const skipped = this.#appends >= 3 ? 1 : 0;
    const units = changes.units.map((unit) => ({ ...unit, sequence: unit.sequence + skipped }));
    super.write(book, { ...changes, units });
  }
}

class BytesReordered extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    // What a `jsonb` column does to the order of keys.
    const units = changes.units.map((unit) => {
      const parsed = Object.entries(JSON.parse(unit.bytes) as object).sort(
        ([left], [right]) => left.length - right.length,
      );
      return { ...unit, bytes: JSON.stringify(Object.fromEntries(parsed)) };
    });
    super.write(book, { ...changes, units });
  }
}

class OldestRecordWins extends PlainStore {
  protected override recordAsOf(book: PlainBook, name: string, asOf?: number): RecordRow | undefined {
    const rows = book.records.filter(({ record, sequence }) => record === name && sequence <= (asOf ?? sequence));
    return rows[0];
  }
}

class AsOfIgnored extends PlainStore {
  protected override recordAsOf(book: PlainBook, name: string): RecordRow | undefined {
    return super.recordAsOf(book, name);
  }
}

class BalanceAsOfIgnored extends PlainStore {
  protected override seeAccount(book: PlainBook, name: string, asOf?: number): AccountSeen | undefined {
    return super.seeAccount(book, name, asOf) && super.seeAccount(book, name);
  }
}

class ClaimsNotGivenBack extends PlainStore {
  protected override holderOf(book: PlainBook, name: string): string | undefined {
    return book.claims.findLast(({ claim, holder }) => claim === name && holder !== null)?.holder ?? undefined;
  }
}

class ClaimsOverwritten extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    const names = new Set(changes.claims.map(({ claim }) => claim));
    const kept = book.claims.filter(({ claim }) => !names.has(claim));
    book.claims.splice(0, book.claims.length, ...kept);
    super.write(book, changes);
  }
}

class ErasedIsHidden extends PlainStore {
  protected override eraseText(book: PlainBook, hash: string): boolean {
    return book.texts.has(hash);
  }
}

class ErasedComesBack extends PlainStore {
  readonly #seen = new Map<string, TextRow>();
  protected override keepText(book: PlainBook, text: TextRow): void {
    this.#seen.set(text.hash, text);
    super.keepText(book, text);
  }
  protected override write(book: PlainBook, changes: Changes): void {
    super.write(book, changes);
    // A cache that writes back what it knew.
    for (const text of this.#seen.values()) book.texts.set(text.hash, text);
  }
}

class FirstOfBatchStands extends PlainStore {
  protected override holderOf(book: PlainBook, name: string): string | undefined {
    // The newest batch is found, and then any of its rows is taken.
    const from = book.batches.at(-2)?.sequence ?? 0;
    const fresh = book.claims.find(({ claim, sequence }) => claim === name && sequence > from);
    return fresh ? (fresh.holder ?? undefined) : super.holderOf(book, name);
  }
}

class AccountNeedsALine extends PlainStore {
  protected override seeAccount(book: PlainBook, name: string, asOf?: number): AccountSeen | undefined {
    // An inner join where an outer one was meant.
    return book.lines.some(({ account }) => account === name) ? super.seeAccount(book, name, asOf) : undefined;
  }
}

class TouchesNotLoaded extends PlainStore {
  protected override seeNow(book: PlainBook, needs: Parameters<PlainStore['load']>[1]) {
    const snapshot = super.seeNow(book, needs);
    const accounts = new Map([...snapshot.accounts].filter(([name]) => needs.accounts.includes(name)));
    return { ...snapshot, accounts };
  }
}

function asDouble(value: bigint): bigint {
  return BigInt(Number(value));
}

/** Mistakes in the rows that are kept. */
export const faultyRows: readonly FaultyStore[] = [
  { name: 'balances-stale', mistake: 'reads balances of one batch ago', create: () => new BalancesStale() },
  { name: 'line-dropped', mistake: 'keeps one line of an account in a unit', create: () => new LineDropped() },
  { name: 'ordinal-lost', mistake: 'forgets the order of lines in a unit', create: () => new OrdinalLost() },
  { name: 'ordinal-as-text', mistake: 'orders lines in a unit as texts', create: () => new OrdinalAsText() },
  { name: 'through-double', mistake: 'keeps amounts as floating numbers', create: () => new ThroughDouble() },
  { name: 'cut-to-18-digits', mistake: 'keeps the low 18 digits of a balance', create: () => new CutTo18Digits() },
  { name: 'sign-lost', mistake: 'reads balances without their sign', create: () => new SignLost() },
  { name: 'shares-what-it-took', mistake: 'keeps the objects that it was given', create: () => new SharesWhatItTook() },
  {
    name: 'shares-what-it-gave',
    mistake: 'gives away the objects that it keeps',
    create: () => new SharesWhatItGave(),
  },
  { name: 'sequence-gap', mistake: 'leaves gaps in the sequence', create: () => new SequenceGap() },
  { name: 'bytes-reordered', mistake: 'changes the order of keys in the bytes', create: () => new BytesReordered() },
  { name: 'oldest-record-wins', mistake: 'reads the first row of a record', create: () => new OldestRecordWins() },
  {
    name: 'as-of-ignored',
    mistake: 'reads records as they stand, whatever was asked',
    create: () => new AsOfIgnored(),
  },
  { name: 'balance-as-of-ignored', mistake: 'lists balances as they stand', create: () => new BalanceAsOfIgnored() },
  { name: 'claims-not-given-back', mistake: 'never lets go of a claim', create: () => new ClaimsNotGivenBack() },
  {
    name: 'claims-overwritten',
    mistake: 'keeps only the newest row of a claim',
    create: () => new ClaimsOverwritten(),
  },
  { name: 'erased-is-hidden', mistake: 'says that it erased a text, and keeps it', create: () => new ErasedIsHidden() },
  { name: 'erased-comes-back', mistake: 'writes an erased text again', create: () => new ErasedComesBack() },
  {
    name: 'first-of-batch-stands',
    mistake: 'takes any row of the newest batch',
    create: () => new FirstOfBatchStands(),
  },
  { name: 'account-needs-a-line', mistake: 'sees no account without a line', create: () => new AccountNeedsALine() },
  { name: 'touches-not-loaded', mistake: 'loads no account along with a record', create: () => new TouchesNotLoaded() },
];
