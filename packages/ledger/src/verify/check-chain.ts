import { genesis, type Head, type StoredUnit, type Unit, unitDigest } from '@holdfast/kernel';
import type { BookCheck } from './check-book.ts';
import type { Pass } from './report.ts';

/** A unit of the chain, with the digest that its bytes really have. */
interface Link {
  readonly sequence: number;
  readonly stored: string;
  readonly computed: string;
  /** `undefined` where the unit cannot be read. */
  readonly at: string | undefined;
}

/**
 * Checks the chain of units and, beside it, the batches that closed over them.
 *
 * A unit is chained to the digest that is stored with the one before it, so that one changed row is one difference.
 */
export class ChainCheck {
  readonly #chain: Pass;
  readonly #batches: Pass;
  readonly #head: Head;
  readonly #book: BookCheck;
  #last: Link = { sequence: 0, stored: genesis.digest, computed: genesis.digest, at: genesis.at };
  #number = 0;
  #closed = 0;

  constructor(chain: Pass, batches: Pass, book: BookCheck, head: Head) {
    this.#chain = chain;
    this.#batches = batches;
    this.#book = book;
    this.#head = head;
  }

  /** Of the newest unit that was checked. */
  get sequence(): number {
    return this.#last.sequence;
  }

  /** The digest that the newest unit's bytes have. */
  get digest(): string {
    return this.#last.computed;
  }

  /**
   * Checks that a unit continues the chain, and how it leaves the book.
   *
   * @param unit - What its bytes say; nothing where they cannot be read.
   */
  unit({ sequence, digest, bytes }: StoredUnit, unit: Unit | undefined): void {
    if (unit) this.#book.unit(unit, sequence, { sequence: this.#last.sequence, digest: this.#last.stored });
    const expected = this.#last.sequence + 1;
    this.#chain.checked += 1;
    if (sequence > expected) this.#chain.differs('unit', expected, 'a unit', null);
    if (sequence < expected)
      this.#chain.differs('unit', sequence, null, 'a unit whose sequence is not above the one before');
    const computed = unitDigest(this.#last.stored, sequence, bytes, this.#book.standing.format);
    if (computed !== digest) this.#chain.differs('unit', sequence, `the digest ${computed}`, `the digest ${digest}`);
    this.#last = { sequence, stored: digest, computed, at: unit?.at };
  }

  /** Checks a batch, once the units up to its sequence were. */
  batch(head: Head): void {
    const { number, sequence, digest, at } = head;
    const { stored, computed } = this.#last;
    const expected = this.#number + 1;
    this.#batches.checked += 1;
    if (number > expected) this.#batches.differs('batch', expected, 'a batch', null);
    if (number < expected)
      this.#batches.differs('batch', number, null, 'a batch whose number is not above the one before');
    if (sequence < this.#closed)
      this.#batches.differs('batch', number, `a sequence from ${this.#closed}`, `sequence ${sequence}`);
    if (digest !== stored && digest !== computed) {
      // A unit that is missing is the chain's to name; a batch beyond the head is wrong itself.
      if (sequence > this.#last.sequence && sequence <= this.#head.sequence)
        this.#chain.differs('unit', this.#last.sequence + 1, 'a unit', null);
      this.#batches.differs(
        'batch',
        number,
        `the digest ${stored} of unit ${this.#last.sequence}`,
        `the digest ${digest}`,
      );
    } else if (sequence !== this.#last.sequence) {
      this.#batches.differs('batch', number, `sequence ${this.#last.sequence}`, `sequence ${sequence}`);
    }
    if (this.#last.at !== undefined && at !== this.#last.at) {
      this.#batches.differs('batch', number, `the instant ${this.#last.at}`, `the instant ${at}`);
    }
    this.#standing(head);
    this.#number = number;
    this.#closed = Math.max(this.#closed, sequence);
  }

  /** A batch says how the book stands after its last unit. */
  #standing(head: Head): void {
    const { standing } = this.#book;
    const say = (expected: string, found: string) => this.#batches.differs('batch', head.number, expected, found);
    if (head.format !== standing.format) say(`format ${standing.format}`, `format ${head.format}`);
    if (head.epoch !== standing.epoch) say(`epoch ${standing.epoch}`, `epoch ${head.epoch}`);
    if (head.closedBefore !== standing.closedBefore)
      say(`closed before ${standing.closedBefore}`, `closed before ${head.closedBefore}`);
  }

  /** Checks that the batches close over every unit there is. */
  end(): void {
    if (this.#closed >= this.#last.sequence) return;
    this.#batches.differs('batch', this.#number + 1, `a batch up to unit ${this.#last.sequence}`, null);
  }
}
