import { verifyBook } from '@holdfast/ledger';
import { inr, money } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { foreman, type OpenedChits, openChits, rupees, smallTerms } from '../testing/open-chits.ts';

const pay = (world: OpenedChits, ticket: number, amount: number | bigint, payment: string) =>
  world.done('c1', {
    type: 'PayInstalment',
    ticket,
    amount: typeof amount === 'bigint' ? money(amount, inr) : rupees(amount),
    channel: 'bank',
    payment,
  });

describe('the life of a scheme', () => {
  it('ends with every account at zero when everybody pays', async () => {
    const world = openChits();
    await world.found('c1', smallTerms());
    for (let k = 1; k <= 5; k++) {
      world.goTo(`2026-0${k}-05`);
      const unprized = (await world.chit('c1')).tickets.flatMap(({ prize }, index) => (prize ? [] : [index + 1]));
      await world.draw('c1', unprized.length > 1 ? [[unprized[0] as number, rupees(500)]] : []);
      for (let ticket = 1; ticket <= 5; ticket++) await pay(world, ticket, 950 + (k === 5 ? 50 : 0), `${k}.${ticket}`);
      await world.done('c1', { type: 'SettleInstalment', instalment: k });
      const { tickets, instalments } = await world.chit('c1');
      const winner = instalments[k - 1]?.wins[0]?.ticket as number;
      expect(tickets[winner - 1]?.prize).toMatchObject({ status: 'awaiting', amount: k === 5 ? 475_000n : 450_000n });
      await world.done('c1', { type: 'PayPrize', ticket: winner, channel: 'bank' });
    }
    expect((await world.chit('c1')).phase).toBe('matured');
    await world.done('c1', { type: 'CompleteScheme' });
    expect(await world.balance(`foremen:${foreman.id}:income`)).toBe(125_000n);
    expect(await world.balance('world:bank')).toBe(-125_000n);
    const report = (
      await verifyBook({ store: world.store, book: 'main', deciders: [world.chits.chit] })
    )._unsafeUnwrap();
    expect(report.difference).toBeUndefined();
  });
});
