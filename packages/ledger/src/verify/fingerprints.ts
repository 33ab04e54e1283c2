import { unitDigest } from '@holdfast/kernel';
import type { DerivedRow } from './rows.ts';

/** What the rows of one name come to. Equal exactly when the rows are, in the same order (SHA-256 where there are many). */
export interface Fingerprint {
  count: number;
  digest: string;
  /** What was not digested yet. */
  pending: string;
}

/** Starts a fingerprint of no rows. */
export function newFingerprint(): Fingerprint {
  return { count: 0, digest: '', pending: '' };
}

/**
 * Adds a row. Its memory is bounded by a few rows, however many there are: that is what lets a journal sorted by time be compared with a
 * table sorted by name without keeping either.
 */
export function addToFingerprint(print: Fingerprint, { sequence, ordinal, text }: DerivedRow): void {
  print.count += 1;
  print.pending += `${sequence}.${ordinal} ${text}\n`;
  if (print.pending.length < PENDING) return;
  print.digest = unitDigest(print.digest, print.count, print.pending);
  print.pending = '';
}

/** Says whether the same rows were added, in the same order. */
export function sameFingerprint(left: Fingerprint, right: Fingerprint): boolean {
  return left.count === right.count && left.digest === right.digest && left.pending === right.pending;
}

const PENDING = 1_500;
