import { days } from '@holdfast/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliverMessages } from '../src/feed/deliver-messages.ts';
import { followJournal } from '../src/feed/follow-journal.ts';
import type { Notification } from '../src/host/rows.ts';
import { sendOffer } from './jobs.ts';
import { type RunningService, startService } from './start-service.ts';

let running: RunningService;
beforeEach(async () => {
  running = await startService();
  await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' });
});
afterEach(async () => {
  expect(running.defects).toEqual([]);
  await running.close();
});

const messagesOf = async (user: string) => (await running.as(user).get('/notifications')).body.data;

it('tells the contractor of an offer in the words of the seed', async () => {
  const { offer, job } = await sendOffer(running);
  expect(await messagesOf('contractor-1')).toEqual([
    {
      _id: '2.0',
      userId: 'contractor-1',
      title: 'New Offer Received',
      body: 'You received an offer of $100 for "Paint the fence"',
      type: 'booking_confirmed',
      data: { offerId: offer, jobId: job, amount: '100.00' },
      createdAt: '2026-03-02T09:00:00.000Z',
    },
  ]);
});

it('tells both sides of everything that follows', async () => {
  const { offer, job } = await sendOffer(running);
  await running.as('contractor-2').post(`/jobs/${job}/applications`);
  await running.as('contractor-1').post(`/offers/${offer}/accept`);
  await running.as('customer-1').post(`/jobs/${job}/complete`);
  const told = async (user: string) =>
    (await messagesOf(user)).map(({ type, title }: Notification) => `${type}: ${title}`);
  expect(await told('customer-1')).toEqual(['booking_confirmed: Offer Accepted']);
  expect(await told('contractor-1')).toEqual([
    'payment_received: Payment Received',
    'booking_confirmed: New Offer Received',
  ]);
  expect(await told('contractor-2')).toEqual(['booking_declined: Application Rejected']);

  const second = await sendOffer(running, '50.00');
  await running.as('contractor-1').post(`/offers/${second.offer}/reject`, { reason: 'Too far' });
  const third = await running.as('customer-1').post(`/applications/${second.application}/offers`, {
    amount: '50.00',
    timeline: '1 week',
    description: 'Again',
  });
  running.pass(days(7));
  await running.service.book.runDueTasks();
  expect((await running.as('customer-1').get(`/offers/${third.body.data._id}`)).body.data.status).toBe('expired');
  expect((await told('customer-1')).slice(0, 2)).toEqual([
    'general: Offer Expired',
    'booking_declined: Offer Rejected',
  ]);
});

it('says nothing of what was refused or rolled back', async () => {
  const { offer } = await sendOffer(running);
  await running.as('contractor-2').post(`/offers/${offer}/accept`);
  await running.as('customer-1').post(`/offers/${offer}/accept`);
  expect(await messagesOf('customer-1')).toEqual([]);
});

it('delivers each message, oldest first, and none twice once it was taken', async () => {
  const { offer } = await sendOffer(running);
  await running.as('contractor-1').post(`/offers/${offer}/accept`);
  (await followJournal(running.service))._unsafeUnwrap();
  const sent: string[] = [];
  const deliver = async ({ title }: Notification) => {
    sent.push(title);
  };
  expect(await deliverMessages(running.service, deliver)).toEqual({ delivered: 2, failed: 0 });
  expect(await deliverMessages(running.service, deliver)).toEqual({ delivered: 0, failed: 0 });
  expect(sent).toEqual(['New Offer Received', 'Offer Accepted']);
});

it('delivers a message again, under the same id, until the channel takes it', async () => {
  await sendOffer(running);
  (await followJournal(running.service))._unsafeUnwrap();
  const tries: string[] = [];
  const deliver = async ({ id }: Notification) => {
    tries.push(id);
    if (tries.length < 3) throw new Error('the channel is down');
  };
  for (let call = 0; call < 4; call += 1) await deliverMessages(running.service, deliver);
  expect(tries).toEqual(['2.0', '2.0', '2.0']);
});

it('takes each unit in once, however many follow at once', async () => {
  const { offer, job } = await sendOffer(running);
  await running.as('contractor-1').post(`/offers/${offer}/accept`);
  await running.as('customer-1').post(`/jobs/${job}/complete`);
  await Promise.all(Array.from({ length: 10 }, () => followJournal(running.service)));
  const { data } = (await running.as('customer-1').get('/wallet/transactions')).body;
  expect(data.pagination.total).toBe(5);
  expect((await running.as('contractor-1').get('/wallet')).body.data.totalEarnings).toBe('80.00');
});

it('goes on where it stopped when the process died between two units', async () => {
  await sendOffer(running);
  (await followJournal(running.service))._unsafeUnwrap();
  const { host } = running.service;
  const dying = {
    ...running.service,
    host: {
      ...host,
      transaction: <T>(work: Parameters<typeof host.transaction<T>>[0]) =>
        host.transaction<T>(async (tables) => {
          const done = await work(tables);
          if (done === (true as unknown)) throw new Error('killed before the commit');
          return done;
        }),
    },
  };
  const { offer } = await sendOffer(running, '20.00');
  await expect(followJournal(dying)).rejects.toThrow('killed before the commit');
  expect(await messagesOf('contractor-1')).toHaveLength(2);
  expect((await running.as('contractor-1').get(`/offers/${offer}`)).body.data.status).toBe('pending');
});

it('says so when the journal is not the one it knew', async () => {
  await sendOffer(running);
  (await followJournal(running.service))._unsafeUnwrap();
  await running.service.host.transaction(async (tables) => {
    const cursor = await tables.find('cursors', 'jobsphere');
    if (cursor) await tables.put('cursors', { ...cursor, digest: 'f'.repeat(64) });
  });
  expect((await followJournal(running.service))._unsafeUnwrapErr()).toEqual({ code: 'journal_diverged', sequence: 2 });
  expect((await running.as('customer-1').get('/wallet')).status).toBe(500);
});
