import { afterEach, beforeEach, expect, it } from 'vitest';
import { OFFER, postAndApply, sendOffer } from './jobs.ts';
import { type Answered, type RunningService, startService } from './start-service.ts';

let running: RunningService;
beforeEach(async () => {
  running = await startService();
});
afterEach(async () => {
  expect(running.defects).toEqual([]);
  await running.close();
});

const deposit = (amount = '200.00', user = 'customer-1') => running.as(user).post('/wallet/deposits', { amount });
const told = ({ status, body }: Answered) => [status, body.message];

it('says what an offer needs and what there is, in the words of the seed', async () => {
  await deposit('95.00');
  const { application } = await postAndApply(running);
  const offer = (amount: string) =>
    running.as('customer-1').post(`/applications/${application}/offers`, { ...OFFER, amount });
  expect(told(await offer('100.00'))).toEqual([400, 'Insufficient balance. Required: 105, Available: 95']);
  expect(told(await offer('99.90'))).toEqual([400, 'Insufficient balance. Required: 104.9, Available: 95']);
  expect((await running.as('customer-1').get('/wallet')).body.data).toMatchObject({
    balance: '95.00',
    escrowBalance: '0.00',
  });
});

it('needs one cent more than 104.99 for a charge of 105 (E11)', async () => {
  await deposit('104.99');
  const { application } = await postAndApply(running);
  const offer = () => running.as('customer-1').post(`/applications/${application}/offers`, OFFER);
  expect(told(await offer())).toEqual([400, 'Insufficient balance. Required: 105, Available: 104.99']);
  await deposit('10.00');
  expect((await offer()).status).toBe(201);
});

it('freezes what goes out and what is held, and lets refunds and payouts in (J11)', async () => {
  await deposit('400.00');
  const { offer } = await sendOffer(running);
  const second = await postAndApply(running);
  const frozen = await running.as('admin-1').post('/admin/wallets/customer-1/freeze');
  expect(frozen.body).toMatchObject({ message: 'Wallet frozen successfully', data: { isFrozen: true } });
  const refused = [
    await running.as('customer-1').post(`/applications/${second.application}/offers`, OFFER),
    await running.as('customer-1').post('/wallet/withdrawals', { amount: '10.00' }),
  ];
  expect(refused.map(told)).toEqual(refused.map(() => [400, 'Wallet is frozen. Please contact support.']));
  expect((await running.as('contractor-1').post(`/offers/${offer}/reject`, { reason: 'No time' })).status).toBe(200);
  expect((await deposit('10.00')).body.data).toMatchObject({ balance: '410.00', isFrozen: true });
  await running.as('admin-1').post('/admin/wallets/customer-1/unfreeze');
  expect((await running.as('customer-1').post(`/applications/${second.application}/offers`, OFFER)).status).toBe(201);
});

it('freezes who never had money, and admins alone may', async () => {
  expect(told(await running.as('customer-1').post('/admin/wallets/contractor-2/freeze'))).toEqual([
    400,
    'Only admins can freeze wallets',
  ]);
  expect((await running.as('admin-1').post('/admin/wallets/contractor-2/freeze')).body.data.isFrozen).toBe(true);
  expect(told(await running.as('admin-1').post('/admin/wallets/nobody/freeze'))).toEqual([404, 'User not found']);
  expect(told(await running.as('admin-1').post('/admin/wallets/customer-1/unfreeze'))).toEqual([
    404,
    'Wallet not found',
  ]);
});

it('sends one live offer a job, for the owner of an open job alone', async () => {
  await deposit('400.00');
  await running.addUser('customer-2', 'customer');
  await deposit('400.00', 'customer-2');
  const { application, offer } = await sendOffer(running);
  const send = (user: string) => running.as(user).post(`/applications/${application}/offers`, OFFER);
  expect(told(await send('customer-1'))).toEqual([400, 'An offer already exists for this job']);
  expect(told(await send('customer-2'))).toEqual([400, 'Not authorized']);
  expect(told(await send('contractor-1'))).toEqual([400, 'Not authorized']);
  await running.as('contractor-1').post(`/offers/${offer}/accept`);
  expect(told(await send('customer-1'))).toEqual([400, 'Job is not open for offers']);
  expect(told(await running.as('customer-1').post('/applications/none/offers', OFFER))).toEqual([
    404,
    'Application not found',
  ]);
});

it('lets the parties alone act on an offer, and shows it to nobody else (IDOR)', async () => {
  await deposit();
  const { offer, job } = await sendOffer(running);
  const act = (user: string, path: string, body: object = {}) => running.as(user).post(path, body);
  expect(told(await act('contractor-2', `/offers/${offer}/accept`))).toEqual([400, 'Not authorized']);
  expect(told(await act('customer-1', `/offers/${offer}/accept`))).toEqual([400, 'Not authorized']);
  expect(told(await act('admin-1', `/offers/${offer}/accept`))).toEqual([400, 'Not authorized']);
  expect(told(await act('contractor-2', `/offers/${offer}/reject`, { reason: 'x' }))).toEqual([400, 'Not authorized']);
  expect(told(await act('contractor-1', `/jobs/${job}/complete`))).toEqual([400, 'Not authorized']);
  expect(told(await act('contractor-1', `/jobs/${job}/cancel`, { reason: 'x' }))).toEqual([400, 'Not authorized']);
  expect(told(await act('customer-1', `/jobs/${job}/complete`))).toEqual([400, 'Job is not in progress']);
  const hidden = await running.as('contractor-2').get(`/offers/${offer}`);
  const missing = await running.as('contractor-2').get('/offers/none');
  expect(hidden).toEqual(missing);
  expect(told(hidden)).toEqual([404, 'Offer not found']);
  expect((await running.as('admin-1').get(`/offers/${offer}`)).body.data.status).toBe('pending');
});

