import type { Instant } from './instant.ts';

/** How the book itself stands, beyond its accounts and records. Only commands of the book's own move it, and each of them only forwards. */
export interface BookStanding {
  /** Nothing may take effect before this instant any more; 1970 where no period was closed. Never later than the newest unit. */
  readonly closedBefore: Instant;
  /** Counts how often the book was restored or repaired; 0 where it never was. */
  readonly epoch: number;
  /** The format in which units are written. */
  readonly format: number;
}

/** The newest batch of a book: where the journal stands. */
export interface Head extends BookStanding {
  /** Of the batch, from 1; 0 before the first. */
  readonly number: number;
  /** Of the newest unit, dense from 1; 0 before the first. */
  readonly sequence: number;
  /** Of the newest unit: 64 hexadecimal digits. */
  readonly digest: string;
  /** Of the newest unit. */
  readonly at: Instant;
}

/** The format in which every book begins. */
export const FORMAT = 1;

/**
 * The newest format that this version of the kernel reads and writes. From format 2 on a book may have closed periods and epochs: a version that knows
 * only format 1 would lose them, so it must not write there.
 */
export const NEWEST_FORMAT = 2;

/** Where every book starts. */
export const genesis: Head = {
  number: 0,
  sequence: 0,
  digest: '0'.repeat(64),
  at: '1970-01-01T00:00:00.000Z',
  closedBefore: '1970-01-01T00:00:00.000Z',
  epoch: 0,
  format: FORMAT,
};

/** Says whether two heads are the same moment: by number *and* digest, since numbers come back after a fail-over that lost commits. */
export function sameHead(left: Head, right: Head): boolean {
  return left.number === right.number && left.digest === right.digest;
}
