import { Defect } from '@holdfast/kernel';
import { type Currency, isMoney, isSameCurrency, type Money, money } from '@holdfast/money';
import type { Facts } from '../guards.ts';
import type { Machine, Transition } from './machine.ts';

/** The facts of a command whose input is known by name only. */
export type AmountFacts = Facts<Readonly<Record<string, unknown>>>;

/** Where amounts are named. */
export interface Naming {
  readonly machine: Machine;
  readonly transition: Transition;
  readonly facts: AmountFacts;
}

/**
 * Gives an amount by its name: as the process computes it, or as the command carries it.
 *
 * @throws A defect where there is no such amount.
 */
export function amountNamed({ transition, facts, machine }: Naming, name: string): Money {
  const compute = transition.amounts.get(name) as ((facts: AmountFacts) => Money | undefined) | undefined;
  const amount = compute ? (compute(facts) ?? nothingOf(facts)) : facts.input[name];
  if (!isMoney(amount)) throw new Defect(`${transition.name} of ${machine.kind} has no amount ${name}`);
  return amount;
}

/**
 * Checks an amount that the process computes.
 *
 * @throws A defect where it is below zero or in another currency: a process is to know what it computes.
 */
export function checkComputed({ transition, machine }: Naming, name: string, amount: Money, currency: Currency): void {
  if (!transition.amounts.has(name)) return;
  if (amount.minor >= 0n && isSameCurrency(amount.currency, currency)) return;
  throw new Defect(`${transition.name} of ${machine.kind} computes ${name} as ${amount}`);
}

function nothingOf({ thing, whole }: AmountFacts): Money | undefined {
  const funded = thing?.amount ?? whole?.amount;
  return funded && money(0n, funded.currency);
}
