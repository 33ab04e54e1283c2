import type { Instant } from '@holdfast/kernel';
import type { PayeeFacts } from '../../eligibility/facts.ts';
import type { Hold } from '../../eligibility/hold.ts';

/** Somebody who is owed money, and what says whether anything may be sent there. */
export interface Payee extends PayeeFacts {
  readonly onboarded: boolean;
  readonly frozen: boolean;
  readonly destination?: { readonly address: string; readonly since: Instant; readonly quietUntil?: Instant };
  readonly holds: readonly Hold[];
}
