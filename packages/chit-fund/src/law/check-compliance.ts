import type { Day, Scheme } from '../terms/terms.ts';
import type { Agreement, Finding, RunningScheme } from './agreement.ts';
import { agreementFindings } from './agreement-findings.ts';
import { capFindings } from './cap-findings.ts';
import { foremanFindings } from './foreman-findings.ts';
import { type LawOptions, parameterAt } from './parameter-at.ts';
import { PAISE, type Question } from './question.ts';

/** How far the scheme is, and what else the foreman runs. */
export interface ComplianceOptions extends LawOptions {
  /** From `commencement` on all tickets are subscribed; for the sanction they need not be. `sanction` unless given. */
  readonly stage?: 'sanction' | 'commencement';
  /** The foreman's other schemes, for the limit on all of them together. */
  readonly others?: readonly RunningScheme[];
}

/**
 * Lists what is against the Chit Funds Act about a scheme and its agreement, as the law stands on a day.
 *
 * @param scheme - The scheme.
 * @param agreement - What its agreement says besides.
 * @param asOf - The day whose law holds, such as that of the application for the sanction.
 * @param options - The stage, the foreman's other schemes, the State (that of the terms unless given) and the table of the law.
 * @returns The findings, in the order of the Act's sections for terms, foreman and agreement; none for a scheme without a
 * State or of an exempt amount, to which the Act does not apply.
 * @source docs/rules/chit-fund.md, CF-15
 */
export function checkCompliance(
  scheme: Scheme,
  agreement: Agreement,
  asOf: Day,
  options: ComplianceOptions = {},
): readonly Finding[] {
  const state = options.state ?? scheme.terms.state;
  if (state === undefined) return [];
  const { code } = scheme.currency;
  if (code !== 'INR') {
    const finding = { section: 's. 2', field: 'subscription', given: code, allowed: 'amounts in INR', confirmed: true };
    return [{ code: 'not_in_rupees', ...finding }];
  }
  const question = { scheme, agreement, asOf, law: { ...options, state } };
  if (isExempt(question)) return [];
  return [
    ...capFindings(question),
    ...foremanFindings(question, options.others ?? []),
    ...agreementFindings(question, options.stage ?? 'sanction'),
  ];
}

/** Whether a chit is too small for the Act; where nobody says how small that is, it is not. */
function isExempt({ scheme, asOf, law }: Question): boolean {
  const most = parameterAt('in.exemptUpTo', asOf, law).map(({ value }) => value * PAISE);
  return scheme.gross <= most.unwrapOr(0n);
}

/**
 * Tells whether a scheme is a chit in the sense of the Act. It is none where everybody gets the whole chit amount by turns and
 * goes on paying: a plain rotation is outside of the Act's definition.
 *
 * @param scheme - The scheme.
 * @returns Whether somebody forgoes something.
 * @source docs/rules/chit-fund.md, CF-15
 */
export function isChit(scheme: Scheme): boolean {
  const { method } = scheme.terms;
  switch (method.type) {
    case 'lot':
    case 'fixed_order':
      return method.discount.minor > 0n;
    case 'fixed_increment':
    case 'fixed_schedule':
      return method.prizes.some(({ minor }) => minor !== scheme.grossPrize);
    default:
      return true;
  }
}
