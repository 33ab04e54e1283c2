import type { Transfer } from '@holdfast/kernel';
import { type Money, minimum, subtract, zero } from '@holdfast/money';
import type { AttemptPosting } from '@holdfast/providers';
import { COSTS } from '../accounts.ts';
import type { ReversalAttempt } from './payout.ts';

/** Between which accounts the money of an attempt of a reversal moves, and what is there. */
export interface RecoveryPlaces {
  readonly recovery: string;
  readonly debts: string;
  readonly world: string;
  readonly suspense: string;
  /** What the payee owes us, without what is set aside. */
  readonly debt: Money;
  /** Names of returns of the transfer whose money was placed before anybody knew that they are of this reversal. */
  readonly placed: ReadonlySet<string>;
  readonly short: Money;
  readonly taken: ReversalAttempt['taken'];
}

/** What an attempt of a reversal has set aside and taken after some postings, and the transfers that bring it there. */
export interface PlacedRecovery extends Pick<ReversalAttempt, 'short' | 'taken'> {
  readonly transfers: readonly Transfer[];
}

/**
 * Turns what follows from a step of a reversal into transfers. What is asked for is set aside from the payee's debts, so that nothing else recovers it meanwhile; what
 * comes back settles it; what ends with a no is a debt again. Total: what comes back and was not set aside is left to the return of the transfer.
 *
 * @source docs/rules/payouts.md, P-29, P-30
 */
export function placeRecovery(postings: readonly AttemptPosting[], places: RecoveryPlaces): PlacedRecovery {
  const { recovery, debts, world, suspense } = places;
  const transfers: Transfer[] = [];
  let { debt, short, taken } = places;
  const move = (from: string, to: string, amount: Money, kind: string): void => {
    if (amount.minor > 0n) transfers.push({ from, to, amount, kind });
  };
  for (const posting of postings) {
    const { amount } = posting;
    switch (posting.kind) {
      case 'to_transit': {
        const there = minimum(amount, debt);
        debt = subtract(debt, there);
        short = subtract(amount, there);
        move(recovery, debts, there, 'debt_set_aside');
        break;
      }
      case 'back_to_owed':
        move(debts, recovery, subtract(amount, minimum(amount, short)), 'debt_set_back');
        short = zero(short.currency);
        break;
      case 'paid': {
        const uncovered = minimum(amount, short);
        const settled = subtract(amount, uncovered);
        short = subtract(short, uncovered);
        if (places.placed.has(posting.object)) move(debts, recovery, settled, 'debt_set_back');
        else {
          move(world, recovery, settled, 'debt_recovery');
          taken = [...taken, { object: posting.object, amount: settled }];
        }
        break;
      }
      case 'returned':
        // It went to the payee once more.
        move(debts, world, amount, 'debt');
        break;
      case 'returned_excess':
        move(suspense, world, amount, 'payout_excess');
        break;
      case 'fee':
        move(COSTS, world, amount, 'provider_fee');
        break;
      case 'excess':
        // More than was asked for: the return of the transfer places it.
        break;
    }
  }
  return { transfers, short, taken };
}
