import { type BookStanding, genesis, NEWEST_FORMAT, type Unit } from '@holdfast/kernel';
import type { Pass } from './report.ts';

/** The unit before the one that is looked at. */
interface Before {
  readonly sequence: number;
  readonly digest: string;
}

/** Follows how the book itself stands from unit to unit: closed periods, epochs and formats move only forwards, and nothing takes effect where it may not. */
export class BookCheck {
  readonly #pass: Pass;
  #standing: BookStanding = genesis;

  constructor(pass: Pass) {
    this.#pass = pass;
  }

  /** How the book stands after the units so far. */
  get standing(): BookStanding {
    return this.#standing;
  }

  /** Checks one unit. Ordinary ones say nothing of the book, and are not counted. */
  unit(unit: Unit, sequence: number, before: Before): void {
    const { book, effective } = unit;
    if (effective) this.#checkEffective(unit, sequence);
    if (!book) return;
    this.#pass.checked += 1;
    const say = (expected: string, found: string) => this.#pass.differs('unit', sequence, expected, found);
    const { closedBefore, epoch, format } = this.#standing;
    if (!(book.closedBefore >= closedBefore && book.closedBefore <= unit.at))
      say(`closed before an instant from ${closedBefore} to ${unit.at}`, `closed before ${book.closedBefore}`);
    if (!(book.format >= format && book.format <= NEWEST_FORMAT))
      say(`a format from ${format} to ${NEWEST_FORMAT}`, `format ${book.format}`);
    if (book.epoch === epoch + 1) this.#checkEpoch(unit, book.epoch, sequence, before);
    else if (book.epoch !== epoch) say(`epoch ${epoch} or ${epoch + 1}`, `epoch ${book.epoch}`);
    this.#standing = book;
  }

  /** An epoch has to say which unit it continues, and that is the one before. */
  #checkEpoch({ events }: Unit, epoch: number, sequence: number, before: Before): void {
    const begun = events.find(({ type, record }) => type === 'EpochBegun' && record === undefined);
    const { continues } = (begun?.data ?? {}) as { readonly continues?: Partial<Before> };
    if (continues?.sequence === before.sequence && continues.digest === before.digest) return;
    const expected = `epoch ${epoch} to continue unit ${before.sequence} with the digest ${before.digest}`;
    const found = continues ? `unit ${continues.sequence} with the digest ${continues.digest}` : 'no unit';
    this.#pass.differs('unit', sequence, expected, found);
  }

  #checkEffective({ at, effective = [], entries, fact }: Unit, sequence: number): void {
    const { closedBefore } = this.#standing;
    for (const dated of effective) {
      this.#pass.checked += 1;
      const [entry, effectiveAt, stated] = dated;
      const isMoved = stated !== undefined;
      const from = isMoved ? at : closedBefore;
      const fits = entries[entry] !== undefined && effectiveAt >= from && effectiveAt <= at;
      const needed = !isMoved || (fact === true && (stated < closedBefore || stated > at));
      if (fits && needed) continue;
      this.#pass.differs(
        'unit',
        sequence,
        isMoved
          ? `a fact that takes effect at ${at}, or when it was stated`
          : `an entry that takes effect from ${from} to ${at}`,
        JSON.stringify(dated),
      );
    }
  }
}
