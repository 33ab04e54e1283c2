import { type Day, wholeMonths } from '../calendar.ts';
import { WHOLE_BPS } from '../factors.ts';
import type { History } from '../history.ts';
import type { ScoreParameters } from '../model/score-model.ts';
import type { LostShare } from '../reason.ts';
import type { FactorFound } from './payment-history.ts';

/**
 * Finds what schemes somebody stood by: the months since the first one began, the schemes completed, and a half of it
 * for each ticket that was struck off.
 *
 * @param history - The member's history.
 * @param asOf - The day of the score.
 * @param params - The model's parameters.
 * @returns The factor, rounded down. Joining alone earns nothing.
 * @source docs/rules/chit-score.md, CS-8
 */
export function schemeParticipation(history: History, asOf: Day, params: ScoreParameters): FactorFound {
  const { tenure, completedBps } = params;
  const { memberSince, completedSchemes, removals } = history;
  const since = memberSince === undefined ? 0 : wholeMonths(memberSince, asOf);
  const months = Math.min(tenure.months, since);
  // Everything over `tenure.months × 2^completed × 2^removals`, so that nothing is rounded before the end.
  const all = BigInt(tenure.months);
  const halves = 2n ** BigInt(completedSchemes.length);
  const halved = 2n ** BigInt(removals.length);
  const shortTime = tenure.bps * (all - BigInt(months)) * halves * halved;
  const fewCompleted = completedBps * all * halved;
  const earned = WHOLE_BPS * all * halves - (shortTime + fewCompleted) / halved;
  const removed = earned * (halved - 1n);
  const shares: readonly LostShare[] = [
    { code: 'SP01', weight: shortTime, evidence: [], help: { action: 'stay_in_schemes', about: [] } },
    { code: 'SP02', weight: fewCompleted, evidence: completedSchemes, help: { action: 'complete_scheme', about: [] } },
    { code: 'SP03', weight: removed, evidence: removals, help: { action: 'none', about: [] } },
  ];
  return { bps: earned / (all * halves * halved), shares, evidence: completedSchemes };
}
