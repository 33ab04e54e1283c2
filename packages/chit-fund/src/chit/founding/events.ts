import type { FreeText, TextReference } from '@holdfast/kernel';
import type { Agreement } from '../../law/agreement.ts';
import type { Day, SchemeTerms } from '../../terms/terms.ts';
import type { Holder } from '../state.ts';

/** What happens to a scheme until it runs. */
export type FoundingEvent =
  | {
      readonly type: 'SchemeDrafted';
      readonly foreman: string;
      readonly terms: SchemeTerms;
      readonly agreement?: Agreement;
    }
  | { readonly type: 'DraftRevised'; readonly terms: SchemeTerms; readonly agreement?: Agreement }
  /** Where no office has to sanction it, the scheme is registered at once. */
  | { readonly type: 'SchemeSubmitted'; readonly registered: boolean }
  | { readonly type: 'SchemeRejected'; readonly why: FreeText | TextReference }
  | { readonly type: 'SchemeSanctioned'; readonly order: string; readonly on: Day; readonly lapsesOn: Day }
  | { readonly type: 'SanctionExtended'; readonly lapsesOn: Day }
  | { readonly type: 'SanctionLapsed' }
  | { readonly type: 'SchemeRegistered'; readonly number: string }
  | { readonly type: 'TicketEnrolled'; readonly ticket: number; readonly holders: readonly Holder[] }
  | { readonly type: 'EnrolmentWithdrawn'; readonly ticket: number }
  /** The ticket that takes the foreman's instalment is fixed here, and wins in no other one. */
  | { readonly type: 'SubscribedDeclared'; readonly companyTicket?: number }
  | { readonly type: 'SchemeCommenced'; readonly certificate: string; readonly copiesDelivered?: Day };
