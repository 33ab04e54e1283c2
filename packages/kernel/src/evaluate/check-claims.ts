import type { Standing } from '../decider.ts';
import type { ClaimTaken } from '../refusals.ts';
import type { Changed, Draft } from './draft.ts';
import { UNKNOWN } from './ground.ts';

/** What a unit does to the claims: name to holder, or to nobody. */
export type ClaimChanges = ReadonlyMap<string, string | null>;

/**
 * Finds which claims the unit's records give back and take. All are given back before any is taken, so two records may swap.
 *
 * @returns The changes, a refusal, or `undefined` where a claim is not loaded.
 */
export function checkClaims(draft: Draft): ClaimChanges | ClaimTaken | undefined {
  if (draft.records.size === 0) return NONE;
  const changes = new Map<string, string | null>();
  for (const record of draft.records.values()) {
    const now = new Set(standingOf(record).claims);
    for (const claim of record.before?.claims ?? []) if (!now.has(claim)) changes.set(claim, null);
  }
  for (const record of draft.records.values()) {
    const before = new Set(record.before?.claims);
    for (const claim of standingOf(record).claims) {
      if (before.has(claim)) continue;
      const holder = changes.has(claim) ? changes.get(claim) : draft.ground.claim(claim);
      if (holder === UNKNOWN) draft.incomplete = true;
      // A record that names a claim twice holds it once.
      else if (typeof holder === 'string' && holder !== record.key) return { code: 'claim_taken', claim, holder };
      changes.set(claim, record.key);
    }
  }
  return draft.incomplete ? undefined : changes;
}

/** Gives what a changed record stands for now. */
export function standingOf(record: Changed): Standing {
  record.after ??= record.decider.standing(record.state);
  return record.after;
}

const NONE: ClaimChanges = new Map();
