import type { SchemeStatus, SubscriptionStatus } from '../host/tables.ts';

/** Gives the seed's status of a phase. */
export function statusOf(phase: string): SchemeStatus {
  return STATUSES[phase] ?? 'ACTIVE';
}

/** What the seed's status of a subscription follows from. */
export interface TicketView {
  readonly membership: string;
  readonly liability: string;
}

/** Gives the seed's status of a ticket's subscription, for one who holds it or was removed from it. */
export function subscriptionStatusOf(phase: string, { membership, liability }: TicketView): SubscriptionStatus {
  if (ENDED.has(phase) || membership === 'left') return 'COMPLETED';
  if (membership === 'defaulted' || membership === 'removed') return 'DEFAULTED';
  return IN_DEFAULT.has(liability) ? 'DEFAULTED' : 'ACTIVE';
}

const STATUSES: { readonly [phase: string]: SchemeStatus } = {
  draft: 'DRAFT',
  rejected: 'DRAFT',
  submitted: 'PENDING_APPROVAL',
  sanctioned: 'PENDING_APPROVAL',
  registered: 'PENDING_APPROVAL',
  fully_subscribed: 'PENDING_APPROVAL',
  running: 'ACTIVE',
  suspended: 'ACTIVE',
  matured: 'ACTIVE',
  lapsed: 'COMPLETED',
  terminated_by_consent: 'ACTIVE',
  terminated_by_incapacity: 'ACTIVE',
  completed: 'COMPLETED',
};

const ENDED: ReadonlySet<string> = new Set(['completed', 'lapsed']);
const IN_DEFAULT: ReadonlySet<string> = new Set(['demanded', 'accelerated', 'in_dispute', 'written_off']);
