import { type Money, money } from '@holdfast/money';
import type { Thing } from './process/thing.ts';

/**
 * Gives what a thing holds of all its lines.
 *
 * @returns `undefined` before the funding, when there is no currency yet.
 */
export function heldBy(thing: Thing): Money | undefined {
  return total(thing, ({ rest }) => rest);
}

/**
 * Gives what came in when the thing was funded: the charge.
 *
 * @returns `undefined` before the funding.
 */
export function fundedOf(thing: Thing): Money | undefined {
  return total(thing, ({ frozen }) => frozen);
}

/**
 * Gives what left a thing by one way.
 *
 * @returns `undefined` before the funding.
 */
export function leftBy(thing: Thing, way: string): Money | undefined {
  const lines = thing.left[way] ?? {};
  return total(thing, ({ frozen }, name) => lines[name] ?? money(0n, frozen.currency));
}

function total(
  thing: Thing,
  share: (line: NonNullable<Thing['lines'][string]>, name: string) => Money,
): Money | undefined {
  if (!thing.amount) return undefined;
  let minor = 0n;
  for (const [name, line] of Object.entries(thing.lines)) if (line) minor += share(line, name).minor;
  return money(minor, thing.amount.currency);
}
