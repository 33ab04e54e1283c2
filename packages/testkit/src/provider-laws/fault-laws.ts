import type { SubmitOutcome } from '@holdfast/providers';
import { expectSame, expectThat } from '../laws/expect.ts';
import { going, lookedUpBy, submitted } from './law-steps.ts';
import {
  type PeerFault,
  type ProviderCapability,
  type ProviderLaw,
  type ProviderTrial,
  providerLaw,
} from './provider-law.ts';

interface FaultRow {
  readonly fault: PeerFault;
  readonly name: string;
  /** The fields of the outcome that are told apart. */
  readonly outcome: { readonly [field: string]: unknown };
  /** How many objects the peer made. */
  readonly moved: number;
  /** What it needs beside the fault. */
  readonly needs?: ProviderCapability;
}

const rows: readonly FaultRow[] = [
  {
    fault: 'connection_refused',
    name: 'says that nothing was sent where no connection is had',
    outcome: { outcome: 'not_sent' },
    moved: 0,
  },
  {
    fault: 'throttled',
    name: 'calls a throttle a no that nobody keeps',
    outcome: { outcome: 'rejected', kept: false, advice: 'retry_later' },
    moved: 0,
  },
  {
    fault: 'bad_credentials',
    name: 'calls refused credentials a no that nobody keeps, and advises to close the provider',
    outcome: { outcome: 'rejected', kept: false, advice: 'close_provider' },
    moved: 0,
  },
  {
    fault: 'key_in_use',
    name: 'does not know where a key is in use',
    outcome: { outcome: 'unknown', reason: 'key_in_use' },
    moved: 0,
  },
  {
    fault: 'declined',
    name: 'calls a business no a no that is kept',
    outcome: { outcome: 'rejected', kept: true },
    moved: 0,
    needs: 'kept_noes',
  },
  {
    fault: 'bad_destination',
    name: 'advises to mend a destination that is not there',
    outcome: { outcome: 'rejected', advice: 'fix_destination' },
    moved: 0,
  },
  {
    fault: 'payee_restricted',
    name: 'advises to hold a payee who may not receive',
    outcome: { outcome: 'rejected', advice: 'hold_payee' },
    moved: 0,
  },
  {
    fault: 'server_error',
    name: 'does not know after a 5xx, though nothing was done',
    outcome: { outcome: 'unknown', reason: 'server_error' },
    moved: 0,
  },
  {
    fault: 'server_error_done',
    name: 'does not know after a 5xx, though all was done',
    outcome: { outcome: 'unknown', reason: 'server_error' },
    moved: 1,
  },
  {
    fault: 'lost_answer',
    name: 'does not know where the answer was lost',
    outcome: { outcome: 'unknown', reason: 'silence' },
    moved: 1,
  },
  {
    fault: 'unreadable',
    name: 'does not know where a success cannot be read',
    outcome: { outcome: 'unknown', reason: 'unreadable' },
    moved: 1,
  },
  {
    fault: 'other_amount',
    name: 'calls another amount than was asked for a conflict, and tells what moved',
    outcome: { outcome: 'conflict', field: 'amount' },
    moved: 1,
  },
];

