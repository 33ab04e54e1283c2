import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import { btc, jpy, usd } from '@holdfast/money';
import {
  createSimulatedProvider,
  type Provider,
  type SimulatedProvider,
  type SimulatedProviderOptions,
  simulatedDescriptor,
} from '@holdfast/providers';
import type { OpenedProvider, ProviderHarness } from './provider-law.ts';

/** What a provider that is made for the laws may do otherwise. */
export interface SimulatedHarnessOptions {
  /** What the peer does otherwise, or the descriptor says. */
  readonly options?: Partial<SimulatedProviderOptions>;
  /** What it then lacks, and why. */
  readonly lacks?: ProviderHarness['lacks'];
  /** Puts something between the laws and the simulated provider. */
  readonly wrap?: (simulated: SimulatedProvider, clock: () => Instant) => Provider;
}

/** Gives the harness of the simulated provider, whose clock is virtual and whose wire can be cut at any trip. */
export function simulatedHarness(
  name = 'simulated provider',
  otherwise: SimulatedHarnessOptions = {},
): ProviderHarness {
  return {
    name,
    amounts: [usd('75.01'), jpy('1000'), btc('0.00000001'), usd('90071992547409.93')],
    severalPages: 7,
    ...(otherwise.lacks ? { lacks: otherwise.lacks } : {}),
    open: async () => openSimulated(otherwise),
  };
}

function openSimulated({ options = {}, wrap }: SimulatedHarnessOptions): OpenedProvider {
  let now: Instant = '2026-03-07T10:00:00.000Z';
  const wire = countedWire();
  const clock = () => now;
  const descriptor = simulatedDescriptor({ kinds: ['transfer', 'reverse_transfer'] });
  const simulated = createSimulatedProvider({ descriptor, clock, pageSize: 3, wire: wire.trip, ...options });
  const { peer } = simulated;
  return {
    provider: wrap ? wrap(simulated, clock) : simulated.provider,
    operation: ({ reference, amount, attempt }) => ({
      kind: 'transfer',
      reference,
      amount,
      destination: 'acct_ann',
      metadata: { book: 'laws', payout: reference, attempt: `${attempt}`, epoch: '0' },
    }),
    moved: async () =>
      peer.objects().map(({ object, operation, amount }) => ({ object, reference: operation.reference, amount })),
    now: clock,
    meet: simulated.next,
    passTime: async (duration: Duration) => {
      now = addDuration(now, duration);
    },
    requests: async () => peer.received(),
    interruptAt: wire.interruptAt,
    awaits: wire.awaits,
    reverse: async (object, amount) => peer.reverse(object, amount),
    runDry: async () => peer.fund(usd('0')),
    close: async () => undefined,
  };
}

function countedWire() {
  let count = 0;
  let broken: number | undefined;
  return {
    trip: async () => {
      count += 1;
      // A turn of its own, so that sends at once really meet.
      await Promise.resolve();
      if (count === broken) throw new Error('The connection was reset.');
    },
    interruptAt: (nth: number | undefined) => {
      count = 0;
      broken = nth;
    },
    awaits: () => count,
  };
}
