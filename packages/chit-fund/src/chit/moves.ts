import type { Transfer } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import { schemeAccount } from './accounts.ts';
import type { Chit } from './state.ts';

/** Gathers the transfers of one event; nothing moves where the amount is zero, and what is below zero moves the other way. */
export class Moves {
  readonly transfers: Transfer[] = [];
  private readonly chit: Pick<Chit, 'terms'>;

  constructor(chit: Pick<Chit, 'terms'>) {
    this.chit = chit;
  }

  /** Adds a movement of some minor units. */
  add(from: string, to: string, minor: bigint, kind: string): this {
    if (minor < 0n) return this.add(to, from, -minor, kind);
    if (minor > 0n)
      this.transfers.push({ from, to, amount: money(minor, this.chit.terms.subscription.currency), kind });
    return this;
  }

  /**
   * Adds what makes the carry another one. Below zero it lies in the advance: the foreman has put it in until a pool gives it back.
   *
   * @param other - The account that gives, or gets, the difference.
   */
  addCarry(scheme: string, other: string, change: { readonly before: bigint; readonly after: bigint }): this {
    const { before, after } = change;
    return this.add(other, schemeAccount(scheme, 'carry'), above(after) - above(before), 'carry').add(
      other,
      schemeAccount(scheme, 'advance'),
      below(after) - below(before),
      'carry',
    );
  }
}

function above(minor: bigint): bigint {
  return minor > 0n ? minor : 0n;
}

function below(minor: bigint): bigint {
  return minor < 0n ? minor : 0n;
}
