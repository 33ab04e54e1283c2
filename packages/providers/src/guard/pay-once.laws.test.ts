import { usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lie, lies, lying } from '../../test/lying-breaker.ts';
import { virtualTime } from '../../test/virtual-time.ts';
import { applyLookup } from '../attempt/apply-lookup.ts';
import { applyOutcome } from '../attempt/apply-outcome.ts';
import type { Attempt } from '../attempt/attempt.ts';
import { sendAgain } from '../attempt/send-again.ts';
import { openGate } from '../attempt/sending-gate.ts';
import { startAttempt } from '../attempt/start-attempt.ts';
import { createSimulatedProvider } from '../simulated/create-simulated-provider.ts';
import { type FaultRandom, seededFaults } from '../simulated/seeded-faults.ts';
import { simulatedDescriptor } from '../simulated/simulated-descriptor.ts';
import { guardProvider } from './guard-provider.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 60) };
const signal = new AbortController().signal;

describe('an attempt through a guard', { timeout: 30_000 + runs.numRuns * 100 }, () => {
  it('law: pays at most once, whatever the breaker says, and never believes a payment that was not made', async () => {
    const anyLie = fc.constantFrom<Lie>(...lies);
    const dice = fc.infiniteStream(fc.nat({ max: 999_999 }));
    await fc.assert(
      fc.asyncProperty(anyLie, dice, async (lie, numbers) => {
        const random: FaultRandom = { integer: (limit) => (numbers.next().value as number) % limit };
        const time = virtualTime();
        const hangs = () => (random.integer(8) === 0 ? new Promise<void>(() => undefined) : Promise.resolve());
        const descriptor = simulatedDescriptor();
        const { provider, peer } = createSimulatedProvider({
          descriptor,
          clock: time.clock,
          faults: seededFaults(random),
          wire: hangs,
        });
        peer.fund(usd('1000'));
        const honest = lie === 'honest' ? {} : { breakerFor: () => lying(lie, () => random.integer(1_000) / 1_000) };
        const guarded = guardProvider(provider, { ...time, ...honest });
        const { id, account, mode } = descriptor;
        const gate = openGate({ provider: id, account, mode });
        const operation = { kind: 'transfer', reference: 'booking-7', amount: usd('75'), metadata: {} } as const;
        const plan = {
          book: 'main',
          payout: 'po-7',
          descriptor,
          operation,
          encode: guarded.encode,
          gate,
          retriesLeft: 3,
        };

        const send = async (attempt: Attempt): Promise<Attempt> => {
          const outcome = await guarded.submit(attempt, signal);
          return applyOutcome(attempt, { send: attempt.sends.length, outcome }, time.clock()).attempt;
        };
        const step = async (attempt: Attempt | undefined): Promise<Attempt> => {
          const { state } = attempt ?? {};
          if (!attempt || (state?.status === 'due' && state.next === 'next_key')) {
            const started = startAttempt(attempt ? { ...plan, previous: attempt } : plan, time.clock())._unsafeUnwrap();
            return send(started.attempt);
          }
          let now = attempt;
          if (state?.status === 'unknown') {
            const lookedAt = time.clock();
            const query = { kind: 'transfer', reference: operation.reference, since: attempt.intentAt } as const;
            const lookup = await guarded.lookup(query, signal);
            if (lookup.isOk())
              now = applyLookup(attempt, { lookup: lookup.value, lookedAt }, time.clock()).step.attempt;
          }
          const again = sendAgain(now, { gate, eligible: true }, time.clock());
          return again.isOk() ? send(again.value.attempt) : now;
        };

        let attempt: Attempt | undefined;
        for (let steps = 0; steps < 40; steps++) {
          attempt = await step(attempt);
          if (attempt.state.status === 'paid') break;
          // A minute, hours, or so long that the provider has forgotten its keys.
          time.clockMs.now += [60_000, random.integer(36_000_000), 108_000_000][random.integer(3)] ?? 0;
        }
        expect(peer.objects().length).toBeLessThanOrEqual(1);
        if (attempt?.state.status === 'paid') expect(peer.objects()).toHaveLength(1);
        if (lie === 'open') expect(peer.received()).toBe(0);
      }),
      runs,
    );
  });
});
