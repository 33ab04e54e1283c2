import { describe, expect, it } from 'vitest';
import { openPortalWorld } from './portal-world.ts';
import { draft } from './scheme-world.ts';

const NOBODY = '00000000-0000-8000-8000-000000000000';
const person = {
  email: 'ravi@example.org',
  phoneNumber: '+919812345678',
  password: 'a long enough password',
  fullName: 'Ravi',
  dateOfBirth: '1988-02-29',
};
const payment = { subscriptionId: NOBODY, amount: '1000.00', channel: 'upi' };

/** What is sent, and which field the answer names. */
const ROWS: readonly (readonly [what: string, url: string, body: object, field: string])[] = [
  ['a mail address that is none', '/api/auth/register', { ...person, email: 'ravi' }, 'email'],
  ['a short password', '/api/auth/register', { ...person, password: 'short' }, 'password'],
  ['a password of a megabyte', '/api/auth/register', { ...person, password: 'x'.repeat(60_000) }, 'password'],
  [
    'a telephone number without its country',
    '/api/auth/register',
    { ...person, phoneNumber: '9812345678' },
    'phoneNumber',
  ],
  ['a day that is none', '/api/auth/register', { ...person, dateOfBirth: '1989-02-29' }, 'dateOfBirth'],
  ['a day of birth to come', '/api/auth/register', { ...person, dateOfBirth: '2999-01-01' }, 'dateOfBirth'],
  ['a name of blanks', '/api/auth/register', { ...person, fullName: '   ' }, 'fullName'],
  ['a name with a zero character', '/api/auth/register', { ...person, fullName: 'a\u0000b' }, 'fullName'],
  ['a name with half a character', '/api/auth/register', { ...person, fullName: '\ud800' }, 'fullName'],
  ['a role of one’s own choice', '/api/auth/register', { ...person, role: 'ADMIN' }, 'body'],
  ['nothing', '/api/auth/login', {}, 'email'],
  ['a list', '/api/auth/login', [], 'body'],
  ['a token that is none', '/api/auth/refresh-token', { refreshToken: "' or 1=1 --" }, 'refreshToken'],
  ['an id that is none', '/api/payments', { ...payment, subscriptionId: '1' }, 'subscriptionId'],
  ['an amount as a number', '/api/payments', { ...payment, amount: 1000 }, 'amount'],
  ['an amount below zero', '/api/payments', { ...payment, amount: '-1.00' }, 'amount'],
  ['an amount of three decimals', '/api/payments', { ...payment, amount: '1.005' }, 'amount'],
  ['an amount in powers of ten', '/api/payments', { ...payment, amount: '1e5' }, 'amount'],
  ['an amount without an end', '/api/payments', { ...payment, amount: '9'.repeat(400) }, 'amount'],
  ['an amount that is no number', '/api/payments', { ...payment, amount: 'NaN' }, 'amount'],
  ['a channel that is an account', '/api/payments', { ...payment, channel: 'chits:1:pot' }, 'channel'],
  ['a total that is not the sum', '/api/schemes', { ...draft, totalAmount: '4000.01' }, 'totalAmount'],
  ['more months than tickets', '/api/schemes', { ...draft, durationMonths: 5 }, 'durationMonths'],
  ['no tickets', '/api/schemes', { ...draft, maxSubscribers: 0 }, 'maxSubscribers'],
  ['half a ticket', '/api/schemes', { ...draft, maxSubscribers: 3.5 }, 'maxSubscribers'],
  [
    'a method that nobody knows',
    '/api/schemes',
    { ...draft, terms: { method: { type: 'raffle' } } },
    'terms.method.type',
  ],
  ['a field of the prototype', '/api/schemes', JSON.parse('{"__proto__":{"name":"x"},"name":"y"}'), 'body'],
];

describe('the portal', () => {
  it('answers 400 with the field to what is not of its form, and does nothing', async () => {
    const world = await openPortalWorld();
    const foreman = await world.user('fatima', 'FOREMAN');
    for (const [what, url, body, field] of ROWS) {
      const answer = await foreman.send('POST', url, body);
      expect([what, answer.status, answer.body.field, answer.body.code]).toEqual([what, 400, field, 'request_invalid']);
      expect(answer.body.traceId).toMatch(/^[0-9a-f]{32}$/);
    }
    for (const table of ['schemes', 'payments'] as const) {
      expect(await world.portal.database.selectFrom(table).select('id').execute()).toEqual([]);
    }
    expect(await world.portal.database.selectFrom('users').select('id').execute()).toHaveLength(1);
  });

  it('takes bodies, queries, paths and keys of their form alone', async () => {
    const world = await openPortalWorld();
    const foreman = await world.user('fatima', 'FOREMAN');
    const headers = { authorization: `Bearer ${foreman.token}` };
    const send = (request: object) => world.inject({ headers, ...request });
    const json = { ...headers, 'content-type': 'application/json' };
    const answers = [
      [{ method: 'GET', url: '/api/schemes?limit=1000' }, 'limit'],
      [{ method: 'GET', url: '/api/schemes?limit=ten' }, 'limit'],
      [{ method: 'GET', url: '/api/schemes?sort=name' }, 'querystring'],
      [{ method: 'GET', url: '/api/schemes?after=%27--' }, 'after'],
      [{ method: 'GET', url: "/api/users/1'%20or%20'1" }, 'id'],
      [{ method: 'POST', url: '/api/payments', body: payment }, 'idempotency-key'],
      [
        { method: 'POST', url: '/api/payments', body: payment, headers: { ...headers, 'idempotency-key': 'short' } },
        'idempotency-key',
      ],
      [{ method: 'POST', url: '/api/auth/login', payload: '{"email":', headers: json }, 'body'],
      [{ method: 'POST', url: '/api/auth/login', payload: 'x'.repeat(70_000), headers: json }, 'body'],
      [
        {
          method: 'POST',
          url: '/api/auth/login',
          payload: 'email=a',
          headers: { ...headers, 'content-type': 'text/plain' },
        },
        'body',
      ],
    ] as const;
    for (const [request, field] of answers) {
      const answer = await send(request);
      expect([request.url, answer.status, answer.body.field]).toEqual([request.url, 400, field]);
    }
    expect((await send({ method: 'GET', url: '/api/schemes?after=bm9uc2Vuc2U' })).status).toBe(200);
  });
});

