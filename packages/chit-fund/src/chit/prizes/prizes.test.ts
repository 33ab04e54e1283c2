import { inr, money } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { checkChits } from '../../check-chits.ts';
import type { SchemeTerms } from '../../terms/terms.ts';
import { type OpenedChits, openChits, rupees, smallTerms } from '../../testing/open-chits.ts';

let receipts = 0;
const payAll = async (world: OpenedChits, tickets: readonly number[], whole: number) => {
  for (const ticket of tickets)
    await world.done('c1', {
      type: 'PayInstalment',
      ticket,
      amount: rupees(whole),
      channel: 'bank',
      payment: `r${++receipts}`,
    });
};
const all = [1, 2, 3, 4, 5];
const purse = (world: OpenedChits, name: string) => world.balance(`chits:c1:${name}`);
const sound = async (world: OpenedChits) =>
  expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);

/** The first instalment is settled under the Act; ticket 2 has won 4,500 with a bid of 500. */
async function won(change: Partial<SchemeTerms> = {}): Promise<OpenedChits> {
  const world = openChits();
  await world.found('c1', smallTerms({ state: 'TS', ...change }));
  world.goTo('2026-01-05');
  await world.draw('c1', [[2, rupees(500)]]);
  await payAll(world, all, 950);
  await world.done('c1', { type: 'SettleInstalment', instalment: 1 });
  return world;
}

