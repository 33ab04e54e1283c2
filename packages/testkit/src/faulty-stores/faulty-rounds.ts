import { type Changes, type Head, type Needs, type Snapshot, storeFault } from '@holdfast/kernel';
import { err, ok } from 'neverthrow';
import type { FaultyStore } from './faulty-store.ts';
import type { PlainBook } from './plain-book.ts';
import { PlainStore } from './plain-store.ts';

class HeadIgnored extends PlainStore {
  protected override holds(): boolean {
    return true;
  }
}

class DigestIgnored extends PlainStore {
  protected override holds(book: PlainBook, head: Head): boolean {
    return book.head.number === head.number;
  }
}

class NumberIgnored extends PlainStore {
  protected override holds(book: PlainBook, head: Head): boolean {
    return book.head.digest === head.digest;
  }
}

class SequenceForHead extends PlainStore {
  protected override holds(book: PlainBook, head: Head): boolean {
    return book.head.sequence === head.sequence;
  }
}

class HeadCheckedTooEarly extends PlainStore {
  override async append(name: string, head: Head, changes: Changes): ReturnType<PlainStore['append']> {
    if (!super.holds(this.bookOf(name), head)) return ok('head_moved');
    await this.pause();
    this.write(this.bookOf(name), this.taken(changes));
    return ok('appended');
  }
}

class FenceSkipped extends PlainStore {
  protected override appendNow(name: string, head: Head, changes: Changes): ReturnType<PlainStore['appendNow']> {
    return changes.units.length === 0 ? ok('appended') : super.appendNow(name, head, changes);
  }
}

class HalfOnError extends PlainStore {
  protected override appendNow(name: string, head: Head, changes: Changes): ReturnType<PlainStore['appendNow']> {
    const answer = super.appendNow(name, head, changes);
    // The lines went in before the unit was refused, and nothing took them back.
    if (answer.isErr()) this.bookOf(name).lines.push(...changes.lines);
    return answer;
  }
}

