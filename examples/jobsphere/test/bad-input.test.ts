import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { OFFER, postAndApply, sendOffer } from './jobs.ts';
import { type RunningService, startService } from './start-service.ts';

let running: RunningService;
let application: string;
let offer: string;
let job: string;
let head: unknown;
beforeAll(async () => {
  running = await startService();
  await running.as('customer-1').post('/wallet/deposits', { amount: '500.00' });
  ({ application } = await postAndApply(running));
  ({ offer, job } = await sendOffer(running));
  head = (await running.service.book.head())._unsafeUnwrap();
});
afterEach(async () => {
  expect((await running.service.book.head())._unsafeUnwrap(), 'nothing was written').toEqual(head);
  expect(running.defects).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
afterAll(() => running.close());

// Rows of the catalogue of bad amounts: as JSON text, since that is what arrives.
it.each([
  ['"-1"', 'amount_sign'],
  ['"0"', 'amount_sign'],
  ['"0.00"', 'amount_sign'],
  ['"-0"', 'amount_sign'],
  ['100', 'amount_type'],
  ['100.5', 'amount_type'],
  ['1e400', 'amount_type'],
  ['1e21', 'amount_type'],
  ['9007199254740993', 'amount_type'],
  ['null', 'amount_type'],
  ['true', 'amount_type'],
  ['[]', 'amount_type'],
  ['["100"]', 'amount_type'],
  ['{}', 'amount_type'],
  ['{"amount":"100","currency":"USD"}', 'amount_type'],
  ['{"valueOf":"100"}', 'amount_type'],
  ['""', 'amount_format'],
  ['" "', 'amount_format'],
  ['" 100"', 'amount_format'],
  ['"100 "', 'amount_format'],
  ['"100\\n"', 'amount_format'],
  ['"\\u00a0100"', 'amount_format'],
  ['"0x10"', 'amount_format'],
  ['"1e3"', 'amount_format'],
  ['"1e999999999"', 'amount_format'],
  ['"+100"', 'amount_format'],
  ['"00100"', 'amount_format'],
  ['"1,000"', 'amount_format'],
  ['"1_000"', 'amount_format'],
  ['"١٢٣"', 'amount_format'],
  ['"−5"', 'amount_format'],
  ['"$100"', 'amount_format'],
  ['"100n"', 'amount_format'],
  ['"1."', 'amount_format'],
  ['".5"', 'amount_format'],
  ['"1.2.3"', 'amount_format'],
  ['"NaN"', 'amount_format'],
  ['"Infinity"', 'amount_format'],
  ['"100\\u0000"', 'amount_format'],
  ['"100\\u202e"', 'amount_format'],
  ['"100.001"', 'amount_scale'],
  ['"100.000"', 'amount_scale'],
  [`"${'9'.repeat(39)}"`, 'amount_range'],
  [`"${'9'.repeat(10_000)}"`, 'limit_exceeded'],
])('refuses the amount %s as %s', async (amount, code) => {
  const bodies = [
    ['/wallet/deposits', `{"amount":${amount}}`],
    ['/wallet/withdrawals', `{"amount":${amount}}`],
    [`/applications/${application}/offers`, `{"amount":${amount},"timeline":"x","description":"x"}`],
  ] as const;
  for (const [path, body] of bodies) {
    const answered = await running.as('customer-1').post(path, body);
    expect(answered.status, path).toBe(400);
    expect(answered.body, path).toMatchObject({ status: 400, data: { code, field: 'amount' } });
    expect(answered.body.data.given.length).toBeLessThanOrEqual(80);
  }
});

it.each([
  ['9.99', 'Job budget must be between $10 and $10000'],
  ['10000.01', 'Job budget must be between $10 and $10000'],
  ['99999999999999999999', 'Job budget must be between $10 and $10000'],
])('refuses an offer of %s', async (amount, message) => {
  const answered = await running.as('customer-1').post(`/applications/${application}/offers`, { ...OFFER, amount });
  expect(answered).toMatchObject({ status: 400, body: { message, data: { code: 'budget_out_of_range' } } });
});

it.each([
  ['no body', undefined],
  ['an array', '[]'],
  ['a text', '"text"'],
  ['a number', '1'],
  ['null', 'null'],
  ['half of a body', '{"amount":'],
  ['nothing', '{}'],
  ['an unknown field', '{"amount":"100.00","balance":"1000000.00"}'],
  ['an owner', '{"amount":"100.00","owner":"contractor-1"}'],
  ['a role', '{"amount":"100.00","role":"admin"}'],
  ['a prototype', '{"amount":"100.00","__proto__":{"polluted":true}}'],
  ['a constructor', '{"amount":"100.00","constructor":{"prototype":{"polluted":true}}}'],
  ['a very large body', `{"amount":"${'1'.repeat(20_000)}"}`],
  ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
])('refuses %s as a deposit, and says which field', async (_, body) => {
  const response = await fetch(`${running.url}/wallet/deposits`, {
    method: 'POST',
    headers: { 'x-user-id': 'customer-1', 'content-type': 'application/json', 'idempotency-key': 'bad' },
    ...(body === undefined ? {} : { body }),
  });
  const answered = (await response.json()) as { data: { code: string; field: string; allowed: string } };
  expect(response.status).toBe(400);
  expect(answered.data.code).toMatch(/^(request_invalid|amount_type)$/);
  expect(answered.data.field).toMatch(/^(amount|body|balance|owner|role|__proto__|constructor)$/);
  expect(answered.data.allowed).not.toBe('');
});

it('refuses a body that is not JSON by its type', async () => {
  const response = await fetch(`${running.url}/wallet/deposits`, {
    method: 'POST',
    headers: {
      'x-user-id': 'customer-1',
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': 'bad',
    },
    body: 'amount=100.00',
  });
  expect(response.status).toBe(400);
});

it.each([
  ['status', { status: 'completed' }],
  ['held', { held: '0' }],
  ['version', { version: 2 }],
  ['customer', { customer: 'contractor-2' }],
  ['expiresAt', { expiresAt: '2999-01-01T00:00:00.000Z' }],
])('refuses to have %s assigned by an offer', async (field, extra) => {
  const answered = await running.as('customer-1').post(`/applications/${application}/offers`, { ...OFFER, ...extra });
  expect(answered).toMatchObject({ status: 400, body: { data: { code: 'request_invalid', field } } });
});

it.each([
  ['timeline', ''],
  ['timeline', 'x'.repeat(201)],
  ['description', 'a\0b'],
  ['description', '\ud800'],
  ['description', 5],
  ['description', null],
])('refuses the %s %j', async (field, value) => {
  const answered = await running
    .as('customer-1')
    .post(`/applications/${application}/offers`, { ...OFFER, [field]: value });
  expect(answered).toMatchObject({ status: 400, body: { data: { code: 'request_invalid', field } } });
});

it.each([
  'page=0',
  'page=-1',
  'page=1.5',
  'page=1e3',
  'page=10000000000',
  'limit=101',
  'limit=',
  'limit=ten',
  'page=1&page=2',
  'page[]=1',
  'type=escrow_release',
  'type=__proto__',
  'sort=amount',
  'user=contractor-1',
])('refuses the query %s', async (query) => {
  const answered = await running.as('customer-1').get(`/wallet/transactions?${query}`);
  expect(answered).toMatchObject({ status: 400, body: { data: { code: 'request_invalid' } } });
});

it.each([
  'none',
  '__proto__',
  'constructor',
  '%00',
  '..%2f..',
  "x'; drop table jobsphere.jobs; --",
  'x'.repeat(500),
  '%F0%9F%92%B0',
])('finds nothing under the id %s', async (id) => {
  const encoded = id.includes('%') ? id : encodeURIComponent(id);
  for (const [user, path] of [
    ['customer-1', `/jobs/${encoded}/complete`],
    ['contractor-1', `/offers/${encoded}/accept`],
  ] as const) {
    const answered = await running.as(user).post(path);
    expect(answered.status, path).toBe(404);
  }
  expect((await running.as('customer-1').get(`/offers/${encoded}`)).status).toBe(404);
});

it('knows nobody without a name, and nobody it was not told of', async () => {
  const answered = await fetch(`${running.url}/wallet`);
  expect(answered.status).toBe(401);
  for (const user of ['nobody', '__proto__', 'CUSTOMER-1', ' ', 'x'.repeat(1_000)]) {
    expect((await running.as(user).get('/wallet')).status, user).toBe(401);
  }
  // A role in a header or a body is nobody's business.
  const claimed = await fetch(`${running.url}/admin/wallets/customer-1/freeze`, {
    method: 'POST',
    headers: { 'x-user-id': 'customer-1', 'x-user-role': 'admin', 'idempotency-key': 'claimed' },
  });
  expect(claimed.status).toBe(400);
});

it('answers 404 to what it does not have', async () => {
  expect(await running.as('customer-1').get('/nothing')).toEqual({
    status: 404,
    body: { status: 404, message: 'Not found', data: { code: 'no_such_route' } },
  });
  expect((await running.as('customer-1').get(`/offers/${offer}/accept`)).status).toBe(404);
  expect((await running.as('contractor-1').post(`/jobs/${job}/accept`)).status).toBe(404);
});
