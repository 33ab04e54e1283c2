import type { Law, StoreHarness } from './law.ts';

/** What became of one law on one harness. */
export type LawOutcome =
  | { readonly law: string; readonly outcome: 'held' }
  | { readonly law: string; readonly outcome: 'broken'; readonly error: unknown }
  | { readonly law: string; readonly outcome: 'not_run'; readonly why: string };

/**
 * Says why a law cannot run on a harness: what it needs and the harness lacks.
 *
 * @returns A sentence, or `undefined` where the law can run.
 */
export function whyNotRun(law: Law, harness: StoreHarness): string | undefined {
  const reasons = (law.needs ?? []).flatMap((capability) => {
    const reason = harness.lacks?.[capability];
    return reason === undefined ? [] : [`${capability}: ${reason}`];
  });
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

/**
 * Runs one law on a harness. Never throws.
 *
 * @returns Whether it held, was broken, or could not run and why.
 */
export async function runLaw(law: Law, harness: StoreHarness): Promise<LawOutcome> {
  const why = whyNotRun(law, harness);
  if (why !== undefined) return { law: law.name, outcome: 'not_run', why };
  try {
    await law.run(harness);
    return { law: law.name, outcome: 'held' };
  } catch (error) {
    return { law: law.name, outcome: 'broken', error };
  }
}

/**
 * Runs laws on a harness one after the other.
 *
 * @returns One outcome for each law, in order: laws that could not run are there too.
 */
export async function runLaws(laws: readonly Law[], harness: StoreHarness): Promise<readonly LawOutcome[]> {
  const outcomes: LawOutcome[] = [];
  for (const law of laws) outcomes.push(await runLaw(law, harness));
  return outcomes;
}
