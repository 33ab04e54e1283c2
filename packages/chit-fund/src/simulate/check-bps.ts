import { printGiven } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { WHOLE_BPS } from '../terms/derive.ts';
import type { SimulationInvalid } from './refusals.ts';

/**
 * Tells whether the figures of a model are basis points in their order.
 *
 * @param figures - By their names.
 * @param inOrder - Whether they are in the order that the model asks for.
 */
export function checkBps(
  figures: Readonly<Record<string, bigint>>,
  inOrder = true,
): Result<undefined, SimulationInvalid> {
  for (const [field, value] of Object.entries(figures)) {
    if (typeof value === 'bigint' && value >= 0n && value <= WHOLE_BPS) continue;
    const allowed = `a bigint from 0n to ${WHOLE_BPS}n`;
    return err({ code: 'simulation_invalid', field, given: printGiven(value), allowed });
  }
  const names = Object.keys(figures).join(', ');
  if (inOrder) return ok(undefined);
  return err({ code: 'simulation_invalid', field: names, given: 'another order', allowed: 'the lower figure below' });
}
