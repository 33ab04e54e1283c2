import type { Money, Rate, Rounding } from '@holdfast/money';

/** Whether a fee is added on top of the amount, or taken out of it. */
export type FeeMode = 'additive' | 'deductive';

/** One fee as it is written down: who bears it, and how much of the amount it is. */
export interface FeeRuleInput<Payer extends string = string> {
  /** Who bears the fee: whoever is charged for an additive one, whoever is paid for a deductive one. */
  readonly payer: Payer;
  /** `additive`: on top of the amount. `deductive`: out of it. */
  readonly mode: FeeMode;
  /** The fraction of the amount, from 0 to 1. */
  readonly rate: Rate;
  /** Which way an inexact minor unit goes; `halfUp` unless given. */
  readonly rounding?: Rounding;
  /** Added to the rounded fraction, zero or more; an amount in another currency is then refused. */
  readonly fixed?: Money;
  /** The least that the fee is, zero or more; an amount in another currency is then refused. */
  readonly minimum?: Money;
  /** The most that the fee is; an amount in another currency is then refused. */
  readonly maximum?: Money;
}

/** One fee of a schedule, checked and frozen, with its rounding said. */
export interface FeeRule<Payer extends string = string> extends FeeRuleInput<Payer> {
  readonly rounding: Rounding;
}

/**
 * The fees of a kind of sale, under one version: plain frozen data, fit for JSON.
 *
 * @typeParam Line - The names of the fees.
 * @typeParam Payer - Who bears them.
 */
export interface FeeSchedule<Line extends string = string, Payer extends string = string> {
  /** Names these rules for ever: other rules have another version. */
  readonly version: string;
  /** The fees by name, in the order in which ties of a reversal are broken; none is called `payout`. */
  readonly rules: Readonly<Record<Line, FeeRule<Payer>>>;
}

/** The names of everything that a quote is split into: the fees, and `payout`, which takes the rest. */
export type QuoteLine<Line extends string> = Line | 'payout';

/**
 * Lists the fees of a schedule in their order.
 *
 * @param schedule - A schedule.
 * @returns Their names, without `payout`.
 */
export function feeLines<Line extends string>(schedule: Pick<FeeSchedule<Line>, 'rules'>): readonly Line[] {
  return Object.keys(schedule.rules) as Line[];
}

/**
 * Lists the fees that are added on top of the amount.
 *
 * @param schedule - A schedule.
 * @returns Their names, in the schedule's order.
 */
export function additiveLines<Line extends string>(schedule: Pick<FeeSchedule<Line>, 'rules'>): readonly Line[] {
  return feeLines(schedule).filter((line) => schedule.rules[line].mode === 'additive');
}

/**
 * Lists the fees that are taken out of the amount.
 *
 * @param schedule - A schedule.
 * @returns Their names, in the schedule's order.
 */
export function deductiveLines<Line extends string>(schedule: Pick<FeeSchedule<Line>, 'rules'>): readonly Line[] {
  return feeLines(schedule).filter((line) => schedule.rules[line].mode === 'deductive');
}