/** What holds of sends that meet a fault. */
export const faultLaws: readonly ProviderLaw[] = [
  ...rows.map(({ fault, name, outcome, moved, needs }) =>
    providerLaw(
      name,
      async (trial) => {
        trial.meet(fault);
        const heard = await submitted(trial, trial.sendOf({ reference: 'law-1' }));
        const told = Object.fromEntries(
          Object.keys(outcome).map((field) => [field, heard[field as keyof SubmitOutcome]]),
        );
        expectSame(told, outcome, name);
        const objects = await trial.moved();
        expectSame(objects.length, moved, 'the peer did what the fault says');
        if (heard.outcome === 'conflict') {
          expectSame(heard.observation?.amount, objects[0]?.amount, 'a conflict tells what moved');
        }
      },
      needs ? [fault, needs] : [fault],
    ),
  ),

  providerLaw(
    'calls a shortage of our balance a no, and advises to fund it',
    async (trial) => {
      await trial.runDry();
      const heard = await submitted(trial, trial.sendOf({ reference: 'law-1' }));
      expectThat(heard.outcome === 'rejected' && heard.advice === 'fund_platform', 'a shortage is ours to mend');
      expectSame(await trial.moved(), [], 'nothing moves');
    },
    ['balance'],
  ),

  ...(['lost_answer', 'server_error_done', 'unreadable'] as const).map((fault) =>
    providerLaw(
      `finds by look-up what an answer did not tell: ${fault}`,
      async (trial) => {
        const send = trial.sendOf({ reference: 'law-1' });
        trial.meet(fault);
        await submitted(trial, send);
        const { found } = await lookedUpBy(trial, send);
        const moved = await trial.moved();
        expectSame(
          found.map(({ object, amount }) => ({ object, amount })),
          moved.map(({ object, amount }) => ({ object, amount })),
          'the look-up finds it',
        );
      },
      [fault, 'strong_lookup'],
    ),
  ),

  providerLaw(
    'neither throws nor says no to what moved, whatever breaks on the way of a send',
    async (trial) => {
      const most = await countAwaits(trial);
      expectThat(most > 0, 'the harness sees the awaits of the HTTP client');
      for (let nth = 1; nth <= most; nth++) {
        const reference = `law-${nth}`;
        const send = trial.sendOf({ reference });
        trial.interruptAt(nth);
        const { outcome } = await submitted(trial, send);
        trial.interruptAt(undefined);
        const moved = (await trial.moved()).filter((one) => one.reference === reference).length;
        expectThat(outcome !== 'accepted' || moved === 1, `what is accepted has moved (await ${nth})`);
        expectThat(
          (outcome !== 'rejected' && outcome !== 'not_sent') || moved === 0,
          `a no moved nothing (await ${nth})`,
        );
      }
    },
    ['interrupts'],
  ),

  providerLaw(
    'gives a key one effect, whatever breaks on the way of its first send',
    async (trial) => {
      const most = await countAwaits(trial);
      for (let nth = 1; nth <= most; nth++) {
        const reference = `law-${nth}`;
        const send = trial.sendOf({ reference });
        trial.interruptAt(nth);
        await submitted(trial, send);
        trial.interruptAt(undefined);
        await submitted(trial, send);
        const moved = (await trial.moved()).filter((one) => one.reference === reference).length;
        expectSame(moved, 1, `the same key again has one effect (await ${nth})`);
      }
    },
    ['interrupts', 'keys'],
  ),

  providerLaw(
    'says of a look-up, a list and a probe that they failed, and never that there is nothing, whatever breaks on the way',
    async (trial) => {
      const send = trial.sendOf({ reference: 'law-1' });
      await submitted(trial, send);
      const { kind, reference } = send.operation;
      const window = { kind, from: '2000-01-01T00:00:00.000Z', to: '2999-01-01T00:00:00.000Z' };
      const reads = [
        () => trial.provider.lookup({ kind, reference, since: window.from }, going()),
        () => trial.provider.listSince(window, going()),
        () => trial.provider.probe(going()),
      ] as const;
      for (const read of reads) {
        trial.interruptAt(undefined);
        await read();
        const most = trial.awaits();
        for (let nth = 1; nth <= most; nth++) {
          trial.interruptAt(nth);
          const answer = await read().catch(() => undefined);
          trial.interruptAt(undefined);
          expectThat(answer !== undefined, `a read does not throw (await ${nth})`);
          expectThat(answer.isErr() && answer.error.effect === 'none', `a read that broke is a fault (await ${nth})`);
        }
      }
    },
    ['interrupts'],
  ),

  providerLaw('gives up when it is told to, and says no more than it knows', async (trial) => {
    const send = trial.sendOf({ reference: 'law-1' });
    const { outcome } = await submitted(trial, send, AbortSignal.abort());
    expectThat(outcome === 'unknown' || outcome === 'not_sent', 'a send that was given up is not sent, or unknown');
    const moved = (await trial.moved()).length;
    expectThat(outcome === 'unknown' || moved === 0, 'what is not sent has not moved');
  }),
];

async function countAwaits(trial: ProviderTrial): Promise<number> {
  trial.interruptAt(undefined);
  await submitted(trial, trial.sendOf({ reference: 'law-0' }));
  return trial.awaits();
}
