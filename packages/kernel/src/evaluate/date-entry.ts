import { Defect } from '../faults.ts';
import { type Instant, isInstant } from '../instant.ts';
import { show } from '../refusals.ts';
import type { Draft } from './draft.ts';

/**
 * Dates the newest entry of a draft: when what it moves takes effect. Nothing takes effect in a closed period. A fact cannot be refused for that, so its
 * entry takes effect at the unit's own instant, and what was stated is kept beside it.
 *
 * @param stated - Nothing where the entry takes effect at the unit's own instant.
 * @source docs/rules/kernel.md, K-11
 */
export function dateEntry(draft: Draft, stated: Instant | undefined): void {
  if (stated === undefined) return;
  if (!isInstant(stated)) throw new Defect(`an entry takes effect at ${show(stated)}`);
  const { at } = draft;
  const { closedBefore } = draft.standing();
  const entry = draft.entries.length - 1;
  draft.effective ??= [];
  if (draft.fact) {
    const possible = stated >= closedBefore && stated <= at;
    draft.effective.push(possible ? [entry, stated] : [entry, at, stated]);
    return;
  }
  if (stated > at) throw new Defect(`an entry takes effect at ${stated}, after its unit at ${at}`);
  if (stated < closedBefore) draft.periodRefusal ??= { code: 'period_closed', effectiveAt: stated, closedBefore };
  draft.effective.push([entry, stated]);
}
