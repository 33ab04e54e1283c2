import { type BookStanding, type Changes, genesis, type Head, type Needs, type Snapshot } from '@holdfast/kernel';
import type { FaultyStore } from './faulty-store.ts';
import type { PlainBook } from './plain-book.ts';
import { PlainStore } from './plain-store.ts';

class PeriodNotLoaded extends PlainStore {
  protected override seeNow(book: PlainBook, needs: Needs): Snapshot {
    const seen = super.seeNow(book, needs);
    return { ...seen, head: { ...seen.head, closedBefore: genesis.closedBefore } };
  }
}

class EpochNotKept extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    super.write(book, { ...changes, head: { ...changes.head, epoch: 0 } });
  }
}

class FormatOfTheCode extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    super.write(book, { ...changes, head: { ...changes.head, format: 1 } });
  }
}

class FenceForgetsTheBook extends PlainStore {
  protected override write(book: PlainBook, changes: Changes): void {
    const { closedBefore, epoch, format }: BookStanding = changes.units.length === 0 ? genesis : changes.head;
    super.write(book, { ...changes, head: { ...changes.head, closedBefore, epoch, format } });
  }
}

class OldBatchesForgetTheBook extends PlainStore {
  override async *projectBatches(name: string): AsyncIterable<Head> {
    // Only the newest one is written whole, as a row of its own.
    for await (const head of super.projectBatches(name)) {
      yield head.number === this.bookOf(name).head.number ? head : { ...head, epoch: 0 };
    }
  }
}

class OneStandingForAll extends PlainStore {
  #newest: Partial<BookStanding> = {};
  protected override write(book: PlainBook, changes: Changes): void {
    const { closedBefore, epoch, format } = changes.head;
    super.write(book, changes);
    if (format > 1) this.#newest = { closedBefore, epoch, format };
  }
  override async readHead(name: string): ReturnType<PlainStore['readHead']> {
    const read = await super.readHead(name);
    return read.map((head) => ({ ...head, ...this.#newest }));
  }
}

/** Mistakes in how the book itself stands. */
export const faultyStandings: readonly FaultyStore[] = [
  {
    name: 'period-not-loaded',
    mistake: 'loads the head without its closed period',
    create: () => new PeriodNotLoaded(),
  },
  { name: 'epoch-not-kept', mistake: 'does not write the epoch', create: () => new EpochNotKept() },
  {
    name: 'format-of-the-code',
    mistake: 'writes the format that it knows instead of the one that it was given',
    create: () => new FormatOfTheCode(),
  },
  {
    name: 'fence-forgets-the-book',
    mistake: 'writes a batch without units as one of a new book',
    create: () => new FenceForgetsTheBook(),
  },
  {
    name: 'old-batches-forget-the-book',
    mistake: 'keeps the epoch with the newest batch only',
    create: () => new OldBatchesForgetTheBook(),
  },
  {
    name: 'one-standing-for-all',
    mistake: 'gives the epoch and period of one book for another',
    create: () => new OneStandingForAll(),
  },
];
