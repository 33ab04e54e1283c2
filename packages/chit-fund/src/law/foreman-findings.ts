import { money } from '@holdfast/money';
import type { Finding, Foreman, RunningScheme } from './agreement.ts';
import { spanOf } from './cap-findings.ts';
import { checkAggregate } from './check-aggregate.ts';
import { missing, PAISE, printed, type Question, under, WHOLE_BPS } from './question.ts';

const WORDS = /\b(?:chits?|chitty|kuri|fraternity fund|rotating savings and credit institution)\b/i;

/**
 * Lists what is missing of the foreman, or too little: name, capital, security, and the limit on all schemes together.
 *
 * @param question - The scheme, its agreement and the day.
 * @param others - The foreman's other schemes.
 * @returns The findings.
 * @source docs/rules/chit-fund.md, CF-15, CF-19
 */
export function foremanFindings(question: Question, others: readonly RunningScheme[]): readonly Finding[] {
  const { foreman } = question.agreement;
  const security = securityFindings(question);
  if (foreman === undefined) return [missing('foreman', 's. 6(1)'), ...security];
  const { from, to } = spanOf(question.scheme);
  const gross = money(question.scheme.gross, question.scheme.currency);
  const own = { name: question.scheme.terms.name, gross, from, to };
  return [
    ...capitalFindings(question, foreman),
    ...nameFindings(foreman),
    ...checkAggregate(foreman, [own, ...others], question.asOf, question.law),
    ...security,
  ];
}

function nameFindings({ name }: Foreman): readonly Finding[] {
  if (WORDS.test(name)) return [];
  const allowed =
    'chit, chit fund, chitty, kuri, fraternity fund or rotating savings and credit institution in the name';
  const given = name;
  return [{ code: 'name_without_chit', section: 's. 11', field: 'foreman.name', given, allowed, confirmed: true }];
}

function capitalFindings(question: Question, { kind, paidUpCapital }: Foreman): readonly Finding[] {
  if (kind !== 'company') return [];
  const field = 'foreman.paidUpCapital';
  if (paidUpCapital === undefined) return [missing(field, 's. 8')];
  return under(question, 'in.companyCapital', ({ value, confirmed }) => {
    if (paidUpCapital.minor >= value * PAISE) return [];
    const allowed = `at least ${printed(question, value * PAISE)}`;
    const given = paidUpCapital.toString();
    return [{ code: 'capital_too_low', section: 's. 8', field, given, allowed, confirmed }];
  });
}

function securityFindings(question: Question): readonly Finding[] {
  const { security } = question.agreement;
  if (security === undefined) return [missing('security', 's. 20')];
  return under(question, 'in.foremanSecurityBps', (plain) =>
    under(question, 'in.foremanSecurityInSecuritiesBps', (securities) => {
      const { gross } = question.scheme;
      const needed = (gross * plain.value) / WHOLE_BPS;
      const neededInSecurities = (gross * securities.value) / WHOLE_BPS;
      const [cash, guarantee, government, trustee] = [
        security.cash,
        security.bankGuarantee,
        security.governmentSecurities,
        security.trusteeSecurities,
      ].map((amount) => amount?.minor ?? 0n) as [bigint, bigint, bigint, bigint];
      const isEnough =
        (cash * 2n >= needed && cash + guarantee >= needed) ||
        government >= neededInSecurities ||
        trustee >= neededInSecurities;
      if (isEnough) return [];
      const given = `${printed(question, cash)} in cash, ${printed(question, guarantee)} guaranteed, ${printed(question, government)} and ${printed(question, trustee)} in securities`;
      const allowed = `${printed(question, needed)}, half of it in cash, or ${printed(question, neededInSecurities)} in securities of one kind`;
      const confirmed = plain.confirmed && securities.confirmed;
      return [{ code: 'security_too_low', section: 's. 20', field: 'security', given, allowed, confirmed }];
    }),
  );
}
