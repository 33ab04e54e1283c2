import type { CurrencyRegistry } from '@holdfast/money';
import { ok, type Result } from 'neverthrow';
import type { Agreement } from '../../law/agreement.ts';
import { parseAgreement } from '../../law/parse-agreement.ts';
import { parseTerms } from '../../terms/parse-terms.ts';
import type { TermsInvalid } from '../../terms/refusals.ts';
import type { SchemeTerms } from '../../terms/terms.ts';

/** Reads the terms and the agreement that a command carries. Amounts may be amounts, or the JSON of amounts. */
export function readTerms(
  given: { readonly terms: unknown; readonly agreement?: unknown },
  currencies: CurrencyRegistry,
): Result<{ readonly terms: SchemeTerms; readonly agreement?: Agreement }, TermsInvalid> {
  return parseTerms(asJson(given.terms), currencies).andThen((terms) =>
    given.agreement === undefined
      ? ok({ terms })
      : parseAgreement(asJson(given.agreement), currencies).map((agreement) => ({ terms, agreement })),
  );
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
