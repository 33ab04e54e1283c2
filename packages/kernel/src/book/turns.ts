import { Defect } from '../faults.ts';

/** Work on the one connection of a host: one after the other, and none once the host goes on to its COMMIT. */
export class Turns {
  readonly #book: string;
  #last: Promise<unknown> = Promise.resolve();
  #over = false;

  constructor(book: string) {
    this.#book = book;
  }

  /** Does the work once all before it is done. */
  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#over) {
      return Promise.reject(new Defect(`the transaction that book ${this.#book} had joined is no longer its to use`));
    }
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends what was begun, awaited or not, and begins nothing more. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#last;
  }
}
