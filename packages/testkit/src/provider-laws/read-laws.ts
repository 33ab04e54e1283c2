import { addDuration, hours, type Instant, minutes } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import type { Observation } from '@holdfast/providers';
import { answerOf, expectSame, expectThat } from '../laws/expect.ts';
import { acceptedBy, going, lookedUpBy, powerOf } from './law-steps.ts';
import { type ProviderLaw, type ProviderTrial, providerLaw } from './provider-law.ts';

/** What holds of look-ups and lists. */
export const readLaws: readonly ProviderLaw[] = [
  lookupLaw('finds every object of a reference, on every page, whatever attempt it was for', async (trial) => {
    const made: string[] = [];
    for (let attempt = 1; attempt <= trial.harness.severalPages; attempt++) {
      made.push((await acceptedBy(trial, trial.sendOf({ reference: 'law-1', attempt }))).object);
    }
    await untilSeen(trial);
    const { found } = await lookedUpBy(trial, trial.sendOf({ reference: 'law-1' }));
    expectSame(found.map(({ object }) => object).sort(), made.sort(), 'a look-up finds all of them, each once');
  }),

  lookupLaw('finds nothing of another reference, not even of one that begins alike', async (trial) => {
    await acceptedBy(trial, trial.sendOf({ reference: 'law-10' }));
    await acceptedBy(trial, trial.sendOf({ reference: 'law-2' }));
    await untilSeen(trial);
    const { found } = await lookedUpBy(trial, trial.sendOf({ reference: 'law-1' }));
    expectSame(found, [], 'a look-up finds its own reference alone');
  }),

  providerLaw('calls absence conclusive only where its look-up is strong', async (trial) => {
    const lookup = await lookedUpBy(trial, trial.sendOf({ reference: 'law-1' }));
    const isStrong = powerOf(trial).lookup.consistency === 'strong';
    expectThat('conclusive' in lookup, 'a look-up that finds nothing says what that proves');
    expectSame(lookup.conclusive, isStrong, 'absence is conclusive exactly where the look-up is strong');
  }),

  providerLaw(
    'finds at once what it executed, where its look-up is strong',
    async (trial) => {
      const send = trial.sendOf({ reference: 'law-1' });
      const { object } = await acceptedBy(trial, send);
      const { found } = await lookedUpBy(trial, send);
      expectSame(
        found.map((one) => one.object),
        [object],
        'a strong look-up finds it at once',
      );
    },
    ['strong_lookup'],
  ),

  lookupLaw('tells of one object alike in its answer, in a look-up and in a list', async (trial) => {
    const send = trial.sendOf({ reference: 'law-1' });
    const seen = await acceptedBy(trial, send);
    await untilSeen(trial);
    const { found } = await lookedUpBy(trial, send);
    expectSame(found, [seen], 'a look-up tells the same');
    expectSame(await listed(trial, FIRST, LAST), [seen], 'a list tells the same');
  }),

  providerLaw('lists what was made, oldest first, page by page, and loses and repeats none', async (trial) => {
    const made: string[] = [];
    for (let count = 0; count < trial.harness.severalPages; count++) {
      made.push((await acceptedBy(trial, trial.sendOf({ reference: `law-${count}` }))).object);
    }
    await untilSeen(trial);
    const seen = await listed(trial, FIRST, LAST);
    expectSame(seen.map(({ object }) => object).sort(), made.sort(), 'a list has all of them, each once');
    const instants = seen.map(({ createdAt }) => createdAt);
    expectSame(instants, [...instants].sort(), 'a list is oldest first');
  }),

  providerLaw(
    'lists a window that begins with its first instant and ends before its last',
    async (trial) => {
      const seen: Observation[] = [];
      for (const reference of ['law-1', 'law-2', 'law-3']) {
        seen.push(await acceptedBy(trial, trial.sendOf({ reference })));
        await trial.passTime(minutes(1));
      }
      await untilSeen(trial);
      const [first, , third] = seen;
      if (!first || !third) return;
      const window = await listed(trial, first.createdAt, third.createdAt);
      expectSame(window, seen.slice(0, 2), 'the window has its first instant, and not its last');
      expectSame(
        await listed(trial, third.createdAt, addDuration(third.createdAt, minutes(1))),
        [third],
        'the next window goes on',
      );
    },
    ['time'],
  ),

  providerLaw(
    'tells of returns one by one, each under a name of its own',
    async (trial) => {
      const send = trial.sendOf({ reference: 'law-1' });
      const { object, amount } = await acceptedBy(trial, send);
      const parts = [money(1n, amount.currency), money(amount.minor - 1n, amount.currency)];
      for (const part of parts) await trial.reverse(object, part);
      await untilSeen(trial);
      const found = await listed(trial, FIRST, LAST);
      const returns = found.flatMap((one) => one.returns);
      expectSame(
        returns.map((one) => one.amount),
        parts,
        'each return is told with its own amount',
      );
      expectSame(new Set(returns.map(({ id }) => id)).size, 2, 'each return has a name of its own');
      expectSame(
        found.map((one) => one.amount),
        [amount],
        'the amount that moved stays what it was',
      );
    },
    ['returns'],
  ),
];

const FIRST: Instant = '2000-01-01T00:00:00.000Z';
const LAST: Instant = '2999-01-01T00:00:00.000Z';

function lookupLaw(name: string, body: (trial: ProviderTrial) => Promise<void>): ProviderLaw {
  return providerLaw(name, body, ['lookup']);
}

async function listed(trial: ProviderTrial, from: Instant, to: Instant): Promise<readonly Observation[]> {
  const { kind } = trial.sendOf({ reference: 'law-1' }).operation;
  const seen: Observation[] = [];
  let cursor: string | undefined;
  for (let page = 0; page <= trial.harness.severalPages; page++) {
    const query = { kind, from, to, ...(cursor === undefined ? {} : { cursor }) };
    const { observations, next } = answerOf(await trial.provider.listSince(query, going()), 'the list');
    seen.push(...observations);
    if (next === undefined) return seen;
    cursor = next;
  }
  expectThat(false, 'a list comes to an end');
  return seen;
}

/** Lets the time pass after which a look-up that is not strong finds what was made. */
async function untilSeen(trial: ProviderTrial): Promise<void> {
  const { consistency, lag = hours(1) } = powerOf(trial).lookup;
  if (consistency === 'eventual') await trial.passTime(lag);
}
