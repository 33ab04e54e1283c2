import type { Transfer } from '@holdfast/kernel';
import { add, type Currency, isSameCurrency, type Money, minimum, subtract, zero } from '@holdfast/money';
import type { AttemptPosting } from '@holdfast/providers';
import { COSTS, owedAccount } from '../accounts.ts';
import type { AttemptShare } from './payout.ts';

/** Between which accounts the money of an attempt moves, and what is there. */
export interface MoneyPlaces {
  readonly currency: Currency;
  readonly transit: string;
  readonly world: string;
  readonly suspense: string;
  readonly debts: string;
  /** What the payee owes us. */
  readonly debt: Money;
  /** What each obligation is owed, in the order of the payout. */
  readonly owed: readonly { readonly obligation: string; readonly amount: Money }[];
  /** How much each obligation gives to an attempt that starts; as much as is owed, in order, where it is absent. */
  readonly sent?: readonly { readonly obligation: string; readonly amount: Money }[];
  readonly shares: readonly AttemptShare[];
}

/** Where the money of an attempt is after some postings, and the transfers that bring it there. */
export interface PlacedMoney {
  readonly transfers: readonly Transfer[];
  readonly shares: readonly AttemptShare[];
}

/**
 * Turns what follows from a step of an attempt into transfers, obligation by obligation. Total: what nobody is owed comes from suspense, and what nobody can
 * be given goes there, so that no fact is ever refused for want of money.
 *
 * @source docs/rules/payouts.md, P-19, P-20
 */
export function placeMoney(postings: readonly AttemptPosting[], places: MoneyPlaces): PlacedMoney {
  const placing = new Placing(places);
  for (const posting of postings) placing.place(posting);
  return { transfers: placing.transfers, shares: placing.shares };
}

class Placing {
  readonly transfers: Transfer[] = [];
  shares: readonly AttemptShare[];
  readonly #places: MoneyPlaces;
  #debt: Money;

  constructor(places: MoneyPlaces) {
    this.#places = places;
    this.#debt = places.debt;
    this.shares = places.shares;
  }

  place(posting: AttemptPosting): void {
    const { transit, world, suspense } = this.#places;
    const { amount } = posting;
    switch (posting.kind) {
      case 'to_transit':
        this.#toTransit(amount);
        break;
      case 'back_to_owed':
        this.#backToOwed(amount);
        break;
      case 'paid':
        this.#spread(amount, 'forward', (share) => share.transit, paidOf);
        this.#move(transit, world, amount, 'payout');
        break;
      case 'excess':
        this.#move(suspense, world, amount, 'payout_excess');
        break;
      case 'returned':
        this.#returned(amount, posting.reference !== undefined);
        break;
      case 'returned_excess':
        this.#move(world, suspense, amount, 'payout_return_excess');
        break;
      case 'fee':
        this.#move(COSTS, world, amount, 'provider_fee');
        break;
    }
  }

  #toTransit(amount: Money): void {
    const { owed, sent = owed, transit, suspense } = this.#places;
    let left = amount;
    for (const { obligation, amount: there } of sent) {
      const part = minimum(there, left);
      left = subtract(left, part);
      this.#enter(obligation, part);
      this.#move(owedAccount(obligation), transit, part, 'payout_intent');
    }
    this.#enter(null, left);
    this.#move(suspense, transit, left, 'payout_unexplained');
  }

  #backToOwed(amount: Money): void {
    const { transit, suspense } = this.#places;
    const parts = this.#spread(amount, 'backward', (share) => share.transit, backOf);
    for (const { obligation, part } of parts) {
      const to = obligation === null ? suspense : owedAccount(obligation);
      this.#move(transit, to, part, 'payout_back');
    }
  }

  #returned(amount: Money, ours: boolean): void {
    const { world, debts, suspense, currency } = this.#places;
    if (!isSameCurrency(amount.currency, currency)) {
      this.#move(world, suspense, amount, 'payout_return_excess');
      return;
    }
    const forDebts = ours ? minimum(amount, this.#debt) : zero(currency);
    this.#debt = subtract(this.#debt, forDebts);
    this.#move(world, debts, forDebts, 'debt_recovery');
    const rest = subtract(amount, forDebts);
    const parts = this.#spread(rest, 'backward', (share) => subtract(share.paid, share.returned), returnedOf);
    let left = rest;
    for (const { obligation, part } of parts) {
      left = subtract(left, part);
      this.#move(world, obligation === null ? suspense : owedAccount(obligation), part, 'payout_return');
    }
    this.#move(world, suspense, left, 'payout_return_excess');
  }

  #enter(obligation: string | null, amount: Money): void {
    if (amount.minor === 0n) return;
    const known = this.shares.find((share) => share.obligation === obligation);
    const nothing = zero(amount.currency);
    const share = known ?? { obligation, transit: nothing, paid: nothing, returned: nothing, fee: nothing };
    const others = this.shares.filter((one) => one !== known);
    this.shares = [...others, { ...share, transit: add(share.transit, amount) }];
  }

  /** Takes an amount from the shares, the first or the last first, and says how much from which. */
  #spread(
    amount: Money,
    order: 'forward' | 'backward',
    available: (share: AttemptShare) => Money,
    change: (share: AttemptShare, part: Money) => AttemptShare,
  ): readonly { readonly obligation: string | null; readonly part: Money }[] {
    let left = amount;
    const shares = order === 'forward' ? [...this.shares] : [...this.shares].reverse();
    const parts = shares.map((share) => {
      const part = minimum(available(share), left);
      left = subtract(left, part);
      return { share: change(share, part), obligation: share.obligation, part };
    });
    const changed = parts.map(({ share }) => share);
    this.shares = order === 'forward' ? changed : changed.reverse();
    return parts;
  }

  #move(from: string, to: string, amount: Money, kind: string): void {
    if (amount.minor > 0n) this.transfers.push({ from, to, amount, kind });
  }
}

function paidOf(share: AttemptShare, part: Money): AttemptShare {
  return { ...share, transit: subtract(share.transit, part), paid: add(share.paid, part) };
}

function backOf(share: AttemptShare, part: Money): AttemptShare {
  return { ...share, transit: subtract(share.transit, part) };
}

function returnedOf(share: AttemptShare, part: Money): AttemptShare {
  return { ...share, returned: add(share.returned, part) };
}
