import type { Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Finding } from '../law/agreement.ts';
import type { Day } from '../terms/terms.ts';
import type { InstalmentStatus, Phase, PrizeStatus } from './state.ts';

/**
 * There is no scheme of this id.
 *
 * @severity mistake
 * @retry once it is drafted
 */
export interface ChitUnknown extends Refusal<'chit_unknown'> {
  readonly chit: string;
}

/**
 * A scheme of this id was drafted before.
 *
 * @severity mistake
 * @retry no
 */
export interface ChitExists extends Refusal<'chit_exists'> {
  readonly chit: string;
}

/**
 * This is for somebody else to do: the scheme's foreman, the registrar, the ticket's own holder.
 *
 * @severity answer
 * @retry no
 */
export interface ChitActorNotAllowed extends Refusal<'chit_actor_not_allowed'> {
  readonly command: string;
  readonly role: string;
  /** The roles that may. */
  readonly allowed: readonly string[];
}

/**
 * The scheme is not in a phase in which this can be done.
 *
 * @severity answer
 * @retry once the scheme is in another phase
 */
export interface ChitWrongPhase extends Refusal<'chit_wrong_phase'> {
  readonly chit: string;
  readonly phase: Phase;
  /** The phases in which it can. */
  readonly allowed: readonly Phase[];
}

/**
 * The agreement does not say what it has to say, or goes beyond what the law allows.
 *
 * @severity answer
 * @retry once the draft is revised
 */
export interface SchemeNotCompliant extends Refusal<'scheme_not_compliant'> {
  /** What is against the law, each with section, rule, what was given and what is allowed. */
  readonly findings: readonly Finding[];
}

/**
 * The sanction has lapsed, or it cannot be prolonged any further; or its time is not over yet.
 *
 * @severity answer
 * @retry no
 */
export interface SanctionTimeWrong extends Refusal<'sanction_time_wrong'> {
  readonly lapsesOn: Day;
  readonly today: Day;
}

/**
 * The scheme has no such ticket.
 *
 * @severity mistake
 * @retry no
 */
export interface TicketUnknown extends Refusal<'ticket_unknown'> {
  readonly ticket: number;
  /** How many it has. */
  readonly tickets: number;
}

/**
 * Somebody holds the ticket already, or nobody does where somebody has to.
 *
 * @severity answer
 * @retry no
 */
export interface TicketHolding extends Refusal<'ticket_holding'> {
  readonly ticket: number;
  /** Who holds it. */
  readonly holders: readonly string[];
}

/**
 * Not every ticket is subscribed, or the foreman holds none although the agreement gives him an instalment.
 *
 * @severity answer
 * @retry once they are enrolled
 */
export interface TicketsOpen extends Refusal<'tickets_open'> {
  /** Tickets that nobody holds. */
  readonly open: readonly number[];
  readonly foremanNeeded: boolean;
}

/**
 * The scheme counts in another currency.
 *
 * @severity mistake
 * @retry no
 */
export interface ChitCurrencyDiffers extends Refusal<'chit_currency_differs'> {
  readonly given: string;
  readonly expected: string;
}

/**
 * No draw of this instalment can be opened now, or none is open, or another one is.
 *
 * @severity answer
 * @retry once the draws before it are settled
 */
export interface DrawWrongState extends Refusal<'draw_wrong_state'> {
  readonly instalment: number;
  /** The instalment whose draw is open, or comes next; 0 for none. */
  readonly next: number;
  readonly status: InstalmentStatus;
}

/**
 * The day of the draw has not come, or is not over.
 *
 * @severity answer
 * @retry on the day
 */
export interface ChitNotDue extends Refusal<'chit_not_due'> {
  readonly instalment: number;
  /** The first day on which it can be done. */
  readonly from: Day;
  readonly today: Day;
}

/**
 * Too few subscribers are present.
 *
 * @severity answer
 * @retry once enough are present
 */
export interface QuorumMissing extends Refusal<'quorum_missing'> {
  readonly present: number;
  readonly least: number;
}

/**
 * A lot may have to decide, and nothing was committed to from which it could be drawn.
 *
 * @severity mistake
 * @retry with a commitment
 */
export interface LotCommitmentMissing extends Refusal<'lot_commitment_missing'> {
  readonly instalment: number;
}

/**
 * The bidding of this draw is over, or sealed bids are not taken in this way.
 *
 * @severity answer
 * @retry no
 */
export interface BiddingOver extends Refusal<'bidding_over'> {
  readonly instalment: number;
  readonly why: 'ended' | 'sealed' | 'open' | 'not_committed' | 'not_over';
}

/**
 * The instalment is not in a state in which this can be done.
 *
 * @severity answer
 * @retry once it is
 */
export interface InstalmentWrongStatus extends Refusal<'instalment_wrong_status'> {
  readonly instalment: number;
  readonly status: InstalmentStatus;
}

/**
 * A payment of this number came in before.
 *
 * @severity mistake
 * @retry no
 */
export interface PaymentExists extends Refusal<'payment_exists'> {
  readonly payment: string;
}

/**
 * The ticket has no such payment that could still be taken back.
 *
 * @severity answer
 * @retry no
 */
export interface PaymentNotReversible extends Refusal<'payment_not_reversible'> {
  readonly ticket: number;
  readonly payment: string;
}

/**
 * The ticket has less credit, or the prize is smaller than what would be kept of it.
 *
 * @severity answer
 * @retry once there is enough
 */
export interface CreditTooSmall extends Refusal<'credit_too_small'> {
  readonly ticket: number;
  readonly required: Money;
  readonly available: Money;
}

/**
 * The ticket owes nothing, or was late with nothing, that this could be about.
 *
 * @severity answer
 * @retry no
 */
export interface NothingOpen extends Refusal<'nothing_open'> {
  readonly ticket: number;
}

/**
 * The ticket's prize is not in a state in which this can be done.
 *
 * @severity answer
 * @retry once it is
 */
export interface PrizeWrongStatus extends Refusal<'prize_wrong_status'> {
  readonly ticket: number;
  readonly status: PrizeStatus | 'none';
}

/**
 * Security for the instalments to come is missing, or worth too little.
 *
 * @severity answer
 * @retry once enough is given
 */
export interface SecurityTooSmall extends Refusal<'security_too_small'> {
  readonly ticket: number;
  readonly required: Money;
  readonly given: Money;
}

/**
 * A draw of this method cannot be held anew, or not for this winner.
 *
 * @severity answer
 * @retry no
 */
export interface RedrawNotPossible extends Refusal<'redraw_not_possible'> {
  readonly instalment: number;
  readonly why: 'method' | 'company_chit' | 'not_winner' | 'too_early';
}

/**
 * Money still lies in the scheme, or is owed to it.
 *
 * @severity answer
 * @retry once all is paid
 */
export interface ChitNotEmpty extends Refusal<'chit_not_empty'> {
  /** Accounts that are not at zero, with what they have, in minor units as text. */
  readonly accounts: readonly { readonly account: string; readonly balance: string }[];
}
