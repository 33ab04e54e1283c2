/** Something that a law can be run on, and what it cannot do. */
export interface LawHarness {
  readonly lacks?: { readonly [capability: string]: string | undefined };
}

/** A law, of stores, providers or anything else. */
export interface RunnableLaw<Harness extends LawHarness> {
  readonly name: string;
  readonly needs?: readonly string[];
  /** Throws where the law does not hold. */
  run(harness: Harness): Promise<void>;
}

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
export function whyNotRun(law: Pick<RunnableLaw<LawHarness>, 'needs'>, harness: LawHarness): string | undefined {
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
export async function runLaw<Harness extends LawHarness>(
  law: RunnableLaw<Harness>,
  harness: Harness,
): Promise<LawOutcome> {
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
export async function runLaws<Harness extends LawHarness>(
  laws: readonly RunnableLaw<Harness>[],
  harness: Harness,
): Promise<readonly LawOutcome[]> {
  const outcomes: LawOutcome[] = [];
  for (const law of laws) outcomes.push(await runLaw(law, harness));
  return outcomes;
}
