import type { PlainStore } from './plain-store.ts';

/** A store with one real mistake, to see that the laws catch it. */
export interface FaultyStore {
  /** In kebab-case. */
  readonly name: string;
  /** What is wrong, and where such a mistake comes from. */
  readonly mistake: string;
  /** Makes a new, empty store with the mistake. */
  create(): PlainStore;
}
