import type { Instant } from './instant.ts';

/** The newest batch of a book: where the journal stands. */
export interface Head {
  /** Of the batch, from 1; 0 before the first. */
  readonly number: number;
  /** Of the newest unit, dense from 1; 0 before the first. */
  readonly sequence: number;
  /** Of the newest unit: 64 hexadecimal digits. */
  readonly digest: string;
  /** Of the newest unit. */
  readonly at: Instant;
  /** The format in which units are written. */
  readonly format: number;
}

/** The format that this version of the kernel writes. */
export const FORMAT = 1;

/** Where every book starts. */
export const genesis: Head = {
  number: 0,
  sequence: 0,
  digest: '0'.repeat(64),
  at: '1970-01-01T00:00:00.000Z',
  format: FORMAT,
};

/** Says whether two heads are the same moment: by number *and* digest, since numbers come back after a fail-over that lost commits. */
export function sameHead(left: Head, right: Head): boolean {
  return left.number === right.number && left.digest === right.digest;
}