class BatchWrittenTwice extends PlainStore {
  #appends = 0;
  protected override write(book: PlainBook, changes: Changes): void {
    super.write(book, changes);
    this.#appends += 1;
    // A retry inside the driver after an answer that was late.
    if (this.#appends % 3 === 0) book.lines.push(...changes.lines);
  }
}

class ErrorSaysNone extends PlainStore {
  #appends = 0;
  override async append(book: string, head: Head, changes: Changes): ReturnType<PlainStore['append']> {
    const answer = await super.append(book, head, changes);
    this.#appends += 1;
    if (this.#appends % 4 !== 0) return answer;
    return err(
      storeFault('store_unavailable', 'The connection was lost at COMMIT.', { retryable: true, effect: 'none' }),
    );
  }
}

class ErrorIsSuccess extends PlainStore {
  #appends = 0;
  override async append(book: string, head: Head, changes: Changes): ReturnType<PlainStore['append']> {
    this.#appends += 1;
    // COMMIT answered ROLLBACK, and nobody read the tag.
    return this.#appends % 4 === 0 ? ok('appended') : super.append(book, head, changes);
  }
}

class DuplicateIsSilent extends PlainStore {
  protected override appendNow(name: string, head: Head, changes: Changes): ReturnType<PlainStore['appendNow']> {
    const known = new Set(this.bookOf(name).units.map(({ key }) => key));
    const units = changes.units.filter(({ key }) => !known.has(key));
    return super.appendNow(name, head, { ...changes, units });
  }
}

class KeysNotUnique extends PlainStore {
  protected override appendNow(name: string, head: Head, changes: Changes): ReturnType<PlainStore['appendNow']> {
    if (!this.holds(this.bookOf(name), head)) return ok('head_moved');
    this.write(this.bookOf(name), this.taken(changes));
    return ok('appended');
  }
}

class KeysNotStored extends PlainStore {
  protected override unitOfKey(): undefined {
    return undefined;
  }
}

class KeysUnscoped extends PlainStore {
  protected override unitOfKey(book: PlainBook, key: string) {
    const bare = key.slice(key.indexOf(' ') + 1);
    return book.units.find((unit) => unit.key.endsWith(` ${bare}`));
  }
}

class KeysAcrossBooks extends PlainStore {
  protected override unitOfKey(_book: PlainBook, key: string) {
    return [...this.books.values()].flatMap(({ units }) => units).find((unit) => unit.key === key);
  }
}

class LoadedInTwoMoments extends PlainStore {
  protected override async see(book: PlainBook, needs: Needs): Promise<Snapshot> {
    const { head } = book;
    await this.pause();
    return { ...this.seeNow(book, needs), head };
  }
}

class LockedThenOldBalances extends PlainStore {
  protected override async see(book: PlainBook, needs: Needs): Promise<Snapshot> {
    const before = this.seeNow(book, needs);
    await this.pause();
    // Lock and load in one statement: the new head with the old balances.
    return { ...before, head: this.given(book.head) };
  }
}

class KeysByPrefix extends PlainStore {
  protected override unitOfKey(book: PlainBook, key: string) {
    return book.units.find((unit) => unit.key.startsWith(key));
  }
}

class LoadWrites extends PlainStore {
  protected override async see(book: PlainBook, needs: Needs): Promise<Snapshot> {
    // A head row that is made when somebody looks.
    if (book.batches.length === 0) book.batches.push({ ...book.head, number: 1 });
    return super.see(book, needs);
  }
}

/** Mistakes in what a round loads and appends. */
export const faultyRounds: readonly FaultyStore[] = [
  { name: 'head-ignored', mistake: 'appends whatever the head is', create: () => new HeadIgnored() },
  { name: 'digest-ignored', mistake: 'compares heads by number alone', create: () => new DigestIgnored() },
  { name: 'number-ignored', mistake: 'compares heads by digest alone', create: () => new NumberIgnored() },
  { name: 'sequence-for-head', mistake: 'compares heads by sequence', create: () => new SequenceForHead() },
  {
    name: 'head-checked-too-early',
    mistake: 'checks the head, waits, then writes',
    create: () => new HeadCheckedTooEarly(),
  },
  { name: 'fence-skipped', mistake: 'writes nothing for a batch without units', create: () => new FenceSkipped() },
  { name: 'half-on-error', mistake: 'leaves the lines of a batch that it refused', create: () => new HalfOnError() },
  {
    name: 'batch-written-twice',
    mistake: 'writes the lines of some batches twice',
    create: () => new BatchWrittenTwice(),
  },
  { name: 'error-says-none', mistake: 'says that a lost COMMIT had no effect', create: () => new ErrorSaysNone() },
  { name: 'error-is-success', mistake: 'says that a rolled back COMMIT was done', create: () => new ErrorIsSuccess() },
  { name: 'duplicate-is-silent', mistake: 'skips a unit whose key is there', create: () => new DuplicateIsSilent() },
  { name: 'keys-not-unique', mistake: 'accepts a key twice', create: () => new KeysNotUnique() },
  { name: 'keys-not-stored', mistake: 'never finds a key again', create: () => new KeysNotStored() },
  { name: 'keys-unscoped', mistake: 'finds the key of another scope', create: () => new KeysUnscoped() },
  { name: 'keys-across-books', mistake: 'finds the key of another book', create: () => new KeysAcrossBooks() },
  {
    name: 'loaded-in-two-moments',
    mistake: 'reads the head and then, later, the rest',
    create: () => new LoadedInTwoMoments(),
  },
  {
    name: 'locked-then-old-balances',
    mistake: 'reads balances before the head',
    create: () => new LockedThenOldBalances(),
  },
  { name: 'keys-by-prefix', mistake: 'finds a key that another begins with', create: () => new KeysByPrefix() },
  { name: 'load-writes', mistake: 'writes a batch when a new book is looked at', create: () => new LoadWrites() },
];
