import { equals, formatDecimal, type Money } from '@holdfast/money';

/** One equation of a proof, with both of its sides. */
export interface Equation {
  readonly says: string;
  readonly left: string;
  readonly right: string;
  readonly holds: boolean;
}

/** Compares two amounts that were come by in two ways. */
export function equation(says: string, left: Money, right: Money): Equation {
  return { says, left: formatDecimal(left), right: formatDecimal(right), holds: equals(left, right) };
}