describe('a prize', () => {
  it('is paid once security is given that is worth a third more than what is to come, or half more in land', async () => {
    const world = await won();
    const pay = { type: 'PayPrize', ticket: 2, channel: 'bank' } as const;
    const give = (kind: 'movable' | 'immovable', value: bigint) =>
      world.code('c1', { type: 'GiveSecurity', ticket: 2, kind, value: money(value, inr), reference: 'deed' });
    expect(await world.code('c1', pay)).toBe('security_too_small');
    expect([await give('movable', 533_333n), await give('immovable', 599_999n)]).toEqual([
      'security_too_small',
      'security_too_small',
    ]);
    expect([await give('movable', 533_334n), await world.code('c1', pay)]).toEqual(['done', 'done']);
    expect(await world.code('c1', pay)).toBe('prize_wrong_status');
    await sound(world);
  });

  it('is paid without security where all that is to come stays as credit, to which dividends accrue', async () => {
    const world = await won();
    await world.done('c1', { type: 'PrepayPrize', ticket: 2, channel: 'bank' });
    expect([await purse(world, 'tickets:2'), await purse(world, 'prizes:1')]).toEqual([400_000n, 0n]);
    world.goTo('2026-02-05');
    await world.draw('c1', [[3, rupees(500)]]);
    await payAll(world, [1, 3, 4, 5], 950);
    await world.done('c1', { type: 'SettleInstalment', instalment: 2 });
    expect(await purse(world, 'tickets:2')).toBe(305_000n);
    const back = (whole: number) =>
      world.code('c1', { type: 'ReturnCredit', ticket: 2, amount: rupees(whole), channel: 'bank' });
    expect([await back(51), await back(50)]).toEqual(['credit_too_small', 'done']);
    await sound(world);
  });

  it('that is not collected is put apart, drawn anew after two months, and the difference joins the carry', async () => {
    const world = await won();
    world.goTo('2026-02-05');
    await world.sweep();
    expect([await purse(world, 'prizes:1'), await purse(world, 'unpaid:1')]).toEqual([0n, 450_000n]);
    const again = { type: 'VoidDraw', instalment: 1, ticket: 2, why: 'uncollected' } as const;
    expect(await world.code('c1', again)).toBe('redraw_not_possible');
    world.goTo('2026-04-05');
    expect(await world.code('c1', again)).toBe('done');
    await world.draw('c1', [[4, rupees(600)]]);
    await world.done('c1', { type: 'SettleInstalment', instalment: 1 });
    expect([await purse(world, 'prizes:1'), await purse(world, 'carry')]).toEqual([440_000n, 10_000n]);
    const { tickets, instalments } = await world.chit('c1');
    expect([tickets[1]?.prize, tickets[3]?.prize?.amount, instalments[0]?.sequence]).toEqual([undefined, 440_000n, 2]);
    expect(instalments[0]?.money?.redrawn).toBe(10_000n);
    await sound(world);
  });

  it('that is drawn anew for more takes the difference from the advance until a pool has brought it in', async () => {
    const world = await won();
    await world.done('c1', { type: 'VoidDraw', instalment: 1, ticket: 2, why: 'payment_reversed' });
    await world.draw('c1', [[4, rupees(300)]]);
    await world.done('c1', { type: 'SettleInstalment', instalment: 1 });
    expect([await purse(world, 'prizes:1'), await purse(world, 'carry'), await purse(world, 'advance')]).toEqual([
      470_000n,
      0n,
      -20_000n,
    ]);
    await sound(world);
  });

  it('of the foreman, and of a hui, is not drawn anew', async () => {
    const world = openChits();
    await world.found('c1', smallTerms({ companyChit: { instalment: 1, commission: false } }));
    world.goTo('2026-01-05');
    await world.draw('c1');
    await payAll(world, all, 1_000);
    await world.done('c1', { type: 'SettleInstalment', instalment: 1 });
    expect((await world.chit('c1')).instalments[0]?.wins).toEqual([{ ticket: 1, how: 'company_chit', discount: 0n }]);
    expect(await world.code('c1', { type: 'VoidDraw', instalment: 1, ticket: 1, why: 'dispute' })).toBe(
      'redraw_not_possible',
    );
    expect(await purse(world, 'prizes:1')).toBe(500_000n);
  });

  it('of a ticket in parts is paid to its holders by their parts', async () => {
    const world = openChits();
    const { done } = world;
    const terms = smallTerms({ tickets: 2, instalments: 2 });
    const { termsToJson } = await import('../../terms/parse-terms.ts');
    await done('c1', { type: 'DraftScheme', terms: termsToJson(terms) });
    await done('c1', { type: 'SubmitScheme' });
    const thirds = [{ person: 'ann', parts: 2 }, { person: 'bob' }];
    await done('c1', { type: 'EnrolTicket', ticket: 1, holders: thirds });
    await done('c1', { type: 'EnrolTicket', ticket: 2, holders: [{ person: 'cid' }] });
    await done('c1', { type: 'DeclareSubscribed' });
    await done('c1', { type: 'CommenceScheme', certificate: 'C' });
    world.goTo('2026-01-05');
    const { commitLot } = await import('../../draw/commit-lot.ts');
    const commitment = commitLot('ab'.repeat(32))._unsafeUnwrap();
    await done('c1', { type: 'OpenDraw', instalment: 1, commitment, present: [] });
    const bid = { type: 'PlaceBid', ticket: 1, bid: { by: 'discount', amount: rupees(100) } } as const;
    const ann = { id: 'ann', role: 'subscriber' };
    expect(await world.code('c1', bid, ann)).toBe('consent_missing');
    expect(await world.code('c1', { ...bid, consenting: ['bob'] }, ann)).toBe('done');
    await done('c1', { type: 'CloseDraw', seed: 'ab'.repeat(32) });
    await payAll(world, [1, 2], 1_000);
    await done('c1', { type: 'SettleInstalment', instalment: 1 });
    await done('c1', { type: 'PayPrize', ticket: 1, channel: 'bank' });
    const paid = (
      await world.book.lines({ account: 'world:bank', currency: inr, order: 'newest', limit: 2 })
    )._unsafeUnwrap().rows;
    expect(paid.map(({ amount }) => amount)).toEqual([63_333n, 126_667n]);
    expect(await world.balance('world:bank')).toBe(-200_000n + 190_000n);
    await sound(world);
  });

  it('that nobody claims lies in an account of its own when the scheme ends, and can be paid for ever', async () => {
    const world = openChits();
    await world.found('c1', smallTerms({ tickets: 2, instalments: 2 }));
    for (const [index, day] of ['2026-01-05', '2026-02-05'].entries()) {
      world.goTo(day);
      await world.draw('c1', index === 0 ? [[1, rupees(100)]] : []);
      await payAll(world, [1, 2], 1_000);
      await world.done('c1', { type: 'SettleInstalment', instalment: index + 1 });
    }
    await world.done('c1', { type: 'PayPrize', ticket: 1, channel: 'bank' });
    expect(await world.code('c1', { type: 'CompleteScheme' })).toBe('chit_not_empty');
    await world.done('c1', { type: 'DepositUnclaimed', ticket: 2 });
    await world.done('c1', { type: 'CompleteScheme' });
    await sound(world);
    await world.done('c1', { type: 'PayUnclaimed', ticket: 2, channel: 'bank' });
    expect(await world.balance('unclaimed:c1:2')).toBe(0n);
    expect(await world.code('c1', { type: 'PayUnclaimed', ticket: 2, channel: 'bank' })).toBe('nothing_open');
  });
});
