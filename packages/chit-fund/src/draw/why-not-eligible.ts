/** What a ticket's right to win hangs on. */
export interface TicketRight {
  readonly ticket: number;
  /** Has won, in this scheme. */
  readonly prized: boolean;
  /** Struck off, moved to another holder, or never taken. */
  readonly vacant: boolean;
  /** Owes an instalment whose days of grace are over. */
  readonly inArrears: boolean;
  /** Paid up only by a payment that may still bounce. */
  readonly uncleared: boolean;
  /** Given as security for another ticket that has won. */
  readonly underLien: boolean;
}

/** Why a ticket may not win. */
export type Ineligible = 'prized' | 'vacant' | 'in_arrears' | 'payment_uncleared' | 'under_lien';

/**
 * Says why a ticket may not bid or win; an empty list where it may. It is asked for each ticket by itself: what another ticket of the same holder owes is of
 * no account, unless this one was given as security for it.
 *
 * @param right - What is known of the ticket.
 * @returns All reasons, in the order of the type.
 * @source docs/rules/chit-fund.md, CF-21
 */
export function whyNotEligible(right: TicketRight): readonly Ineligible[] {
  const reasons: readonly [boolean, Ineligible][] = [
    [right.prized, 'prized'],
    [right.vacant, 'vacant'],
    [right.inArrears, 'in_arrears'],
    [right.uncleared, 'payment_uncleared'],
    [right.underLien, 'under_lien'],
  ];
  return reasons.filter(([holds]) => holds).map(([, reason]) => reason);
}
