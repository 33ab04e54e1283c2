import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { simpleSale } from '@holdfast/escrow';
import { days } from '@holdfast/kernel';
import { transferMoney, verifyBook } from '@holdfast/ledger';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { orderModel } from '../src/models/order.ts';
import { type RunningShop, startShop } from './start-shop.ts';

describeOnMongo('a shop on Mongoose', (url) => {
  let shop: RunningShop;
  beforeEach(async () => {
    shop = await startShop(url);
    await shop.as('ann').post('/deposits', { amount: '200.00' }, 'deposit');
  });
  afterEach(async () => {
    const report = await verifyBook({ store: shop.money.store, book: 'shop', deciders: [simpleSale, transferMoney] });
    expect(report._unsafeUnwrap().verified).toBe(true);
    await shop.close();
  });

  const order = { seller: 'ben', item: 'a lamp', price: '100.00' };
  const available = async (user: string) => (await shop.as(user).get('/wallet')).body.available.amount;
  const documents = () => orderModel(shop.connection).countDocuments();

  it('holds 105 for an order of 100, and pays the seller 80 when it was delivered', async () => {
    const placed = await shop.as('ann').post('/orders', order, 'first');
    expect(placed).toMatchObject({ status: 201, body: { id: 'ann-first' } });
    expect(await available('ann')).toBe('95.00');
    expect((await shop.as('ann').post('/orders/ann-first/deliver', {}, 'deliver')).status).toBe(200);
    expect((await shop.as('ann').get('/orders/ann-first')).body).toMatchObject({ status: 'delivered' });
    expect([await available('ann'), await available('ben')]).toEqual(['95.00', '80.00']);
  });

  it('leaves no document of an order that the book refuses', async () => {
    const refused = await shop.as('ann').post('/orders', { ...order, price: '500.00' }, 'too-dear');
    expect(refused).toMatchObject({ status: 409, body: { code: 'insufficient_funds' } });
    expect(await documents()).toBe(0);
    expect(await available('ann')).toBe('200.00');
  });

  it('answers a retry as it answered first, and moves nothing twice', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => shop.as('ann').post('/orders', order, 'same')));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id} ${body.sequence}`)).size).toBe(1);
    expect([await documents(), await available('ann')]).toEqual([1, '95.00']);
  });

  it('lets one of delivery and cancellation win, and the document says which', async () => {
    await shop.as('ann').post('/orders', order, 'raced');
    const [delivered, cancelled] = await Promise.all([
      shop.as('ann').post('/orders/ann-raced/deliver', {}, 'deliver'),
      shop.as('ben').post('/orders/ann-raced/cancel', {}, 'cancel'),
    ]);
    const winner = delivered.status === 200 ? 'delivered' : 'cancelled';
    expect([delivered.status, cancelled.status].sort()).toEqual([200, 409]);
    expect((await shop.as('ann').get('/orders/ann-raced')).body.status).toBe(winner);
    expect(await available('ben')).toBe(winner === 'delivered' ? '80.00' : '0.00');
    expect(await available('ann')).toBe(winner === 'delivered' ? '95.00' : '200.00');
  });

  it('keeps twenty orders at once apart, each with its document and its money', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      shop.as('ann').post('/orders', { ...order, price: '10.00' }, `many-${index}`),
    );
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    // 200 pay for nineteen orders of 10.50.
    expect(statuses.filter((status) => status === 201)).toHaveLength(19);
    expect([await documents(), await available('ann')]).toEqual([19, '0.50']);
  });

  it('gives back what nobody delivers within a week', async () => {
    await shop.as('ann').post('/orders', order, 'late');
    shop.pass(days(7));
    expect((await shop.money.runDueTasks())._unsafeUnwrap().done).toBe(1);
    expect(await available('ann')).toBe('200.00');
  });
});
