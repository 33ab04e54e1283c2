import { basisPoints, type Rounding, ratio, roundings } from '@holdfast/money';
import * as fc from 'fast-check';
import { defineFees } from '../define-fees.ts';
import type { FeeRuleInput, FeeSchedule } from '../fee-schedule.ts';

/** Which schedules to make. */
export interface ScheduleShape {
  /** The most fees; 4 unless given. */
  readonly mostFees?: number;
  /** The most deductive fees among them; as many as there are fees unless given. */
  readonly mostDeductive?: number;
}

/**
 * Makes a schedule of percentage fees, additive and deductive, in any rounding; the deductive ones together take at
 * most half of the amount.
 *
 * @param shape - How many fees.
 * @returns An arbitrary of schedules without fixed parts and bounds, fit for any currency.
 */
export function anySchedule(shape: ScheduleShape = {}): fc.Arbitrary<FeeSchedule> {
  const { mostFees = 4, mostDeductive = mostFees } = shape;
  const anyRule = fc.record({
    additive: fc.boolean(),
    points: fc.bigInt({ min: 0n, max: 5_000n }),
    rounding: fc.constantFrom<Rounding>(...roundings),
  });
  return fc.array(anyRule, { maxLength: mostFees }).map((drafts) => {
    let deductive = 0;
    const most = BigInt(Math.max(1, Math.min(mostDeductive, drafts.length)));
    const rules = drafts.map(({ additive, points, rounding }, index): [string, FeeRuleInput] => {
      const isDeductive = !additive && deductive < mostDeductive;
      if (isDeductive) deductive += 1;
      const { num, den } = basisPoints(points);
      const rate = isDeductive ? ratio(num, den * most) : ratio(num, den);
      const payer = isDeductive ? 'payee' : 'customer';
      return [`fee${index}`, { payer, mode: isDeductive ? 'deductive' : 'additive', rate, rounding }];
    });
    return defineFees('any', Object.fromEntries(rules));
  });
}
