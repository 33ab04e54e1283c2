import { days, minutes } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { deliverOutbox } from '../src/messages/deliver-outbox.ts';
import { openPortalWorld, type PortalWorld } from './portal-world.ts';

const ravi = {
  email: 'Ravi@Example.org',
  phoneNumber: '+919812345678',
  password: 'a long enough password',
  fullName: 'Ravi',
  dateOfBirth: '1988-02-29',
};

const post = (world: PortalWorld, url: string, body: object) =>
  world.inject({ method: 'POST', url: `/api/auth${url}`, body });

/** Reads the token out of the newest mail to somebody. */
async function mailedToken(world: PortalWorld, to: string): Promise<string> {
  await deliverOutbox(world.portal, world.channels);
  const mail = world.mails.filter((one) => one.to === to).at(-1);
  return /token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('registration', () => {
  it('gives a UCFSIN of the year, a pending account and a mail that activates it', async () => {
    const world = await openPortalWorld();
    const registered = await post(world, '/register', ravi);
    expect(registered).toMatchObject({
      status: 201,
      body: { ucfsin: 'UCFSIN-2026-000001', role: 'USER', status: 'PENDING' },
    });
    expect(registered.body.email).toBe('ravi@example.org');
    expect(JSON.stringify(registered.body)).not.toContain('password');
    const token = await mailedToken(world, 'ravi@example.org');
    expect((await post(world, '/verify-email', { token })).status).toBe(200);
    const again = await post(world, '/verify-email', { token });
    expect(again).toMatchObject({ status: 400, body: { code: 'mailed_token_invalid', field: 'token' } });
    const { user } = (await post(world, '/login', { email: ravi.email, password: ravi.password })).body;
    expect(user).toMatchObject({ status: 'ACTIVE', emailVerified: true });
  });

  it('counts without a gap, and refuses what somebody has', async () => {
    const world = await openPortalWorld();
    await post(world, '/register', ravi);
    const same = await post(world, '/register', { ...ravi, phoneNumber: '+919812345679' });
    expect(same).toMatchObject({ status: 409, body: { code: 'taken', field: 'email' } });
    const phone = await post(world, '/register', { ...ravi, email: 'other@example.org' });
    expect(phone).toMatchObject({ status: 409, body: { code: 'taken', field: 'phoneNumber' } });
    const numbers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        post(world, '/register', { ...ravi, email: `u${index}@example.org`, phoneNumber: `+91981234000${index}` }),
      ),
    );
    const given = numbers.map(({ body }) => body.ucfsin).sort();
    expect(given).toEqual(Array.from({ length: 8 }, (_, index) => `UCFSIN-2026-00000${index + 2}`));
  });

  it('begins a year in India', async () => {
    const world = await openPortalWorld();
    world.set('2026-12-31T18:30:00.000Z');
    expect((await post(world, '/register', ravi)).body.ucfsin).toBe('UCFSIN-2027-000001');
  });
});

