import { checkChits } from '@holdfast/chit-fund';
import { openChits, playLife, sampleLives } from '@holdfast/chit-fund/testing';
import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { createMemoryStore, type Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { describe, expect, it } from 'vitest';
import { openServerStore } from './open-server-store.ts';

const SEED = Number(process.env.HOLDFAST_SEED ?? 20_261_121);
/** Half of them outside of the Act, half under it. */
const LIVES = 4;

describe('random lives of schemes', () => {
  it('hold their identities after every command on Postgres, and come to the digest that they have in memory', async () => {
    const expected = await tell(createMemoryStore() as Store<never>);
    const server = await openServerStore({ kind: 'Postgres', url: postgresUrl(), place: 'chits_everywhere' });
    try {
      await server.drop();
      await server.prepare();
      expect(await tell(server.store)).toEqual(expected);
    } finally {
      await server.drop();
      await server.close();
    }
    expect(expected.commands).toBeGreaterThan(LIVES * 15);
  });
});

/** Plays some lives on one book, one after the other, and completes each. */
async function tell(store: Store<never>): Promise<{ readonly commands: number; readonly digest: string }> {
  const world = openChits({}, store);
  let commands = 0;
  for (const [index, { terms, seed, terminates }] of sampleLives(LIVES, SEED).entries()) {
    const id = `c${index}`;
    await world.found(id, terms);
    commands += await playLife(world, {
      id,
      seed,
      terminates,
      after: async () => expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]),
    });
    await world.done(id, { type: 'CompleteScheme' });
  }
  const report = (await verifyBook({ store, book: 'main', deciders: [world.chits.chit] }))._unsafeUnwrap();
  expect(report.difference).toBeUndefined();
  return { commands, digest: (await world.book.head())._unsafeUnwrap().digest };
}
