import type { Day } from '../terms/terms.ts';

/** A fraction, such as four thirds. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** What each parameter of the law is: basis points, counts of days, months or years, whole rupees, fractions, yes or no. */
export interface ParameterValues {
  /** The most commission, of the gross chit amount. */
  readonly 'in.commissionCapBps': bigint;
  /** The most discount, of the gross chit amount. */
  readonly 'in.discountCapBps': bigint;
  readonly 'in.maxDurationMonths': bigint;
  /** With the State's permission. */
  readonly 'in.maxDurationMonthsPermitted': bigint;
  /** Of the gross chit amount: in cash one half at least, by a bank guarantee the rest. */
  readonly 'in.foremanSecurityBps': bigint;
  /** Of the gross chit amount, in Government or trustee securities. */
  readonly 'in.foremanSecurityInSecuritiesBps': bigint;
  /** Whole rupees of gross chit amounts at any time. */
  readonly 'in.aggregateCap.individual': bigint;
  readonly 'in.aggregateCap.partner': bigint;
  readonly 'in.aggregateCap.firm': bigint;
  /** Times the net owned funds of a company or co-operative. */
  readonly 'in.aggregateCap.timesNetOwnedFunds': bigint;
  /** Whole rupees. */
  readonly 'in.companyCapital': bigint;
  /** Of the foreman's commission. */
  readonly 'in.gst.foremanBps': bigint;
  readonly 'in.gst.onDefaultInterest': boolean;
  /** Times the amount due of a prized subscriber. */
  readonly 'in.securityFactor.movable': Fraction;
  readonly 'in.securityFactor.immovable': Fraction;
  readonly 'in.sanctionMonths': bigint;
  readonly 'in.sanctionExtensionMonths': bigint;
  /** After the draw. */
  readonly 'in.minutesFilingDays': bigint;
  /** After the close of the month of the first draw. */
  readonly 'in.certificateFilingDays': bigint;
  /** After the draw, where future subscriptions are taken off the prize. */
  readonly 'in.prizePaymentDays': bigint;
  /** After an unpaid prize was put apart. */
  readonly 'in.redrawMonths': bigint;
  readonly 'in.removalNoticeDays': bigint;
  readonly 'in.reentryDays': bigint;
  readonly 'in.removalFilingDays': bigint;
  readonly 'in.appealDays': bigint;
  /** After the end of the chit. */
  readonly 'in.refundDays': bigint;
  /** After the end of the chit. */
  readonly 'in.recordYears': bigint;
  readonly 'in.quorum': bigint;
  /** Whole rupees of gross chit amount up to which the Act does not apply. */
  readonly 'in.exemptUpTo': bigint;
}

/** The name of a parameter. */
export type ParameterKey = keyof ParameterValues;

/** A parameter of the law over a span of days. */
export interface Parameter<Key extends ParameterKey = ParameterKey> {
  readonly key: Key;
  /** The first day on which it holds. */
  readonly from: Day;
  /** The last day on which it holds; absent while it does. */
  readonly to?: Day;
  /** The State in which alone it holds, such as `AP`; absent for all. */
  readonly state?: string;
  readonly value: ParameterValues[Key];
  /** Where it is written. */
  readonly source: string;
  /** Whether the text was read. What was not is to be confirmed by a lawyer before it is relied on. */
  readonly confirmed: boolean;
}

/** Any row of a table of parameters. */
export type AnyParameter = { readonly [Key in ParameterKey]: Parameter<Key> }[ParameterKey];
