import type { Cap } from './caps.ts';
import type { Reason } from './reason.ts';
import type { Score, Strength } from './score.ts';

/** What somebody is told of a score. */
export interface Explanation {
  /** The reasons that cost the most, at most four. */
  readonly principal: readonly Reason[];
  /** The points of all other reasons together. */
  readonly others: bigint;
  /** What speaks for them, at most two. */
  readonly strengths: readonly Strength[];
  /** The caps that apply. */
  readonly overlays: readonly Cap[];
  /** All of it as sentences, for people. */
  readonly sentences: readonly string[];
}

const MOST_REASONS = 4;
const MOST_STRENGTHS = 2;

const said: Readonly<Record<string, string>> = {
  PH01: 'Instalments are overdue now',
  PH02: 'Instalments were paid late after the ticket had won',
  PH03: 'Instalments were paid late in the last months',
  PH04: 'Instalments were paid late longer ago',
  PH05: 'The record of payments is short',
  SP01: 'The time in schemes is short',
  SP02: 'Few schemes are completed',
  SP03: 'A ticket was struck off for default',
  KY01: 'The identity is not verified',
  KY02: 'The PAN is not verified',
  KY03: 'A document was rejected or has expired',
  OV01: 'A ticket that has won is in arrears',
  OV02: 'A ticket was accelerated or an instalment written off',
  GD01: 'Instalments are paid on time',
  GD02: 'Schemes are completed, and the time in them is long',
  GD03: 'The documents are verified',
  GD04: 'The profile is verified',
};

/**
 * Says what a score came about by: the four reasons that cost the most, two strengths, and the caps.
 *
 * @param explained - The score.
 * @returns The parts and their sentences; the points of the reasons and of the others sum to what was lost.
 * @source docs/rules/chit-score.md, CS-5
 */
export function explainScore(explained: Score): Explanation {
  const principal = explained.reasons.slice(0, MOST_REASONS);
  const others = explained.reasons.slice(MOST_REASONS).reduce((sum, { points }) => sum + points, 0n);
  const strengths = explained.strengths.slice(0, MOST_STRENGTHS);
  const { overlays } = explained;
  const sentences = [
    ...principal.map((reason) => `${sentenceOf(reason)}: ${points(reason.points)} lost.`),
    ...(others > 0n ? [`Everything else: ${points(others)} lost.`] : []),
    ...overlays.map((cap) => `${sentenceOf(cap)}: no more than ${cap.cap}, ${points(cap.points)} lost.`),
    ...strengths.map((strength) => `${sentenceOf(strength)}: ${points(strength.points)} earned.`),
    ...(explained.provisional ? ['Too few instalments were due for more than a provisional score.'] : []),
  ];
  return { principal, others, strengths, overlays, sentences };
}

function sentenceOf({ code, evidence }: { readonly code: string; readonly evidence: readonly string[] }): string {
  const text = said[code] ?? (code.startsWith('PR') ? `The profile lacks ${evidence.join(', ')}` : code);
  return `${code} ${text}`;
}

function points(count: bigint): string {
  return count === 1n ? '1 point' : `${count} points`;
}
