import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Client, documentForm, openPortalWorld, type PortalWorld, somePdf } from './portal-world.ts';

const pan = { documentType: 'PAN', documentNumber: 'ABCPK1234L' };

function handIn(
  world: PortalWorld,
  client: Client,
  fields: { readonly [name: string]: string },
  file?: Uint8Array,
  id = client.id,
) {
  const { headers, payload } = documentForm(fields, file);
  const authorization = `Bearer ${client.token}`;
  return world.inject({ method: 'POST', url: `/api/users/${id}/kyc`, headers: { ...headers, authorization }, payload });
}

describe('documents', () => {
  it('are handed in, decided by an admin, and told of', async () => {
    const world = await openPortalWorld();
    const [ravi, admin] = [await world.user('ravi'), await world.user('admin', 'ADMIN')];
    const handed = await handIn(world, ravi, pan, somePdf);
    expect(handed).toMatchObject({
      status: 201,
      body: { documentNumber: '••••••234L', verificationStatus: 'PENDING' },
    });
    const waiting = await admin.get('/api/kyc?status=PENDING');
    expect(waiting.body.items.map(({ id }: { id: string }) => id)).toEqual([handed.body.id]);
    const file = await ravi.get(handed.body.documentUrl);
    expect(file).toMatchObject({ status: 200, body: somePdf.toString() });
    expect(file.headers).toMatchObject({ 'content-type': 'application/pdf', 'content-disposition': 'attachment' });
    const decide = () => admin.send('POST', `/api/kyc/${handed.body.id}/decision`, { status: 'VERIFIED' });
    expect(await decide()).toMatchObject({ status: 200, body: { verificationStatus: 'VERIFIED' } });
    expect(await decide()).toMatchObject({ status: 409, body: { code: 'document_decided' } });
    const told = await ravi.get('/api/notifications');
    expect(told.body.items).toMatchObject([{ event: 'KYC_VERIFIED', body: 'Your PAN was verified.', readAt: null }]);
    expect((await ravi.send('POST', `/api/notifications/${told.body.items[0].id}/read`)).status).toBe(200);
    expect((await ravi.get('/api/notifications?unread=true')).body.items).toEqual([]);
  });

  it('are nobody else to see or to decide', async () => {
    const world = await openPortalWorld();
    const [ravi, mira] = [await world.user('ravi'), await world.user('mira', 'FOREMAN')];
    const { body } = await handIn(world, ravi, pan, somePdf);
    expect((await handIn(world, mira, pan, somePdf, ravi.id)).status).toBe(403);
    expect((await mira.get(body.documentUrl)).status).toBe(403);
    expect((await mira.get(`/api/users/${ravi.id}/kyc`)).status).toBe(403);
    expect((await mira.send('POST', `/api/kyc/${body.id}/decision`, { status: 'VERIFIED' })).status).toBe(403);
    expect((await ravi.send('POST', `/api/kyc/${body.id}/decision`, { status: 'VERIFIED' })).status).toBe(403);
  });

  it('are one person each, and can be handed in again after a rejection', async () => {
    const world = await openPortalWorld();
    const [ravi, mira, admin] = [
      await world.user('ravi'),
      await world.user('mira'),
      await world.user('admin', 'ADMIN'),
    ];
    const first = await handIn(world, ravi, pan, somePdf);
    const taken = await handIn(world, mira, { ...pan, documentNumber: 'abcpk 1234 l' }, somePdf);
    expect(taken).toMatchObject({ status: 409, body: { code: 'taken', field: 'documentNumber' } });
    expect(await readdir(`${world.folder}/kyc/${mira.id}`)).toEqual([]);
    await admin.send('POST', `/api/kyc/${first.body.id}/decision`, { status: 'REJECTED', reason: 'it cannot be read' });
    expect((await handIn(world, mira, pan, somePdf)).status).toBe(201);
  });

  it.each([
    ['a number of another form', { ...pan, documentNumber: '123' }, somePdf, 'documentNumber'],
    [
      'an Aadhaar number with a wrong check digit',
      { documentType: 'AADHAR', documentNumber: '234123412347' },
      somePdf,
      'documentNumber',
    ],
    ['an unknown kind', { ...pan, documentType: 'PASSPORT' }, somePdf, 'documentType'],
    ['a field too many', { ...pan, role: 'ADMIN' }, somePdf, 'body'],
    ['a file that is a script', pan, Buffer.from('<script>alert(1)</script>'), 'document'],
    ['no file', pan, undefined, 'document'],
    ['a file of 6 MB', pan, Buffer.concat([somePdf, Buffer.alloc(6 * 1024 * 1024)]), 'document'],
  ])('are refused with %s', async (_what, fields, file, field) => {
    const world = await openPortalWorld();
    const ravi = await world.user('ravi');
    const refused = await handIn(world, ravi, fields, file);
    expect(refused).toMatchObject({ status: 400, body: { field } });
    expect(refused.body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('take an Aadhaar number with its check digit', async () => {
    const world = await openPortalWorld();
    const ravi = await world.user('ravi');
    const handed = await handIn(world, ravi, { documentType: 'AADHAR', documentNumber: '2341 2341 2346' }, somePdf);
    expect(handed).toMatchObject({ status: 201, body: { documentNumber: '••••••••2346' } });
  });
});

describe('users', () => {
  it('see and change themselves, and an admin all of them', async () => {
    const world = await openPortalWorld();
    const [ravi, mira, admin] = [
      await world.user('ravi'),
      await world.user('mira'),
      await world.user('admin', 'ADMIN'),
    ];
    expect((await ravi.get(`/api/users/${mira.id}`)).status).toBe(403);
    expect((await ravi.get('/api/users')).status).toBe(403);
    expect(await ravi.send('PUT', `/api/users/${ravi.id}`, { role: 'ADMIN' })).toMatchObject({ status: 403 });
    const changed = await ravi.send('PUT', `/api/users/${ravi.id}`, {
      address: '4 Mint Street',
      bankAccount: '00112233445566',
    });
    expect(changed.body).toMatchObject({ address: '4 Mint Street', bankAccount: '••••5566' });
    const page = await admin.get('/api/users?limit=2');
    expect(page.body.items).toHaveLength(2);
    const rest = await admin.get(`/api/users?limit=2&after=${page.body.next}`);
    expect(rest.body).toMatchObject({ next: null });
    const all = [...page.body.items, ...rest.body.items].map(({ id }) => id).sort();
    expect(all).toEqual([ravi.id, mira.id, admin.id].sort());
  });

  it('are registered by an admin with a role, and set their password by mail', async () => {
    const world = await openPortalWorld();
    const admin = await world.user('admin', 'ADMIN');
    const body = {
      email: 'f@example.org',
      phoneNumber: '+919999999999',
      fullName: 'F',
      dateOfBirth: '1980-01-01',
      role: 'FOREMAN',
    };
    expect(await admin.send('POST', '/api/users', body)).toMatchObject({
      status: 201,
      body: { role: 'FOREMAN', status: 'PENDING' },
    });
    const login = await world.inject({
      method: 'POST',
      url: '/api/auth/login',
      body: { email: body.email, password: '' },
    });
    expect(login.status).toBe(401);
  });

  it('are erased but for their number', async () => {
    const world = await openPortalWorld();
    const [ravi, admin] = [await world.user('ravi'), await world.user('admin', 'ADMIN')];
    await handIn(world, ravi, pan, somePdf);
    expect((await ravi.send('DELETE', `/api/users/${ravi.id}`)).status).toBe(204);
    expect((await ravi.get(`/api/users/${ravi.id}`)).status).toBe(401);
    expect((await admin.get(`/api/users/${ravi.id}`)).status).toBe(404);
    expect(await readdir(`${world.folder}/kyc/${ravi.id}`)).toEqual([]);
    const row = await world.portal.database
      .selectFrom('users')
      .selectAll()
      .where('id', '=', ravi.id)
      .executeTakeFirst();
    expect(row).toMatchObject({
      ucfsin: 'UCFSIN-2026-000001',
      full_name: 'removed',
      email: `${ravi.id}@removed.invalid`,
    });
  });
});
