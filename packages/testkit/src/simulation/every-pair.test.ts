import { createMemoryStore, type Store } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { faultyStores } from '../faulty-stores/faulty-stores.ts';
import type { SampleAsk } from '../sample/history.ts';
import { openSample } from '../sample/open-sample.ts';
import { askFor } from '../sample/play-history.ts';
import { verifyJournal } from '../verify/verify-journal.ts';
import { everyPair, type NamedCommand, type PairsRun } from './every-pair.ts';

interface World {
  readonly answers: Map<string, string>;
}

const hold = { ask: 'hold', buyer: 'ann', minor: 60n, currency: 'USD', expiresAt: '2024-01-01T00:00:00.000Z' } as const;
const asks: { readonly [name: string]: SampleAsk } = {
  confirm: { ask: 'end', id: 's1', type: 'ConfirmSeat' },
  leave: { ask: 'end', id: 's1', type: 'LeaveSeat' },
  expire: { ask: 'end', id: 's1', type: 'ExpireSeat' },
  'hold the same place': { ...hold, id: 's2', place: 'A1' },
  'hold another place': { ...hold, id: 's3', place: 'A2' },
  spend: { ask: 'move', from: 'users:ann:available', to: 'users:ben:available', minor: 50n, currency: 'USD' },
};

function command([name, ask]: readonly [string, SampleAsk]): NamedCommand<unknown, World> {
  let runs = 0;
  return {
    name,
    async run(store, { answers }) {
      runs += 1;
      const answer = await askFor(openSample(store), {
        actor: 'ann',
        key: `${name}-${runs}`.replaceAll(' ', '-'),
        keepRefusal: false,
        asks: [ask],
      });
      answers.set(`${name} ${answers.has(`${name} 1`) ? 2 : 1}`, answer.kind === 'error' ? answer.code : answer.kind);
    },
  };
}

/** Ann has 100 and holds seat s1 on place A1 for 60. */
async function openOn(store: Store<unknown>): Promise<{ store: Store<unknown>; world: World; close(): Promise<void> }> {
  const sample = openSample(store);
  const deposit = { ask: 'move', from: 'world:bank', to: 'users:ann:available', minor: 160n, currency: 'USD' } as const;
  await askFor(sample, { actor: 'ann', key: 'deposit', keepRefusal: false, asks: [deposit] });
  await askFor(sample, { actor: 'ann', key: 'first', keepRefusal: false, asks: [{ ...hold, id: 's1', place: 'A1' }] });
  return { store, world: { answers: new Map() }, close: () => store.close() };
}

function sweep(create: () => Store<unknown>): Promise<PairsRun> {
  return everyPair<unknown, World>({
    open: () => openOn(create()),
    commands: Object.entries(asks).map(command),
    async check(store, { answers }) {
      const done = [...answers.values()].filter((answer) => answer === 'committed').length;
      const head = (await store.readHead('main'))._unsafeUnwrap();
      expect(head.sequence).toBe(2 + done);
      expect(await verifyJournal(store, 'main')).toBeUndefined();
      const page = (await store.readAccounts('main', { limit: 50 }))._unsafeUnwrap();
      for (const { account, balance } of page.rows)
        if (!account.startsWith('world:')) expect(balance).toBeGreaterThanOrEqual(0n);
      expect(page.rows.reduce((sum, { balance }) => sum + balance, 0n)).toBe(0n);
      const ends = ['confirm 1', 'confirm 2', 'leave 1', 'leave 2', 'expire 1', 'expire 2'];
      expect(ends.filter((end) => answers.get(end) === 'committed').length).toBeLessThanOrEqual(1);
    },
  });
}

describe('everyPair', () => {
  it('runs all 21 pairs of six commands in every order of their store calls', { timeout: 60_000 }, async () => {
    const run = await sweep(() => createMemoryStore());
    expect(run.pairs).toBe(21);
    expect(run.incomplete).toEqual([]);
    // Two callers of two calls each meet in at least six orders.
    expect(run.schedules).toBeGreaterThanOrEqual(21 * 6);
  });

  it('finds the race of a store that ignores the head', { timeout: 60_000 }, async () => {
    const faulty = faultyStores.find(({ name }) => name === 'head-ignored');
    expect(faulty).toBeDefined();
    await expect(sweep(() => faulty?.create() as Store<unknown>)).rejects.toThrow(/against/);
  });
});
