import { type LawHarness, type RunnableLaw, runLaw, whyNotRun } from './run-laws.ts';

/** How a test runner makes a test, as vitest's `it` does. */
export type MakeTest = (
  name: string,
  options: { readonly timeout: number },
  run: (context: { skip(why: string): void }) => Promise<void>,
) => void;

/** Which laws are run on what. */
export interface LawTests<Harness extends LawHarness> {
  readonly laws: readonly RunnableLaw<Harness>[];
  readonly harness: Harness;
  /** Why a law cannot hold here, by its name. */
  readonly except?: { readonly [law: string]: string };
  /** Milliseconds that a law may take; ten minutes where absent. */
  readonly timeoutMs?: number;
}

/**
 * Makes a test of each law. One that cannot run stays in the report, with its reason in its name.
 *
 * @param it - The runner's own way to make a test.
 * @throws An `Error` where an exception is made for a law that there is not.
 */
export function testLaws<Harness extends LawHarness>(
  it: MakeTest,
  { laws, harness, except = {}, timeoutMs = 600_000 }: LawTests<Harness>,
): void {
  const unknown = Object.keys(except).filter((name) => laws.every((law) => law.name !== name));
  if (unknown.length > 0) throw new Error(`There is no law of the name ${unknown.join(', ')}.`);
  for (const law of laws) {
    const why = whyNotRun(law, harness) ?? except[law.name];
    const name = why === undefined ? law.name : `${law.name} [not run: ${why}]`;
    it(name, { timeout: timeoutMs }, async (context) => {
      if (why !== undefined) return context.skip(why);
      const outcome = await runLaw(law, harness);
      if (outcome.outcome === 'broken') throw outcome.error;
    });
  }
}
