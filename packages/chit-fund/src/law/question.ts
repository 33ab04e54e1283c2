import { inr, money } from '@holdfast/money';
import type { Day, Scheme } from '../terms/terms.ts';
import type { Agreement, Finding } from './agreement.ts';
import type { Parameter, ParameterKey } from './parameter.ts';
import { type LawOptions, parameterAt } from './parameter-at.ts';

/** What is asked about, and under which law. */
export interface Question {
  readonly scheme: Scheme;
  readonly agreement: Agreement;
  readonly asOf: Day;
  readonly law: LawOptions;
}

/** A whole, in basis points. */
export const WHOLE_BPS = 10_000n;
/** Minor units of a rupee. */
export const PAISE = 100n;

/**
 * Asks the law for a parameter and hands it on, or finds that there is none.
 *
 * @param question - The day, the State, the table.
 * @param key - The parameter.
 * @param check - Gives the findings under it.
 * @returns Those, or that the law says nothing about the day.
 */
export function under<Key extends ParameterKey>(
  { asOf, law }: Question,
  key: Key,
  check: (parameter: Parameter<Key>) => readonly Finding[],
): readonly Finding[] {
  return parameterAt(key, asOf, law).match(check, () => [noLawThen(key, asOf)]);
}

/**
 * Finds that the law says nothing about a day.
 *
 * @param key - The parameter that was asked for.
 * @param asOf - The day.
 * @returns The finding.
 */
export function noLawThen(key: ParameterKey, asOf: Day): Finding {
  const allowed = `a day for which the table of the law has ${key}`;
  return { code: 'no_law_then', section: 's. 1', field: 'asOf', given: asOf, allowed, confirmed: true };
}

/**
 * Finds that something is missing.
 *
 * @param field - What.
 * @param section - The section that asks for it.
 * @returns The finding.
 */
export function missing(field: string, section: string): Finding {
  return { code: 'field_missing', section, field, given: 'nothing', allowed: 'what the Act asks for', confirmed: true };
}

/**
 * Prints minor units of a scheme.
 *
 * @param question - The scheme.
 * @param minor - The amount.
 * @returns Such as `25000.00 INR`.
 */
export function printed({ scheme }: Question, minor: bigint): string {
  return money(minor, scheme.currency).toString();
}

/**
 * Prints rupees.
 *
 * @param paise - The amount.
 * @returns Such as `300000.00 INR`.
 */
export function printedRupees(paise: bigint): string {
  return money(paise, inr).toString();
}

/**
 * Prints basis points.
 *
 * @param bps - Basis points.
 * @returns Such as `7%` or `12.5%`.
 */
export function printedBps(bps: bigint): string {
  const decimals = `${bps % 100n}`.padStart(2, '0').replace(/0+$/, '');
  return `${bps / 100n}${decimals === '' ? '' : `.${decimals}`}%`;
}
