import type { Day } from '../calendar.ts';
import type { History } from '../history.ts';
import type { KycSlot, ScoreParameters } from '../model/score-model.ts';
import type { LostShare } from '../reason.ts';
import type { DocumentChanged } from '../score-event.ts';
import type { FactorFound } from './payment-history.ts';

/**
 * Finds which slots of the KYC are filled: by a document that is verified and still valid. More documents in one slot
 * add nothing.
 *
 * @param history - The member's history.
 * @param asOf - The day of the score.
 * @param params - The model's parameters.
 * @returns The factor.
 * @source docs/rules/chit-score.md, CS-8
 */
export function kycCompletion(history: History, asOf: Day, params: ScoreParameters): FactorFound {
  const shares: LostShare[] = [];
  const evidence: string[] = [];
  let bps = 0n;
  for (const slot of params.slots) {
    const documents = history.documents.filter(({ kind }) => slot.kinds.includes(kind));
    const valid = documents.filter((document) => document.status === 'VERIFIED' && !isExpired(document, asOf));
    if (valid.length > 0) {
      bps += slot.bps;
      evidence.push(...valid.map(({ document }) => document));
    } else shares.push(emptySlot(slot, documents, asOf));
  }
  return { bps, shares: merged(shares), evidence: evidence.sort() };
}

function isExpired({ validTo }: DocumentChanged, asOf: Day): boolean {
  return validTo !== undefined && validTo < asOf;
}

function emptySlot(slot: KycSlot, documents: readonly DocumentChanged[], asOf: Day): LostShare {
  const bad = documents.filter((document) => document.status === 'REJECTED' || isExpired(document, asOf));
  const evidence = bad.map(({ document }) => document);
  const help = { action: 'verify_document', about: [slot.name] } as const;
  return { code: bad.length > 0 ? 'KY03' : slot.code, weight: slot.bps, evidence, help };
}

/** Puts the shares of one code together: two rejected documents are one reason. */
function merged(shares: readonly LostShare[]): readonly LostShare[] {
  const byCode = new Map<string, LostShare>();
  for (const share of shares) {
    const known = byCode.get(share.code);
    byCode.set(share.code, known === undefined ? share : together(known, share));
  }
  return [...byCode.values()];
}

function together(left: LostShare, right: LostShare): LostShare {
  return {
    code: left.code,
    weight: left.weight + right.weight,
    evidence: [...left.evidence, ...right.evidence].sort(),
    help: { action: left.help.action, about: [...left.help.about, ...right.help.about] },
  };
}
