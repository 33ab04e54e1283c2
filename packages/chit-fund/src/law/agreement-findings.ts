import { printGiven } from '@holdfast/money';
import type { Agreement, Finding } from './agreement.ts';
import type { ComplianceOptions } from './check-compliance.ts';
import { missing, type Question } from './question.ts';

/** The texts that an agreement has to have. */
const texts = ['place', 'time', 'bank', 'consequences', 'defaultingWhen', 'inspectionTimes', 'nominees'] as const;

/**
 * Lists what is missing in an agreement, or says something else than the terms.
 *
 * @param question - The scheme and its agreement.
 * @param stage - For commencement every ticket is subscribed.
 * @returns The findings.
 * @source docs/rules/chit-fund.md, CF-15
 */
export function agreementFindings(
  { scheme, agreement }: Question,
  stage: NonNullable<ComplianceOptions['stage']>,
): readonly Finding[] {
  return [
    ...texts.filter((name) => isBlank(agreement[name])).map((name) => missing(name, 's. 6(1)')),
    ...foremanInstalmentFindings(agreement, scheme.terms.companyChit?.instalment ?? 'none'),
    ...(stage === 'commencement' ? subscriberFindings(agreement, BigInt(scheme.terms.tickets)) : []),
  ];
}

function isBlank(text: unknown): boolean {
  return typeof text !== 'string' || text.trim() === '';
}

function foremanInstalmentFindings({ foremanInstalment }: Agreement, terms: number | 'none'): readonly Finding[] {
  const field = 'foremanInstalment';
  if (foremanInstalment === undefined) return [missing(field, 's. 6(1)')];
  if (foremanInstalment === terms) return [];
  const given = printGiven(foremanInstalment);
  return [
    {
      code: 'field_differs',
      section: 's. 21(1)(a)',
      field,
      given,
      allowed: `${terms}, as in the terms`,
      confirmed: true,
    },
  ];
}

function subscriberFindings({ subscribers }: Agreement, tickets: bigint): readonly Finding[] {
  if (subscribers === undefined) return [missing('subscribers', 's. 6(1)')];
  const findings: Finding[] = [];
  let held = { num: 0n, den: 1n };
  for (const [index, { hasAddress, tickets: text }] of subscribers.entries()) {
    const part = readFraction(text);
    if (!hasAddress) findings.push(missing(`subscribers.${index}.hasAddress`, 's. 6(1)'));
    if (part === undefined) findings.push(missing(`subscribers.${index}.tickets`, 's. 6(1)'));
    else held = { num: held.num * part.den + part.num * held.den, den: held.den * part.den };
  }
  if (held.num === tickets * held.den) return findings;
  const given = held.num % held.den === 0n ? `${held.num / held.den}` : `${held.num}/${held.den}`;
  const rest = { section: 's. 9', field: 'subscribers', given, allowed: `${tickets} tickets`, confirmed: true };
  return [...findings, { code: 'tickets_not_subscribed', ...rest }];
}

/** Reads `2` or `1/2`: more than nothing, in at most six digits each. */
function readFraction(text: unknown): { readonly num: bigint; readonly den: bigint } | undefined {
  const [, num, den = '1'] = (typeof text === 'string' && /^(\d{1,6})(?:\/(\d{1,6}))?$/.exec(text)) || [];
  if (num === undefined || BigInt(num) === 0n || BigInt(den) === 0n) return undefined;
  return { num: BigInt(num), den: BigInt(den) };
}
