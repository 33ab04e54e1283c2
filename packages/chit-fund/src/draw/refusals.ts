import type { Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** What a refusal about given data tells of it. */
interface Given {
  /** Where the problem is, such as `bid.amount` or `eligible`. */
  readonly field: string;
  /** What was given there, printed safely, at most 64 characters. */
  readonly given: string;
  /** What would have been accepted, as a sentence. */
  readonly allowed: string;
}

/**
 * What was given for a draw cannot be: an instalment that there is not, tickets that are none or not in order.
 *
 * @severity mistake
 * @retry no
 */
export interface DrawInvalid extends Given {
  readonly code: 'draw_invalid';
}

/**
 * A bid is in no notation that the scheme knows.
 *
 * @severity mistake
 * @retry no
 */
export interface BidInvalid extends Given {
  readonly code: 'bid_invalid';
}

/**
 * The instalment's winner is not found by bids.
 *
 * @severity answer
 * @retry no
 */
export interface BidsNotTaken {
  readonly code: 'bids_not_taken';
  readonly instalment: number;
  /** The agreement knows no bids; the foreman takes the instalment; no more tickets are left than win. */
  readonly why: 'method' | 'company_chit' | 'last_ticket';
}

/**
 * The ticket may not win: it has won, is in default, is given as security, or is no ticket of the scheme.
 *
 * @severity answer
 * @retry later, once the ticket may win
 */
export interface TicketNotEligible {
  readonly code: 'ticket_not_eligible';
  readonly ticket: number;
}

/**
 * A bid is above the highest discount. It is not brought down to it.
 *
 * @severity answer
 * @retry no
 */
export interface BidAboveHighest {
  readonly code: 'bid_above_highest';
  readonly bid: Money;
  readonly highest: Money;
}

/**
 * A bid is below the lowest discount.
 *
 * @severity answer
 * @retry no
 */
export interface BidBelowLowest {
  readonly code: 'bid_below_lowest';
  readonly bid: Money;
  readonly lowest: Money;
}

/**
 * A bid is neither whole steps above the lowest discount nor the highest.
 *
 * @severity answer
 * @retry no
 */
export interface BidOffStep {
  readonly code: 'bid_off_step';
  readonly bid: Money;
  readonly step: Money;
  /** The valid bids next to it. */
  readonly below: Money;
  readonly above: Money;
}

/**
 * A bid came after the auction's end.
 *
 * @severity answer
 * @retry no
 */
export interface BiddingClosed {
  readonly code: 'bidding_closed';
  readonly at: Instant;
  readonly ended: Instant;
}

/**
 * An advance offer, or its withdrawal, came too close to the draw.
 *
 * @severity answer
 * @retry no
 */
export interface NoticeTooShort {
  readonly code: 'notice_too_short';
  readonly at: Instant;
  /** The last instant at which it would have been taken. */
  readonly until: Instant;
}

/**
 * Not all holders of a ticket in parts have consented to the bid.
 *
 * @severity answer
 * @retry later, once they have
 */
export interface ConsentMissing {
  readonly code: 'consent_missing';
  /** Who has not. */
  readonly holders: readonly string[];
}

/**
 * A person would hold more tickets than the agreement allows.
 *
 * @severity answer
 * @retry no
 */
export interface TooManyTickets {
  readonly code: 'too_many_tickets';
  readonly held: number;
  readonly allowed: number;
}

/**
 * A seed, a salt, a context or a word is not of the form that a lot or a sealed bid is made from.
 *
 * @severity mistake
 * @retry no
 */
export interface SecretInvalid extends Given {
  readonly code: 'secret_invalid';
}

/**
 * A lot has to decide a draw for which no seed was given.
 *
 * @severity mistake
 * @retry later, with the seed
 */
export interface LotMissing {
  readonly code: 'lot_missing';
  /** What the lot decides: the winner as agreed, a tie, who wins where too few bid, or the prize of the only ones that may win. */
  readonly purpose: 'lot' | 'tie' | 'no_bids' | 'sole';
}

/**
 * A lot does not follow from what was published.
 *
 * @severity alarm
 * @retry no
 */
export interface LotDiffers {
  readonly code: 'lot_differs';
  readonly part: 'algorithm' | 'commitment' | 'drawn';
  /** What the lot says, at most 64 characters. */
  readonly given: string;
  /** What follows from the rest of it, at most 64 characters. */
  readonly replayed: string;
}

/**
 * A revealed bid is not the one that was committed to.
 *
 * @severity answer
 * @retry no
 */
export interface RevealDiffers {
  readonly code: 'reveal_differs';
  readonly ticket: number;
  /** The commitment of what was revealed, in hex. */
  readonly revealed: string;
  /** The commitment as it was taken, in hex. */
  readonly committed: string;
}