describe('roles', () => {
  it('are asked for on every route: nobody signed in gets further than the door', async () => {
    const world = await openPortalWorld();
    const paths = (await world.inject({ method: 'GET', url: '/api-docs/json' })).body.paths as {
      readonly [path: string]: { readonly [method: string]: { readonly security?: unknown } };
    };
    let closed = 0;
    for (const [path, methods] of Object.entries(paths)) {
      const url = path.replaceAll(/\{(instalment|ticket)\}/g, '1').replaceAll(/\{\w+\}/g, NOBODY);
      for (const [method, { security }] of Object.entries(methods)) {
        if (security === undefined) continue;
        const answer = await world.inject({
          method: method.toUpperCase() as 'GET',
          url,
          headers: { 'idempotency-key': 'a-key-of-nobody' },
        });
        // What has a body is looked at first; no answer tells of anything behind the door.
        expect([path, method, [400, 401].includes(answer.status)]).toEqual([path, method, true]);
        closed += 1;
      }
    }
    expect(closed).toBeGreaterThan(35);
  });

  it.each([
    ['USER', 403, 403, 403],
    ['FOREMAN', 201, 403, 403],
    ['ADMIN', 403, 200, 200],
  ] as const)('let a %s draft (%i), list users (%i) and documents (%i)', async (role, drafts, users, documents) => {
    const world = await openPortalWorld();
    const client = await world.user('somebody', role);
    expect((await client.send('POST', '/api/schemes', draft)).status).toBe(drafts);
    expect((await client.get('/api/users')).status).toBe(users);
    expect((await client.get('/api/kyc')).status).toBe(documents);
  });

  it('keep a draft its foreman’s, and its approval the admins’', async () => {
    const world = await openPortalWorld();
    const [foreman, other, admin] = [
      await world.user('fatima', 'FOREMAN'),
      await world.user('otto', 'FOREMAN'),
      await world.user('admin', 'ADMIN'),
    ];
    const { body } = await foreman.send('POST', '/api/schemes', draft, 'the-key-of-a-draft');
    expect((await foreman.send('POST', '/api/schemes', draft, 'the-key-of-a-draft')).body).toEqual(body);
    expect(
      await foreman.send('POST', '/api/schemes', { ...draft, name: 'Another' }, 'the-key-of-a-draft'),
    ).toMatchObject({ status: 409, body: { code: 'key_conflict' } });
    const url = `/api/schemes/${body.id}`;
    expect((await other.get(url)).status).toBe(404);
    expect((await other.send('PUT', url, draft)).status).toBe(403);
    expect((await other.send('POST', `${url}/submit`, {})).status).toBe(403);
    expect((await other.send('DELETE', url)).status).toBe(403);
    const revised = await foreman.send('PUT', url, { ...draft, name: 'Renamed chit' });
    expect(revised).toMatchObject({ status: 200, body: { name: 'Renamed chit', status: 'DRAFT' } });
    expect((await foreman.send('POST', `${url}/submit`, {})).body.scheme).toMatchObject({ status: 'PENDING_APPROVAL' });
    expect((await foreman.send('POST', `${url}/approve`, { order: 'o', number: 'n' })).status).toBe(403);
    expect((await foreman.send('DELETE', url)).body.code).toBe('scheme_in_phase');
    expect((await admin.send('POST', `${url}/reject`, { why: 'no address' })).body.scheme).toMatchObject({
      status: 'DRAFT',
      phase: 'rejected',
    });
    expect((await foreman.send('DELETE', url)).status).toBe(204);
    expect((await foreman.get(url)).status).toBe(404);
  });

  it('say what is against the law before anything is submitted', async () => {
    const world = await openPortalWorld();
    const foreman = await world.user('fatima', 'FOREMAN');
    const terms = { ...draft.terms, commission: { basisPoints: 800, taken: 'from_discount' } };
    const { id } = (await foreman.send('POST', '/api/schemes', { ...draft, terms, agreement: { place: 'The office' } }))
      .body;
    const refused = await foreman.send('POST', `/api/schemes/${id}/submit`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'scheme_not_compliant' } });
    const codes = refused.body.details.findings.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(['commission_above_cap', 'field_missing']));
  });

  it('ask for verified documents and a proven address before anybody subscribes', async () => {
    const world = await openPortalWorld();
    const [foreman, ravi, admin] = [
      await world.user('fatima', 'FOREMAN'),
      await world.user('ravi'),
      await world.user('admin', 'ADMIN'),
    ];
    const { id } = (await foreman.send('POST', '/api/schemes', draft)).body;
    const join = () => ravi.send('POST', '/api/subscriptions', { schemeId: id });
    expect((await join()).body).toMatchObject({ code: 'kyc_incomplete', details: { missing: ['identity', 'tax'] } });
    await world.verify(ravi);
    expect((await join()).body.code).toBe('chit_wrong_phase');
    await world.portal.database.updateTable('users').set({ status: 'PENDING' }).where('id', '=', ravi.id).execute();
    expect((await join()).body.code).toBe('email_not_verified');
    expect((await admin.send('POST', '/api/subscriptions', { schemeId: NOBODY })).status).toBe(404);
  });
});
