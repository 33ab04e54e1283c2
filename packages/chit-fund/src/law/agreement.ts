import type { Money } from '@holdfast/money';
import type { Day } from '../terms/terms.ts';

/** Who conducts the chit, as far as the law asks. */
export interface Foreman {
  /** Contains one of the words that the law asks for. */
  readonly name: string;
  readonly kind: 'individual' | 'firm' | 'company' | 'cooperative';
  /** Of a firm. */
  readonly partners?: number;
  /** Of a company or co-operative. */
  readonly netOwnedFunds?: Money;
  /** Of a company. */
  readonly paidUpCapital?: Money;
}

/** The foreman's security, lodged before the sanction is applied for. */
export interface ForemanSecurity {
  readonly cash?: Money;
  readonly bankGuarantee?: Money;
  readonly governmentSecurities?: Money;
  readonly trusteeSecurities?: Money;
}

/** A subscriber of the agreement; the name and the address themselves lie elsewhere. */
export interface AgreementSubscriber {
  /** An id. */
  readonly person: string;
  readonly hasAddress: boolean;
  /** How many tickets, such as `1`, `2` or `1/2`. */
  readonly tickets: string;
}

/**
 * What a chit agreement has to say besides its {@link SchemeTerms}. What is absent is missing, and a finding; texts are what the
 * agreement says, in its words.
 *
 * @source docs/rules/chit-fund.md, CF-15
 */
export interface Agreement {
  readonly foreman?: Foreman;
  readonly security?: ForemanSecurity;
  /** All of them, once the tickets are subscribed. */
  readonly subscribers?: readonly AgreementSubscriber[];
  /** Time of day and place of the draws. */
  readonly place?: string;
  /** Such as `10:00`. */
  readonly time?: string;
  /** The instalment at which the foreman gets the chit amount, or `none`. */
  readonly foremanInstalment?: number | 'none';
  /** The approved bank. */
  readonly bank?: string;
  /** What becomes of who breaks the agreement. */
  readonly consequences?: string;
  /** When a subscriber counts as defaulting. */
  readonly defaultingWhen?: string;
  /** When the books may be looked at. */
  readonly inspectionTimes?: string;
  /** How nominees are named. */
  readonly nominees?: string;
  /** What the State permits beyond the rule. */
  readonly permits?: { readonly longDuration?: boolean };
}

/** Another scheme of the same foreman. */
export interface RunningScheme {
  readonly name: string;
  /** Gross chit amount. */
  readonly gross: Money;
  /** The first day on which it counts. */
  readonly from: Day;
  /** The last one. */
  readonly to: Day;
}

/** Something about a scheme that is against the law, or missing. */
export interface Finding {
  /** Such as `commission_above_cap`. */
  readonly code: FindingCode;
  /** The section of the Act, such as `s. 21(1)(b)`. */
  readonly section: string;
  /** Where it is: a field of the terms or of the agreement. */
  readonly field: string;
  /** What was given, or comes out of it. */
  readonly given: string;
  /** What the law allows or asks for. */
  readonly allowed: string;
  /** Whether the number of the law that it rests on was read; what was not asks for a lawyer. */
  readonly confirmed: boolean;
}

/** What can be found. */
export type FindingCode =
  | 'not_in_rupees'
  | 'no_law_then'
  | 'field_missing'
  | 'field_differs'
  | 'duration_above_cap'
  | 'discount_above_cap'
  | 'commission_above_cap'
  | 'prize_above_gross'
  | 'dividend_not_to_all'
  | 'name_without_chit'
  | 'capital_too_low'
  | 'aggregate_above_cap'
  | 'security_too_low'
  | 'tickets_not_subscribed';
