import { accrue, type Chit, futureLiability, isUnderAct, requiredFor, type Ticket } from '@holdfast/chit-fund';
import { decimal } from '../feed/project-dues.ts';

/** A ticket's prize, and what its holder has to give before it is paid. */
export interface PrizeShown {
  readonly instalment: number;
  readonly status: string;
  readonly amount: string;
  /** What was given for the instalments to come. */
  readonly security: { readonly kind: string; readonly value: string; readonly reference: string } | null;
  /** What is asked for; nothing once the prize is paid, and before the instalment is settled. */
  readonly needed: PrizeNeeded | null;
}

/** The ways to a prize: security that is worth enough, or all instalments to come kept back. */
export interface PrizeNeeded {
  /** All instalments to come, before dividends. */
  readonly toCome: string;
  /** What a security must be worth: in movables, by a surety or as a deposit. */
  readonly movable: string;
  /** What it must be worth in land or houses. */
  readonly immovable: string;
  /** Whether it can be paid out now. */
  readonly ready: boolean;
  /** What stays and what is paid out where no security is given; nothing where the prize is too small for it. */
  readonly prepaid: { readonly kept: string; readonly paid: string } | null;
}

/**
 * Shows the prize of a ticket with what is needed for it.
 *
 * @param chit The scheme.
 * @param number The ticket's.
 * @param today By Indian time: the law of that day says what security has to be worth.
 */
export function showPrize(chit: Chit, number: number, today: string): PrizeShown | null {
  const ticket = chit.tickets[number - 1];
  const prize = ticket?.prize;
  if (!prize) return null;
  const { instalment, status, amount, security } = prize;
  return {
    instalment,
    status,
    amount: decimal(amount),
    security: security ? { ...security, value: decimal(security.value) } : null,
    needed: PAYABLE.has(status) ? neededFor(chit, number, ticket, today) : null,
  };
}

function neededFor(chit: Chit, number: number, { prize, arrears }: Ticket, today: string): PrizeNeeded {
  const toCome = futureLiability(chit, number);
  const movable = requiredFor(chit, number, 'movable', today);
  const kept = toCome + owedOf(chit, arrears, today);
  const amount = prize?.amount ?? 0n;
  return {
    toCome: decimal(toCome),
    movable: decimal(movable),
    immovable: decimal(requiredFor(chit, number, 'immovable', today)),
    ready: !isUnderAct(chit) || prize?.security !== undefined || movable === 0n,
    prepaid: kept > amount || toCome === 0n ? null : { kept: decimal(kept), paid: decimal(amount - kept) },
  };
}

/** Gives what is open of arrears with interest up to a day, in minor units. */
export function owedOf({ terms }: Pick<Chit, 'terms'>, arrears: Ticket['arrears'], today: string): bigint {
  return arrears
    .map((arrear) => accrue(arrear, terms.late, today))
    .reduce((sum, { principal, forfeited, interest }) => sum + principal + forfeited + interest, 0n);
}

const PAYABLE: ReadonlySet<string> = new Set(['awaiting', 'secured', 'deposited']);
