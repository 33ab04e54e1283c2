import { hours } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import type { Send } from '@holdfast/providers';
import { expectSame, expectThat } from '../laws/expect.ts';
import { acceptedBy, powerOf, submitted } from './law-steps.ts';
import { type ProviderLaw, type ProviderTrial, providerLaw } from './provider-law.ts';

/** What holds of keys, where a provider promises to keep them. */
export const keyLaws: readonly ProviderLaw[] = [
  keyLaw('gives one key one effect, and the same object again', async (trial, send) => {
    const first = await acceptedBy(trial, send);
    for (let again = 0; again < 3; again++) {
      const outcome = await submitted(trial, send);
      expectThat(outcome.outcome === 'accepted', 'a key that was accepted is accepted again');
      expectSame(outcome.observation.object, first.object, 'the same key tells of the same object');
      expectSame(
        outcome.replayed,
        powerOf(trial).idempotency.marksReplays,
        'a replay is marked as the descriptor says',
      );
    }
    expectSame((await trial.moved()).length, 1, 'one key has one effect');
  }),

  keyLaw('gives twenty sends of one key at once one effect', async (trial, send) => {
    await Promise.all(Array.from({ length: 20 }, () => submitted(trial, send)));
    expectSame((await trial.moved()).length, 1, 'one key has one effect');
  }),

  keyLaw('gives two keys two effects', async (trial, send) => {
    await acceptedBy(trial, send);
    await acceptedBy(trial, trial.sendOf({ reference: send.operation.reference, attempt: 2 }));
    expectSame((await trial.moved()).length, 2, 'two keys have two effects');
  }),

  keyLaw('calls a key with other bytes a conflict, and moves nothing for it', async (trial, send) => {
    const { amount } = trial;
    await acceptedBy(trial, send);
    const other = trial.sendOf({ reference: 'law-1', amount: money(amount.minor + 1n, amount.currency) });
    const { outcome } = await submitted(trial, { ...other, key: send.key });
    expectSame(outcome, 'conflict', 'a key that was used for something else is a conflict');
    expectSame((await trial.moved()).length, 1, 'nothing more moves');
  }),

  keyLaw(
    'keeps a key for as long as it promises, less an hour',
    async (trial, send) => {
      const first = await acceptedBy(trial, send);
      const retention = powerOf(trial).idempotency.retention?.ms ?? hours(24 * 90).ms;
      await trial.passTime({ ms: retention - hours(1).ms });
      const again = await acceptedBy(trial, send);
      expectSame(again.object, first.object, 'a kept key tells of the same object');
      expectSame((await trial.moved()).length, 1, 'a kept key has one effect');
    },
    ['time'],
  ),

  keyLaw(
    'gives a no that it keeps again under its key, and moves nothing for it later',
    async (trial, send) => {
      trial.meet('declined');
      await submitted(trial, send);
      const { idempotency } = powerOf(trial);
      const again = await submitted(trial, send);
      expectThat(again.outcome === 'rejected' && again.kept, 'a kept no is given again');
      expectSame(again.replayed, idempotency.marksReplays, 'a replayed no is marked as the descriptor says');
      expectSame(await trial.moved(), [], 'nothing moves for a key with a kept no');
    },
    ['declined', 'kept_noes'],
  ),

  keyLaw(
    'keeps nothing of what it refuses before its keys: the same key then works',
    async (trial, send) => {
      trial.meet('throttled');
      await submitted(trial, send);
      await acceptedBy(trial, send);
      expectSame((await trial.moved()).length, 1, 'the same key has one effect');
    },
    ['throttled'],
  ),
];

function keyLaw(
  name: string,
  body: (trial: ProviderTrial, send: Send) => Promise<void>,
  needs: ProviderLaw['needs'] = [],
): ProviderLaw {
  return providerLaw(name, (trial) => body(trial, trial.sendOf({ reference: 'law-1' })), ['keys', ...needs]);
}
