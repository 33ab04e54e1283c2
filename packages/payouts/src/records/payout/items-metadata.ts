import type { DraftItem } from '../../eligibility/compose-payout.ts';

/** What a payout says of itself to the provider, so that it can be found again by a book that was restored. */
export interface PayoutMark {
  readonly payee: string;
  readonly bundle: string;
  readonly obligations: readonly string[];
}

/** Writes whose payout it is and of what, in values that providers take: 450 characters at most each. */
export function itemsMetadata(
  payee: string,
  bundle: string,
  items: readonly Pick<DraftItem, 'obligation'>[],
): { readonly [name: string]: string } {
  const chunks: string[] = [];
  for (const { obligation } of items) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + obligation.length < LONGEST)
      chunks[chunks.length - 1] = `${last},${obligation}`;
    else chunks.push(obligation);
  }
  return { payee, bundle, ...Object.fromEntries(chunks.map((chunk, index) => [`items${index}`, chunk])) };
}

/** Reads what a payout said of itself. */
export function readItems(metadata: { readonly [name: string]: string }): PayoutMark | undefined {
  const { payee, bundle } = metadata;
  if (payee === undefined || bundle === undefined) return undefined;
  const obligations: string[] = [];
  for (let index = 0; ; index++) {
    const chunk = metadata[`items${index}`];
    if (chunk === undefined) return { payee, bundle, obligations };
    obligations.push(...chunk.split(','));
  }
}

const LONGEST = 450;
