import { WHOLE_BPS } from '../factors.ts';
import type { History } from '../history.ts';
import type { ScoreParameters } from '../model/score-model.ts';
import type { FactorFound } from './payment-history.ts';

/**
 * Finds how many of the listed fields of a profile are there and verified; no other field is looked at.
 *
 * @param history - The member's history.
 * @param params - The model's parameters.
 * @returns The factor, rounded down.
 * @source docs/rules/chit-score.md, CS-8, CS-9
 */
export function profileCompleteness(history: History, params: ScoreParameters): FactorFound {
  const fields = params.profileFields;
  const there = fields.filter((field) => history.verifiedFields.has(field));
  const shares = fields.flatMap((field, index) => {
    if (history.verifiedFields.has(field)) return [];
    const code = `PR${String(index + 1).padStart(2, '0')}`;
    return [{ code, weight: 1n, evidence: [field], help: { action: 'verify_field', about: [field] } as const }];
  });
  return { bps: (WHOLE_BPS * BigInt(there.length)) / BigInt(fields.length), shares, evidence: there };
}