describe('signing in', () => {
  it('says the same of a wrong password and of nobody', async () => {
    const world = await openPortalWorld();
    await world.user('ravi');
    const wrong = await post(world, '/login', { email: 'ravi@example.org', password: 'not the password' });
    const nobody = await post(world, '/login', { email: 'nobody@example.org', password: 'not the password' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'credentials_wrong' } });
    expect({ ...nobody.body, traceId: '' }).toEqual({ ...wrong.body, traceId: '' });
  });

  it('gives a token of the seed that expires', async () => {
    const world = await openPortalWorld();
    const user = await world.user('ravi');
    const payload = JSON.parse(Buffer.from(user.token.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ userId: user.id, role: 'USER', ucfsin: 'UCFSIN-2026-000001' });
    expect((await user.get(`/api/users/${user.id}`)).status).toBe(200);
    world.pass(minutes(16));
    expect(await user.get(`/api/users/${user.id}`)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Basic cmF2aTpwYXNzd29yZA=='],
    ['a token without a signature', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    ['a token of somebody else', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiQURNSU4ifQ.c2lnbmF0dXJl'],
  ])('lets nobody in with %s', async (_what, authorization) => {
    const world = await openPortalWorld();
    const headers = authorization === undefined ? {} : { authorization };
    expect(await world.inject({ method: 'GET', url: '/api/users', headers })).toMatchObject({
      status: 401,
      body: { code: 'not_signed_in' },
    });
  });

  it('ends with a suspension at once, whatever the token says', async () => {
    const world = await openPortalWorld();
    const [ravi, admin] = [await world.user('ravi'), await world.user('admin', 'ADMIN')];
    expect((await admin.send('PUT', `/api/users/${ravi.id}`, { status: 'SUSPENDED' })).status).toBe(200);
    expect((await ravi.get(`/api/users/${ravi.id}`)).status).toBe(401);
    expect((await post(world, '/refresh-token', { refreshToken: ravi.refreshToken })).status).toBe(401);
    const login = await post(world, '/login', { email: ravi.email, password: 'ravi has a password' });
    expect(login).toMatchObject({ status: 403, body: { code: 'account_suspended' } });
  });

  it('is limited for each address', async () => {
    const world = await openPortalWorld({ limits: { requests: 100, passwords: 3 } });
    const answers: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      answers.push((await post(world, '/login', { email: 'nobody@example.org', password: 'wrong password' })).status);
    }
    expect(answers).toEqual([401, 401, 401, 429]);
  });
});

describe('refresh tokens', () => {
  it('are good once, and end the family when they come again', async () => {
    const world = await openPortalWorld();
    const user = await world.user('ravi');
    const second = await post(world, '/refresh-token', { refreshToken: user.refreshToken });
    expect(second.status).toBe(200);
    const reused = await post(world, '/refresh-token', { refreshToken: user.refreshToken });
    expect(reused).toMatchObject({ status: 401, body: { code: 'refresh_token_invalid' } });
    const third = await post(world, '/refresh-token', { refreshToken: second.body.refreshToken });
    expect(third).toMatchObject({ status: 401, body: { code: 'refresh_token_invalid' } });
  });

  it('of two at once one is given the next', async () => {
    const world = await openPortalWorld();
    const { refreshToken } = await world.user('ravi');
    const both = await Promise.all([1, 2].map(() => post(world, '/refresh-token', { refreshToken })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('expire, and end when the user signs out', async () => {
    const world = await openPortalWorld();
    const first = await world.user('ravi');
    world.pass(days(8));
    expect((await post(world, '/refresh-token', { refreshToken: first.refreshToken })).status).toBe(401);
    const other = await world.user('mira');
    expect((await post(world, '/logout', { refreshToken: other.refreshToken })).status).toBe(200);
    expect((await post(world, '/refresh-token', { refreshToken: other.refreshToken })).status).toBe(401);
  });
});

describe('a forgotten password', () => {
  it('is set by a mailed token that is good once, and ends all sessions', async () => {
    const world = await openPortalWorld();
    const user = await world.user('ravi');
    expect((await post(world, '/forgot-password', { email: user.email })).status).toBe(202);
    const token = await mailedToken(world, user.email);
    const set = await post(world, '/reset-password', { token, password: 'another password' });
    expect(set.status).toBe(200);
    expect((await post(world, '/reset-password', { token, password: 'a third password' })).status).toBe(400);
    expect((await post(world, '/refresh-token', { refreshToken: user.refreshToken })).status).toBe(401);
    expect((await post(world, '/login', { email: user.email, password: 'ravi has a password' })).status).toBe(401);
    expect((await post(world, '/login', { email: user.email, password: 'another password' })).status).toBe(200);
  });

  it('says the same to whoever asks, and mails nobody who is not there', async () => {
    const world = await openPortalWorld();
    const user = await world.user('ravi');
    const [known, unknown] = [
      await post(world, '/forgot-password', { email: user.email }),
      await post(world, '/forgot-password', { email: 'nobody@example.org' }),
    ];
    expect(unknown).toMatchObject({ status: 202, body: known.body });
    await deliverOutbox(world.portal, world.channels);
    expect(world.mails.filter(({ subject }) => subject === 'Set your password').map(({ to }) => to)).toEqual([
      user.email,
    ]);
  });

  it('cannot be set after half an hour, or by an older mail', async () => {
    const world = await openPortalWorld();
    const user = await world.user('ravi');
    await post(world, '/forgot-password', { email: user.email });
    const older = await mailedToken(world, user.email);
    await post(world, '/forgot-password', { email: user.email });
    const newer = await mailedToken(world, user.email);
    expect((await post(world, '/reset-password', { token: older, password: 'another password' })).status).toBe(400);
    world.pass(minutes(30));
    expect((await post(world, '/reset-password', { token: newer, password: 'another password' })).status).toBe(400);
  });
});
