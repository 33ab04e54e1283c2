import { verifyBook } from '@holdfast/ledger';
import { inr } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { chits } from '../src/book/chits.ts';
import { sweep } from '../src/jobs/sweep.ts';
import { good, openSchemeWorld, type SchemeWorld } from './scheme-world.ts';

const MONTHS = ['2026-04-06', '2026-05-06', '2026-06-06', '2026-07-06'];

/** Sweeps as the worker does, and fails on any trouble. */
async function swept(world: SchemeWorld) {
  const troubles: unknown[] = [];
  const done = await sweep(world.portal, { channels: world.channels, onTrouble: (trouble) => troubles.push(trouble) });
  expect(troubles).toEqual([]);
  return done;
}

/** Plays one month: bids, close, settlement, everybody's payment, the prize. */
async function playMonth(
  world: SchemeWorld,
  instalment: number,
  bids: readonly (readonly [ticket: number, amount: string])[],
) {
  const { foreman, scheme } = world;
  world.goTo(MONTHS[instalment - 1] as string);
  await world.open(instalment);
  for (const [ticket, amount] of bids) await good(world.bid(instalment, ticket, amount), 201);
  await good(foreman.send('POST', `/api/schemes/${scheme}/draws/${instalment}/close`, {}));
  await good(foreman.send('POST', `/api/schemes/${scheme}/draws/${instalment}/settle`, {}));
  const { calendar } = await good(foreman.get(`/api/schemes/${scheme}/draws`));
  const { winners, dues } = calendar[instalment - 1];
  const each = (inr(dues as '1').minor / 4n).toString().replace(/(\d\d)$/, '.$1');
  for (const ticket of [1, 2, 3, 4]) await world.pay(ticket, each);
  const { ticket } = winners[0];
  if (instalment < 4) {
    const security = { kind: 'movable', value: '10000.00', reference: `deed ${ticket}` };
    await good(foreman.send('POST', `/api/schemes/${scheme}/tickets/${ticket}/security`, security));
  }
  await good(foreman.send('POST', `/api/schemes/${scheme}/tickets/${ticket}/prize`, { how: 'pay' }));
  return { ticket, calendar: calendar[instalment - 1] };
}

