import type { Transfer } from '@holdfast/kernel';
import { isSameCurrency, type Money, money } from '@holdfast/money';

/** The transfers of a step as they come together: equal ones become one, and what goes nowhere is left out. */
export class MoveList {
  readonly #moves: Transfer[] = [];

  add(move: Transfer): void {
    const { from, to, amount, kind } = move;
    if (amount.minor === 0n || from === to) return;
    const index = this.#moves.findIndex((other) => isSameRoute(other, move));
    const same = this.#moves[index];
    if (same) this.#moves[index] = { from, to, amount: sumOf(same.amount, amount), kind };
    else this.#moves.push({ from, to, amount, kind });
  }

  get moves(): readonly Transfer[] {
    return this.#moves;
  }
}

function isSameRoute(left: Transfer, right: Transfer): boolean {
  const isSamePlace = left.from === right.from && left.to === right.to;
  return isSamePlace && left.kind === right.kind && isSameCurrency(left.amount.currency, right.amount.currency);
}

function sumOf(left: Money, right: Money): Money {
  return money(left.minor + right.minor, left.currency);
}
