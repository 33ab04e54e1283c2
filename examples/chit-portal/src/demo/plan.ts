import type { Day, SchemeTerms } from '@holdfast/chit-fund';
import { inr, type Money, money } from '@holdfast/money';
import { chance } from './chance.ts';

/** What becomes of a ticket's holder who cannot pay. */
export type Trouble =
  /** Stops paying in an instalment before he has won, is struck off, and another member takes the ticket over. */
  | { readonly kind: 'substituted'; readonly from: number; readonly by: string }
  /** Is struck off and comes back within the week. */
  | { readonly kind: 'reinstated'; readonly from: number }
  /** Is struck off, nobody takes the ticket over, and the foreman holds it. */
  | { readonly kind: 'vacant'; readonly from: number }
  /** Wins early, stops paying, and all that is to come is demanded and recovered. */
  | { readonly kind: 'accelerated'; readonly from: number };

/** How the holder of one ticket behaves. */
export interface MemberPlan {
  readonly ticket: number;
  readonly member: string;
  /** How likely a payment comes late. */
  readonly lateness: number;
  /** In which instalment the money is needed most. */
  readonly needs: number;
  /** How much of the highest discount it is worth then, from 0 to 1. */
  readonly urgency: number;
  readonly trouble?: Trouble;
}

/** One scheme of the demo: all that anybody in it will do, but for what the book decides. */
export interface SchemePlan {
  readonly id: string;
  readonly foreman: string;
  readonly terms: SchemeTerms;
  /** In the order of the tickets. */
  readonly members: readonly MemberPlan[];
}

/** Plans all schemes. A plan is a function of its number alone. */
export function planSchemes(): readonly SchemePlan[] {
  return Array.from({ length: SCHEMES }, (_, index) => planScheme(index));
}

function planScheme(index: number): SchemePlan {
  const id = `chit-${String(index + 1).padStart(2, '0')}`;
  const members = Array.from({ length: TICKETS }, (_, at) => planMember(id, index, at + 1));
  return { id, foreman: `foreman-${(index % FOREMEN) + 1}`, terms: termsOf(id, index), members };
}

function planMember(scheme: string, index: number, ticket: number): MemberPlan {
  const trouble = troubleOf(index, ticket);
  return {
    ticket,
    member: memberOf(index, ticket),
    lateness: chance(scheme, ticket, 'habit') < 0.2 ? 0.3 : 0.02,
    needs: 1 + Math.floor(chance(scheme, ticket, 'needs') * TICKETS),
    urgency: chance(scheme, ticket, 'urgency'),
    ...(trouble ? { trouble } : {}),
  };
}

/** Names the member who holds a ticket at first: each of a thousand one. */
function memberOf(index: number, ticket: number): string {
  return `member-${String(index * TICKETS + ticket).padStart(4, '0')}`;
}

/** At most two tickets of a scheme are in trouble, never in the last months, so that all is over when the scheme is. */
function troubleOf(index: number, ticket: number): Trouble | undefined {
  const from = 4 + (index % 7);
  if (ticket === TROUBLED) {
    if (index % 4 === 0) return { kind: 'reinstated', from };
    if (index % 4 === 3) return { kind: 'vacant', from };
    // Another scheme's member: one person may hold several tickets.
    return { kind: 'substituted', from, by: memberOf((index + 1) % SCHEMES, 1) };
  }
  if (ticket === OVERREACHED && index % 2 === 0) return { kind: 'accelerated', from: 9 + (index % 5) };
  return undefined;
}

function termsOf(id: string, index: number): SchemeTerms {
  const subscription = SUBSCRIPTIONS[index % SUBSCRIPTIONS.length] as Money;
  return {
    name: `Chit ${id.slice(5)}`,
    method: { type: 'open_auction' },
    subscription,
    tickets: TICKETS,
    instalments: TICKETS,
    starts: STARTS[index % STARTS.length] as Day,
    every: 'month',
    state: 'KA',
    dueAfterDays: DUE_AFTER_DAYS,
    commission: { basisPoints: 500n, taken: 'from_discount' },
    discount: {
      maximumBasisPoints: CEILINGS[index % CEILINGS.length] as bigint,
      minimum: 'commission',
      step: money(subscription.minor / 20n, subscription.currency),
      tie: index % 2 === 0 ? 'earliest' : 'lot',
      noBids: 'lot',
    },
    dividend: { lag: index % 2 === 0 ? 0 : 1, among: 'all', unit: index % 5 === 0 ? inr('10') : inr('1') },
    tax: { bearer: index % 3 === 0 ? 'foreman' : 'winner' },
    late: {
      graceDays: GRACE_DAYS,
      interestBasisPoints: 1_800n,
      by: index % 2 === 0 ? 'actual_365' : 'month',
      forfeit: FORFEITS[index % FORFEITS.length] as SchemeTerms['late']['forfeit'],
      first: index % 3 === 0 ? 'principal' : 'interest',
    },
  };
}

/** Says whether a ticket pays an instalment late, for who is in no trouble then. */
export function paysLate({ id }: SchemePlan, { ticket, lateness }: MemberPlan, instalment: number): boolean {
  return chance(id, ticket, instalment, 'late') < lateness;
}

/** What a ticket would forgo to win an instalment, in minor units; nothing where it does not bid. */
export function willingToForgo(
  { id, terms }: SchemePlan,
  { ticket, needs, urgency, trouble }: MemberPlan,
  instalment: number,
  bounds: { readonly least: bigint; readonly most: bigint; readonly step: bigint },
): bigint | undefined {
  if (trouble?.kind === 'accelerated') return instalment <= 3 ? bounds.most : undefined;
  if (trouble !== undefined && trouble.kind !== 'reinstated' && instalment <= trouble.from + STRUCK_OFF_AFTER)
    return undefined;
  if (chance(id, ticket, instalment, 'comes') > 0.4) return undefined;
  const nearness = Math.max(0, 1 - Math.abs(instalment - needs) / 12);
  // The longer the money is held, the more it is worth: nobody forgoes much near the end.
  const worth = (0.3 + 0.9 * urgency * nearness) * (1 - (instalment - 1) / terms.instalments);
  const { least, most, step } = bounds;
  if (worth < 0.05) return undefined;
  if (worth >= 1) return most;
  const steps = (most - least) / step;
  return least + step * BigInt(Math.floor(Number(steps) * worth));
}

/** What somebody pays who is late and rounds up: more than subscription and interest, the rest is credit. */
export function latePayment({ terms }: SchemePlan): Money {
  return money((terms.subscription.minor * 21n) / 20n, terms.subscription.currency);
}

/** Instalments that are missed before somebody is struck off. */
export const STRUCK_OFF_AFTER = 2;
/** Days from a draw to its due day. */
const DUE_AFTER_DAYS = 5;
/** Days after the due day that still count as on time. */
export const GRACE_DAYS = 5;

/** Tickets of a scheme, and its instalments. */
const TICKETS = 25;
const SCHEMES = 40;
const FOREMEN = 4;
const TROUBLED = 7;
const OVERREACHED = 13;
const SUBSCRIPTIONS = [inr('1000'), inr('2000'), inr('4000'), inr('10000'), inr('20000')];
const CEILINGS = [3_000n, 3_500n, 4_000n];
const STARTS = ['2023-08-01', '2023-08-08', '2023-09-01', '2023-09-08'];
const FORFEITS = ['nothing', 'foreman', 'pool', 'restore_on_cure'];
