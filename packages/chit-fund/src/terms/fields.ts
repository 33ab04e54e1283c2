import { isIn, isMoney, type Money } from '@holdfast/money';
import type { SchemeTerms } from './terms.ts';

/** A problem: the field, what was given there, and what would have been accepted. */
export type Row = readonly [field: string, given: unknown, allowed: string];

/**
 * Tells whether a value is an amount in the scheme's currency.
 *
 * @param value - Anything.
 * @param terms - The scheme's terms.
 * @param least - The least that it may be, in minor units.
 * @returns Whether it is.
 */
export function isAmount(value: unknown, terms: SchemeTerms, least: bigint): value is Money {
  return (
    isMoney(value) && isMoney(terms.subscription) && isIn(value, terms.subscription.currency) && value.minor >= least
  );
}

/**
 * Tells whether a value is basis points.
 *
 * @param value - Anything.
 * @param most - The most that they may be.
 * @returns Whether it is a bigint from 0n to that.
 */
export function isBps(value: unknown, most: bigint): boolean {
  return typeof value === 'bigint' && value >= 0n && value <= most;
}

/**
 * Tells whether a value is a count.
 *
 * @param value - Anything.
 * @param least - The least that it may be.
 * @param most - The most.
 * @returns Whether it is a whole number between the two.
 */
export function isCount(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

/**
 * Tells whether a value is one of some words.
 *
 * @param value - Anything.
 * @param allowed - The words.
 * @returns Whether it is.
 */
export function isOneOf(value: unknown, allowed: readonly string[]): boolean {
  return typeof value === 'string' && allowed.includes(value);
}
