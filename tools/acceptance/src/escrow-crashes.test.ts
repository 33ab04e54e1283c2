import { createMemoryStore, type Store } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { crashAt } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import { assertSound, leftOver, openMarketplace, stepNamed } from './marketplace.ts';

const lives = [
  { names: ['send', 'accept', 'complete'] },
  { names: ['send', 'accept', 'cancel'] },
  { names: ['send', 'reject'] },
  { names: ['send', 'cancel', 'send'] },
];

describe.each(lives)('a process that dies during $names', ({ names }) => {
  async function live(store: Store<never>): Promise<void> {
    const market = openMarketplace(store);
    (await market.deposit(usd('300'), 'deposit'))._unsafeUnwrap();
    for (const [index, name] of names.entries()) await stepNamed(name).run(market, `step-${index}`);
  }

  it('comes to the same when another one asks again with the same keys, wherever it died', async () => {
    const whole = createMemoryStore();
    await live(whole);
    const expected = await leftOver(openMarketplace(whole));
    const digest = (await whole.readHead('market'))._unsafeUnwrap().digest;
    const counting = crashAt(createMemoryStore(), { call: Number.POSITIVE_INFINITY, side: 'before' });
    await live(counting.store);
    const calls = counting.calls();
    expect(calls).toBeGreaterThanOrEqual(2 * names.length);
    for (let call = 1; call <= calls; call++) {
      for (const side of ['before', 'after'] as const) {
        const store = createMemoryStore();
        const crashing = crashAt(store, { call, side });
        await Promise.race([crashing.died, live(crashing.store)]);
        await live(store);
        const market = openMarketplace(store);
        await assertSound(market);
        expect([call, side, await leftOver(market)]).toEqual([call, side, expected]);
        expect((await store.readHead('market'))._unsafeUnwrap().digest).toBe(digest);
      }
    }
  });
});
