import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { createMemoryStore, minutes, type Store } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { checkPayouts } from '@holdfast/payouts';
import { compareBooks, earn, operator, simulatePayouts } from '@holdfast/payouts/testing';
import { createRandom } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { openServerStore } from './open-server-store.ts';
import { balancesOf, dueRecords } from './payout-city.ts';

describe('reversals by a rough provider', () => {
  it('come to the same on Postgres as in memory, to the digest', async () => {
    const expected = await tell(createMemoryStore() as Store<never>);
    expect(expected.taken).toEqual(['30.00 USD', '20.00 USD']);
    const { store, prepare, drop, close } = await openServerStore({
      kind: 'Postgres',
      url: postgresUrl(),
      place: 'reversals_everywhere',
    });
    try {
      await drop();
      await prepare();
      expect(await tell(store)).toEqual(expected);
    } finally {
      await drop();
      await close();
    }
  }, 120_000);
});

/** Pays twice, refunds, takes back with a lost answer, a no and webhooks on the way, while a third payout nets the rest. */
async function tell(store: Store<never>) {
  const world = await simulatePayouts(createRandom(7), { rates: {}, store: store as Store });
  const [worker] = world.workers;
  const work = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      for (const record of await dueRecords(world)) await worker?.handle({ record });
      for (const { observation } of world.simulated.peer.events()) await worker?.observe(observation);
      world.pass(minutes(20).ms);
    }
  };
  for (const id of ['b0', 'b1']) await world.done('obligation', id, earn(usd('80')));
  await work(1);
  const { rows } = (await world.book.use(world.payouts.payout).list({ limit: 9 }))._unsafeUnwrap();
  const [first = '', second = ''] = rows.map(({ id }) => id);
  for (const id of ['b0', 'b1'])
    await world.done('obligation', id, { type: 'RefundObligation', amount: usd('30'), to: 'buyers:bea:refunds' });
  world.simulated.next('lost_answer', 'declined');
  await world.done('payout', first, { type: 'ReversePayout', amount: usd('30'), why: 'refunded' }, operator);
  await world.done('payout', second, { type: 'ReversePayout', amount: usd('20'), why: 'refunded' }, operator);
  await work(3);
  await world.done('obligation', 'b2', earn(usd('50')));
  await work(4);
  expect(await compareBooks(world)).toEqual([]);
  expect((await checkPayouts(world.book, world.payouts))._unsafeUnwrap()).toEqual([]);
  const objects = world.simulated.peer.objects();
  const taken = objects.filter(({ operation }) => operation.kind === 'reverse_transfer');
  const digest = (await world.book.head())._unsafeUnwrap().digest;
  const balances = await balancesOf(world);
  await world.book.close();
  return { taken: taken.map(({ amount }) => `${amount}`), transfers: objects.length - taken.length, balances, digest };
}
