import { afterEach, beforeEach, expect, it } from 'vitest';
import { OFFER, postAndApply } from './jobs.ts';
import { type RunningService, startService } from './start-service.ts';

let running: RunningService;
beforeEach(async () => {
  running = await startService();
  await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' }, 'first');
});
afterEach(async () => {
  expect(running.defects).toEqual([]);
  await running.close();
});

it('refuses a command without a key, and writes nothing (J24)', async () => {
  const response = await fetch(`${running.url}/wallet/deposits`, {
    method: 'POST',
    headers: { 'x-user-id': 'customer-1', 'content-type': 'application/json' },
    body: '{"amount":"10.00"}',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    status: 400,
    message: 'Idempotency-Key header is required',
    data: { code: 'key_missing' },
  });
  expect((await running.as('customer-1').get('/wallet')).body.data.balance).toBe('200.00');
});

it.each(['with space', 'quo"te', 'x'.repeat(201), 'ümlaut'])('refuses the key %j', async (key) => {
  const answered = await running.as('customer-1').post('/wallet/deposits', { amount: '10.00' }, key);
  expect(answered.status).toBe(400);
  expect(answered.body.data).toMatchObject({ code: 'key_invalid', field: 'key' });
});

it('answers a retry as it was, and moves no money again', async () => {
  const again = await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' }, 'first');
  expect(again.body).toMatchObject({ message: 'Deposit successful', data: { balance: '200.00' } });
});

it('refuses a key that was used for something else', async () => {
  const other = await running.as('customer-1').post('/wallet/deposits', { amount: '300.00' }, 'first');
  expect(other).toMatchObject({
    status: 409,
    body: { message: 'Idempotency-Key was used for a different request', data: { code: 'key_conflict' } },
  });
  const elsewhere = await running.as('customer-1').post('/wallet/withdrawals', { amount: '200.00' }, 'first');
  expect(elsewhere.status).toBe(409);
});

it('keeps the keys of two callers apart', async () => {
  const other = await running.as('contractor-1').post('/wallet/deposits', { amount: '50.00' }, 'first');
  expect(other.body.data.balance).toBe('50.00');
});

it('frees the key of a command that was refused', async () => {
  const { application } = await postAndApply(running);
  const send = () =>
    running.as('customer-1').post(`/applications/${application}/offers`, { ...OFFER, amount: '300.00' }, 'offer');
  expect((await send()).status).toBe(400);
  await running.as('customer-1').post('/wallet/deposits', { amount: '200.00' });
  expect((await send()).status).toBe(201);
});

it('answers every step of a life again, whatever has happened since', async () => {
  const { application, job } = await postAndApply(running);
  const send = () => running.as('customer-1').post(`/applications/${application}/offers`, OFFER, 'send');
  const sent = await send();
  const offer = sent.body.data._id;
  const accept = () => running.as('contractor-1').post(`/offers/${offer}/accept`, {}, 'accept');
  const complete = () => running.as('customer-1').post(`/jobs/${job}/complete`, {}, 'complete');
  await accept();
  await complete();
  const head = (await running.service.book.head())._unsafeUnwrap();
  for (const step of [send, accept, complete, send, complete, accept]) {
    const again = await step();
    expect(again.status, again.body.message).toBeLessThan(300);
    expect(again.body.data._id).toBe(step === complete ? job : offer);
  }
  expect((await running.service.book.head())._unsafeUnwrap()).toEqual(head);
  // The host's data did not go back either.
  expect((await running.as('customer-1').get(`/jobs/${job}`)).body.data.status).toBe('completed');
});

it('does a command once, however many send it at once', async () => {
  const { application } = await postAndApply(running);
  const send = () => running.as('customer-1').post(`/applications/${application}/offers`, OFFER, 'send');
  const answers = await Promise.all(Array.from({ length: 20 }, send));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ body }) => body.data._id)).size).toBe(1);
  expect((await running.as('customer-1').get('/wallet')).body.data).toMatchObject({
    balance: '95.00',
    escrowBalance: '105.00',
  });
});
