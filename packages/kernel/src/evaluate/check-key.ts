import { reviveJson } from '../canonical.ts';
import type { Json } from '../json.ts';
import type { KeyConflict, Refusal } from '../refusals.ts';
import type { Request } from '../request.ts';
import type { StoredUnit } from '../store.ts';
import { decodeUnit, type Unit } from '../unit.ts';

/** What a key that was used before leads to. */
export type KnownKey =
  | { readonly kind: 'replayed'; readonly stored: StoredUnit; readonly unit: Unit }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Answers a request whose key is known: the first answer again, or a conflict where something else is asked. */
export function answerKnownKey(request: Request, stored: StoredUnit): KnownKey {
  const unit = decodeUnit(stored.bytes);
  if (unit.digest !== request.digest) {
    const conflict: KeyConflict = { code: 'key_conflict', key: request.key, sequence: stored.sequence };
    return { kind: 'refused', refusal: conflict };
  }
  if (unit.refusal) return { kind: 'refused', refusal: reviveJson(unit.refusal as unknown as Json) as Refusal };
  return { kind: 'replayed', stored, unit };
}
