import type { TermsInvalid } from '@holdfast/chit-fund';
import { defineScheme, type Scheme, type SchemeTerms } from '@holdfast/chit-fund';
import { inr, type Money } from '@holdfast/money';
import { err, type Result } from 'neverthrow';
import type { RequestInvalid } from '../refusals.ts';
import type { SchemeDraft } from './scheme-draft.ts';

/**
 * Makes the terms of a draft, and what follows from them. The seed names the total, the instalment, the subscribers and the months apart, and nothing makes
 * them agree: here they have to.
 *
 * @errors
 * - `request_invalid`: the four do not agree.
 * - `config_invalid`: the terms contradict themselves.
 */
export function termsOf(draft: SchemeDraft): Result<Scheme, RequestInvalid | TermsInvalid> {
  const { maxSubscribers, durationMonths } = draft;
  const { winnersPerDraw } = draft.terms;
  const subscription = rupeesOf(draft.monthlyInstallment);
  if (rupeesOf(draft.totalAmount).minor !== subscription.minor * BigInt(maxSubscribers)) {
    const allowed = 'monthlyInstallment times maxSubscribers';
    return err({ code: 'request_invalid', field: 'totalAmount', allowed });
  }
  if (maxSubscribers !== durationMonths * winnersPerDraw) {
    const allowed = 'maxSubscribers divided by winnersPerDraw: every ticket wins once';
    return err({ code: 'request_invalid', field: 'durationMonths', allowed });
  }
  return defineScheme(schemeTerms(draft, subscription));
}

function schemeTerms(draft: SchemeDraft, subscription: Money): SchemeTerms {
  const { terms } = draft;
  const { method, commission, discount, dividend, late } = terms;
  const hasBids = method.type === 'open_auction' || method.type === 'sealed_auction';
  return {
    name: draft.name,
    method: 'discount' in method ? { ...method, discount: rupeesOf(method.discount) } : method,
    subscription,
    tickets: draft.maxSubscribers,
    instalments: draft.durationMonths,
    ...(terms.winnersPerDraw === 1 ? {} : { winnersPerDraw: terms.winnersPerDraw }),
    starts: draft.startDate,
    every: terms.every,
    dueAfterDays: terms.dueAfterDays,
    ...(terms.holidays === undefined ? {} : { holidays: terms.holidays }),
    state: terms.state,
    commission: { ...commission, basisPoints: BigInt(commission.basisPoints) },
    ...(hasBids
      ? {
          discount: {
            ...discount,
            maximumBasisPoints: BigInt(discount.maximumBasisPoints),
            step: rupeesOf(discount.step),
          },
        }
      : {}),
    dividend: { ...dividend, unit: rupeesOf(dividend.unit) },
    ...(terms.companyChit === undefined ? {} : { companyChit: terms.companyChit }),
    ...(terms.taxBearer === undefined ? {} : { tax: { bearer: terms.taxBearer } }),
    late: { ...late, interestBasisPoints: BigInt(late.interestBasisPoints) },
    ...(terms.ticketsPerPerson === undefined ? {} : { custom: { ticketsPerPerson: terms.ticketsPerPerson } }),
  };
}

/** Reads an amount whose form a schema has checked. */
export function rupeesOf(text: string): Money<'INR'> {
  return inr(text as '1');
}
