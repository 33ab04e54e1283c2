import type { Store } from '@holdfast/kernel';

/** A store with one real mistake, to see that the laws catch it. */
export interface FaultyStore {
  /** In kebab-case. */
  readonly name: string;
  /** What is wrong, and where such a mistake comes from. */
  readonly mistake: string;
  /** Makes a new, empty store with the mistake. */
  create(): TriedStore;
}

/** A store in memory that plays along with every law: its clock can be moved, its connections cut, and hosts can join it. */
export interface TriedStore extends Store<unknown> {
  /** Lets the store's own clock go on, in milliseconds. */
  passTime(ms: number): void;
  /** Loses the answers of all calls that are on their way. */
  cut(): void;
  /** Begins a transaction of a host, which `within` takes as its client. */
  begin(): TriedTransaction;
  /** What hosts noted and committed. */
  readonly notes: readonly string[];
}

/** A transaction of a host of a {@link TriedStore}. */
export interface TriedTransaction {
  /** Writes something of the host's own. */
  note(text: string): void;
  /** Makes everything of it stand: notes, and what the book appended. */
  commit(): void;
  /** Undoes everything of it. */
  rollback(): void;
}