describe('a scheme', () => {
  it('lives from its draft to its last account at zero', async () => {
    const world = await openSchemeWorld();
    const { foreman, members, scheme, portal } = world;
    const first = await playMonth(world, 1, [
      [2, '300.00'],
      [3, '500.00'],
    ]);
    expect(first).toMatchObject({
      ticket: 3,
      calendar: { discount: '500.00', commission: '200.00', pool: '300.00', prizes: '3500.00', dues: '3700.00' },
    });
    const second = await playMonth(world, 2, [[1, '400.00']]);
    expect(second).toMatchObject({ ticket: 1, calendar: { discount: '400.00', dividends: '200.00' } });
    await playMonth(world, 3, []);
    await playMonth(world, 4, []);
    await good(foreman.send('POST', `/api/schemes/${scheme}/income`, {}));
    const ended = await good(foreman.send('POST', `/api/schemes/${scheme}/complete`, {}));
    expect(ended.scheme).toMatchObject({ status: 'COMPLETED', phase: 'completed', currentSubscribers: 4 });

    const accounts = (await portal.book.accounts({ prefix: `chits:${scheme}:`, limit: 500 }))._unsafeUnwrap();
    expect(accounts.rows.length).toBeGreaterThan(8);
    for (const { account } of accounts.rows) {
      const { minor } = (await portal.book.balance(account.replace(/ INR$/, ''), inr))._unsafeUnwrap();
      expect([account, minor]).toEqual([account, 0n]);
    }
    const income = (await portal.book.balance(`foremen:${foreman.id}:income`, inr))._unsafeUnwrap();
    expect(`${income.money}`).toBe('800.00 INR');
    const verified = await verifyBook({
      store: portal.book.store as never,
      book: 'portal',
      deciders: [chits] as never,
    });
    expect(verified._unsafeUnwrap().difference?.sentence).toBeUndefined();

    const passbook = await good(members[2]?.get(`/api/subscriptions/${world.subscriptions[2]}/statement`) as never);
    expect(passbook.instalments).toHaveLength(4);
    expect(passbook.instalments[0]).toMatchObject({ due: '925.00', dividend: '75.00', paid: '925.00', open: '0.00' });
    expect(
      passbook.payments.filter(({ paymentType }: { paymentType: string }) => paymentType === 'PRIZE'),
    ).toMatchObject([{ amount: '3500.00', status: 'COMPLETED' }]);
    const mine = await good(members[2]?.get('/api/subscriptions') as never);
    expect(mine.items).toMatchObject([{ status: 'COMPLETED', ticket: 3 }]);
    const list = await good(members[0]?.get('/api/schemes?status=COMPLETED') as never);
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual([scheme]);
  });

  it('scores its members by what they did, and keeps the score of each midnight', async () => {
    const world = await openSchemeWorld();
    const [anna] = world.members;
    await playMonth(world, 1, [[2, '300.00']]);
    await swept(world);
    const before = await good(anna?.get(`/api/users/${anna.id}/chit-score`) as never);
    expect(before).toMatchObject({ scaleId: 'seed0to900', provisional: true, history: [{ asOf: '2026-04-06' }] });
    expect(before.score + before.lost).toBe(900);
    await playMonth(world, 2, [[1, '400.00']]);
    await playMonth(world, 3, []);
    world.goTo('2026-06-12');
    const after = await good(anna?.get(`/api/users/${anna.id}/chit-score`) as never);
    expect(after).toMatchObject({ provisional: false, factors: { paymentHistory: 5_500 } });
    expect(after.score).toBeGreaterThan(before.score);
    expect(after.reasons.map(({ code }: { code: string }) => code)).toContain('PH05');
    expect(after.sentences.length).toBeGreaterThan(0);
    expect((await world.members[1]?.get(`/api/users/${anna?.id}/chit-score`))?.status).toBe(403);
  });

  it('reminds, reports and tells by itself', async () => {
    const world = await openSchemeWorld();
    const [anna] = world.members;
    world.goTo('2026-04-05');
    expect((await swept(world)).jobs).toEqual(['scores', 'reminders', 'documents', 'report']);
    expect((await swept(world)).jobs).toEqual([]);
    const ahead = await good(anna?.get('/api/notifications?limit=100') as never);
    expect(ahead.items.map(({ event }: { event: string }) => event)).toContain('AUCTION_REMINDER');
    await playMonth(world, 1, [[2, '300.00']]);
    await swept(world);
    const told = await good(anna?.get('/api/notifications?limit=100') as never);
    const events = told.items.map(({ event }: { event: string }) => event);
    expect(events).toEqual(expect.arrayContaining(['AUCTION_OPENED', 'PAYMENT_RECEIVED']));
    const winner = await good(world.members[1]?.get('/api/notifications?limit=100') as never);
    expect(winner.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ event: 'PRIZE_WON', body: 'Ticket 2 of Small chit has won instalment 1: ₹3700.00.' }),
      ]),
    );
    expect(world.shortMessages.some(({ text }) => text.includes('has won'))).toBe(true);
    expect(world.mails.filter(({ to, subject }) => to === anna?.email && subject === 'Payment received')).toHaveLength(
      1,
    );
    world.goTo('2026-05-01');
    expect((await swept(world)).jobs).toContain('report');
    const stored = await world.portal.storage.get(`reports/${world.scheme}/2026-04.json`);
    const report = JSON.parse(Buffer.from(stored?.bytes ?? []).toString());
    expect(report).toMatchObject({
      month: '2026-04',
      due: '3900.00',
      collected: '3900.00',
      arrears: { upTo30: '0.00' },
      accounts: { pot: '0.00' },
    });
  });

  it('settles and marks late by the clock where nobody does', async () => {
    const world = await openSchemeWorld();
    const { foreman, scheme } = world;
    world.goTo('2026-04-06');
    await world.open(1);
    await good(world.bid(1, 2, '300.00'), 201);
    await good(foreman.send('POST', `/api/schemes/${scheme}/draws/1/close`, {}));
    await world.pay(1, '975.00');
    world.goTo('2026-04-20');
    await swept(world);
    const anna = await good(world.members[0]?.get(`/api/subscriptions/${world.subscriptions[0]}/statement`) as never);
    expect(anna).toMatchObject({ arrears: [], instalments: [{ paid: '975.00', open: '0.00' }] });
    const devi = await good(world.members[3]?.get(`/api/subscriptions/${world.subscriptions[3]}/statement`) as never);
    expect(devi).toMatchObject({ arrears: [{ principal: '975.00', late: true }], instalments: [{ open: '975.00' }] });
  });
});