it('does nothing twice: a completed or cancelled job stays as it is', async () => {
  await deposit('400.00');
  const done = await sendOffer(running);
  await running.as('contractor-1').post(`/offers/${done.offer}/accept`);
  expect(told(await running.as('contractor-1').post(`/offers/${done.offer}/accept`))).toEqual([
    400,
    'Offer is accepted',
  ]);
  expect(told(await running.as('contractor-1').post(`/offers/${done.offer}/reject`, { reason: 'x' }))).toEqual([
    400,
    'Offer is accepted',
  ]);
  await running.as('customer-1').post(`/jobs/${done.job}/complete`);
  expect(told(await running.as('customer-1').post(`/jobs/${done.job}/complete`))).toEqual([
    400,
    'Job is already completed',
  ]);
  expect(told(await running.as('admin-1').post(`/jobs/${done.job}/cancel`, { reason: 'x' }))).toEqual([
    400,
    'Job is already completed',
  ]);
  const gone = await sendOffer(running);
  await running.as('customer-1').post(`/jobs/${gone.job}/cancel`, { reason: 'x' });
  expect(told(await running.as('contractor-1').post(`/offers/${gone.offer}/accept`))).toEqual([
    400,
    'Offer is cancelled',
  ]);
  expect(told(await running.as('customer-1').post(`/jobs/${gone.job}/complete`))).toEqual([
    400,
    'Job is already cancelled',
  ]);
  expect((await running.as('customer-1').get('/wallet')).body.data).toMatchObject({
    balance: '295.00',
    escrowBalance: '0.00',
  });
});

it('cancels a job whose offer was rejected, and one that never had an offer', async () => {
  await deposit();
  const { job, offer } = await sendOffer(running);
  await running.as('contractor-1').post(`/offers/${offer}/reject`, { reason: 'x' });
  const cancelled = await running.as('customer-1').post(`/jobs/${job}/cancel`, { reason: 'Changed plans' });
  expect(cancelled.body.data.status).toBe('cancelled');
  const bare = await postAndApply(running);
  expect((await running.as('customer-1').post(`/jobs/${bare.job}/cancel`, { reason: 'x' })).body.data.status).toBe(
    'cancelled',
  );
  expect(told(await running.as('contractor-1').post(`/jobs/${bare.job}/cancel`, { reason: 'x' }))).toEqual([
    400,
    'Not authorized',
  ]);
});

it('takes the contractor’s word before a begun job is cancelled (J3, J4)', async () => {
  await deposit();
  const { job, offer } = await sendOffer(running);
  await running.as('contractor-1').post(`/offers/${offer}/accept`);
  expect((await running.as('contractor-1').post(`/jobs/${job}/start`)).body.data.status).toBe('in_progress');
  const cancel = (user: string) => running.as(user).post(`/jobs/${job}/cancel`, { reason: 'x' }, `${user}-cancels`);
  expect(told(await cancel('customer-1'))).toEqual([
    400,
    'Job is in progress. Only the contractor or an admin can cancel it.',
  ]);
  expect((await cancel('contractor-1')).body.data.status).toBe('cancelled');
  expect((await cancel('contractor-1')).status).toBe(200);
  expect((await running.as('customer-1').get('/wallet')).body.data).toMatchObject({
    balance: '200.00',
    escrowBalance: '0.00',
  });
});

it('completes a job that was begun (J4)', async () => {
  await deposit();
  const { job, offer } = await sendOffer(running);
  await running.as('contractor-1').post(`/offers/${offer}/accept`);
  await running.as('contractor-1').post(`/jobs/${job}/start`);
  expect((await running.as('customer-1').post(`/jobs/${job}/complete`)).body.data.status).toBe('completed');
  expect((await running.as('contractor-1').get('/wallet')).body.data.balance).toBe('80.00');
});

it('keeps deposits and withdrawals within their limits (J14)', async () => {
  await deposit('20000.00');
  const withdraw = (amount: string) => running.as('customer-1').post('/wallet/withdrawals', { amount });
  expect(told(await deposit('9.99'))).toEqual([400, 'Minimum deposit is $10']);
  expect(told(await withdraw('9.99'))).toEqual([400, 'Minimum withdrawal is $10']);
  expect(told(await withdraw('10000.01'))).toEqual([400, 'Maximum withdrawal is $10000']);
  expect((await withdraw('10000.00')).body).toMatchObject({
    message: 'Withdrawal successful',
    data: { balance: '10000.00', totalWithdrawals: '10000.00' },
  });
  const none = await running.as('contractor-1').post('/wallet/withdrawals', { amount: '10.00' });
  expect(told(none)).toEqual([400, 'Insufficient balance. Required: 10, Available: 0']);
});

it('lets every owner of a balance withdraw it, unless the rules say contractors only, as the seed does (J22)', async () => {
  await deposit();
  expect((await running.as('customer-1').post('/wallet/withdrawals', { amount: '50.00' })).status).toBe(200);
  expect(told(await running.as('admin-1').post('/wallet/withdrawals', { amount: '50.00' }))).toEqual([
    400,
    'Only customers and contractors can withdraw funds',
  ]);
  const strict = await startService({ rules: { withdrawRoles: ['contractor'] } });
  try {
    await strict.as('customer-1').post('/wallet/deposits', { amount: '200.00' });
    expect(told(await strict.as('customer-1').post('/wallet/withdrawals', { amount: '50.00' }))).toEqual([
      400,
      'Only contractors can withdraw funds',
    ]);
  } finally {
    await strict.close();
  }
});
