import { minutes } from '@holdfast/kernel';
import { inr } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { finishPayments } from '../src/jobs/finish-payments.ts';
import type { Collected } from '../src/payments/collect.ts';
import { good, openSchemeWorld, type SchemeWorld } from './scheme-world.ts';

const creditOf = async ({ portal, scheme }: SchemeWorld, ticket: number): Promise<string> =>
  `${(await portal.book.balance(`chits:${scheme}:tickets:${ticket}`, inr))._unsafeUnwrap().money}`;

/** What a member says that he has paid for the first ticket. */
const said = ({ subscriptions }: SchemeWorld, change: object = {}) => ({
  subscriptionId: subscriptions[0],
  amount: '1000.00',
  channel: 'upi',
  transactionId: 'UPI-1',
  ...change,
});

const anna = ({ members }: SchemeWorld) => members[0] as SchemeWorld['foreman'];

describe('a payment that a member says he made', () => {
  it('waits until the foreman has found it, and then counts once', async () => {
    const world = await openSchemeWorld();
    const waiting = await good(anna(world).send('POST', '/api/payments', said(world)), 202);
    expect(waiting).toMatchObject({ status: 'PENDING', paymentType: 'INSTALLMENT', paymentDate: null });
    expect(await creditOf(world, 1)).toBe('0.00 INR');
    const found = () => world.foreman.send('PUT', `/api/payments/${waiting.id}`, { status: 'COMPLETED' });
    const both = await Promise.all([found(), found()]);
    expect(both.map(({ status, body }) => [status, body.status])).toEqual([
      [200, 'COMPLETED'],
      [200, 'COMPLETED'],
    ]);
    expect(await creditOf(world, 1)).toBe('1000.00 INR');
    expect(await world.foreman.send('PUT', `/api/payments/${waiting.id}`, { status: 'FAILED' })).toMatchObject({
      status: 409,
      body: { code: 'payment_decided' },
    });
  });

  it('counts at once where the gateway has it, and is asked for again where it did not know yet', async () => {
    let says: Collected = 'pending';
    const world = await openSchemeWorld({ collect: async () => says });
    const { id } = await good(anna(world).send('POST', '/api/payments', said(world)), 202);
    says = 'received';
    expect(await finishPayments(world.portal)).toBe(0);
    world.pass(minutes(2));
    expect(await finishPayments(world.portal)).toBe(1);
    expect(await good(anna(world).get(`/api/payments/${id}`))).toMatchObject({ status: 'COMPLETED' });
    const second = await good(anna(world).send('POST', '/api/payments', said(world, { transactionId: 'UPI-2' })), 201);
    expect(second.status).toBe('COMPLETED');
    says = 'failed';
    const third = await good(anna(world).send('POST', '/api/payments', said(world, { transactionId: 'UPI-3' })), 201);
    expect(third).toMatchObject({ status: 'FAILED', reason: 'not_collected' });
    expect(await creditOf(world, 1)).toBe('2000.00 INR');
  });

  it('is one however often it comes under its key, and no two under one transaction', async () => {
    const world = await openSchemeWorld({ collect: async () => 'received' });
    const send = (change: object, key: string) => anna(world).send('POST', '/api/payments', said(world, change), key);
    const same = await Promise.all(Array.from({ length: 5 }, () => send({}, 'one-key-for-it')));
    expect(same.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(same.map(({ body }) => body.id)).size).toBe(1);
    expect(await send({ amount: '500.00' }, 'one-key-for-it')).toMatchObject({
      status: 409,
      body: { code: 'key_conflict' },
    });
    expect(await send({}, 'another-key-for-it')).toMatchObject({
      status: 409,
      body: { code: 'taken', field: 'transactionId' },
    });
    expect(await creditOf(world, 1)).toBe('1000.00 INR');
    const list = await good(anna(world).get('/api/payments'));
    expect(list.items).toHaveLength(1);
  });

  it('is booked by whoever comes next, where the process that took it died', async () => {
    const world = await openSchemeWorld({ collect: async () => 'received' });
    const { portal, foreman, scheme } = world;
    const paid = await good(anna(world).send('POST', '/api/payments', said(world)), 201);
    // As if it had died behind the book's answer and before its own row.
    await portal.database
      .updateTable('payments')
      .set({ status: 'PENDING', payment_date: null })
      .where('id', '=', paid.id)
      .execute();
    world.pass(minutes(2));
    expect(await finishPayments(portal)).toBe(1);
    expect(await creditOf(world, 1)).toBe('1000.00 INR');
    const list = await good(foreman.get(`/api/payments?schemeId=${scheme}`));
    expect(list.items).toMatchObject([{ id: paid.id, status: 'COMPLETED' }]);
  });

  it('can be taken back by the foreman when its cheque bounces', async () => {
    const world = await openSchemeWorld();
    await world.pay(1, '1000.00');
    const [paid] = (await good(anna(world).get('/api/payments'))).items;
    const reversed = await good(
      world.foreman.send('PUT', `/api/payments/${paid.id}`, { status: 'REVERSED', reason: 'the cheque bounced' }),
    );
    expect(reversed).toMatchObject({ status: 'REVERSED' });
    expect(await creditOf(world, 1)).toBe('0.00 INR');
    const told = await good(anna(world).get('/api/notifications'));
    expect(told.items.map(({ event }: { event: string }) => event)).toContain('PAYMENT_FAILED');
  });

  it('is nobody else to see, to make or to confirm', async () => {
    const world = await openSchemeWorld();
    const bela = world.members[1] as SchemeWorld['foreman'];
    const other = await world.user('otto', 'FOREMAN');
    const waiting = await good(anna(world).send('POST', '/api/payments', said(world)), 202);
    for (const client of [bela, other]) {
      expect((await client.get(`/api/payments/${waiting.id}`)).status).toBe(404);
      expect((await client.send('POST', '/api/payments', said(world))).status).toBe(404);
      expect((await client.send('PUT', `/api/payments/${waiting.id}`, { status: 'COMPLETED' })).status).toBe(403);
      expect((await client.get(`/api/payments/user/${anna(world).id}`)).status).toBe(403);
      expect((await client.get(`/api/subscriptions/${world.subscriptions[0]}/statement`)).status).toBe(404);
    }
    expect((await anna(world).send('PUT', `/api/payments/${waiting.id}`, { status: 'COMPLETED' })).status).toBe(403);
  });
});
