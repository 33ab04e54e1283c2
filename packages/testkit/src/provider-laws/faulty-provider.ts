import type { Instant } from '@holdfast/kernel';
import type { Provider, SimulatedProvider } from '@holdfast/providers';
import type { ProviderHarness } from './provider-law.ts';
import { type SimulatedHarnessOptions, simulatedHarness } from './simulated-harness.ts';

/** A provider with one real mistake, to see that the laws catch it. */
export interface FaultyProvider {
  /** In kebab-case. */
  readonly name: string;
  /** What is wrong, and where such a mistake comes from. */
  readonly mistake: string;
  readonly harness: ProviderHarness;
}

/** What a mistake changes of a provider. */
export type Change = (provider: Provider, simulated: SimulatedProvider, clock: () => Instant) => Partial<Provider>;

/** Makes a provider with a mistake. */
export function faulty(name: string, mistake: string, options: SimulatedHarnessOptions): FaultyProvider {
  return { name, mistake, harness: simulatedHarness(name, options) };
}

/** Puts other functions in the place of the right ones. */
export function changes(change: Change): SimulatedHarnessOptions {
  return {
    wrap: (simulated, clock) => ({ ...simulated.provider, ...change(simulated.provider, simulated, clock) }),
  };
}
