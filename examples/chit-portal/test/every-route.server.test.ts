import { once } from 'node:events';
import { request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commitBid } from '@holdfast/chit-fund';
import { inr } from '@holdfast/money';
import { expect, it } from 'vitest';
import { sampleDraft } from '../src/demo/sample-draft.ts';
import { deliverOutbox } from '../src/messages/deliver-outbox.ts';
import { type Client, documentForm, openPortalWorld, type PortalWorld, somePdf } from './portal-world.ts';
import { draft, good, openSchemeWorld, type SchemeWorld, sealedDraft } from './scheme-world.ts';

const smallDraft = sampleDraft({ name: 'Two tickets', tickets: 2, foreman: 'Fatima Chit Funds Limited' });

it('every route of the portal’s own document gives its good answer, counted by the portal itself', async () => {
  const small = await openSchemeWorld({}, smallDraft);
  await liveAsUsers(small);
  const heard = await liveAScheme(small);
  const sealed = await openSchemeWorld({}, sealedDraft);
  await bidSealed(sealed);
  const drafts = await openPortalWorld();
  await changeMinds(drafts);
  const driven = new Set([heard]);
  for (const world of [small, sealed, drafts]) for (const route of await drivenIn(world)) driven.add(route);
  const documented = await documentedIn(small);
  expect(documented.length).toBeGreaterThan(55);
  expect(documented.filter((route) => !driven.has(route))).toEqual([]);
});

/** The routes that the document has, as `GET /api/users/{id}`. */
async function documentedIn(world: PortalWorld): Promise<readonly string[]> {
  const { paths } = await good(world.inject({ method: 'GET', url: '/api-docs/json' }));
  return Object.entries(paths as object).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => named(method, path)),
  );
}

/** The routes that the portal has counted an answer of, in the 200s. */
async function drivenIn(world: PortalWorld): Promise<readonly string[]> {
  const { body } = await world.inject({ method: 'GET', url: '/metrics' });
  const counted = /^http_request_duration_seconds_count\{method="(\w+)",route="([^"]+)",status="2\d\d"/gm;
  const found = [...String(body).matchAll(counted)].map(([, method = '', path = '']) => named(method, path));
  // It counts itself once it has answered.
  return body === undefined ? found : [...found, 'GET /metrics'];
}

function named(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1')}`;
}

/** Whoever is in the portal: sessions, users, documents, messages, scores. */
async function liveAsUsers(world: SchemeWorld): Promise<void> {
  const { admin, members } = world;
  const [anna] = members as readonly [Client];
  const post = (url: string, body: object) => world.inject({ method: 'POST', url: `/api/auth/${url}`, body });
  const { tokens } = await good(post('login', { email: anna.email, password: 'anna has a password' }));
  const next = await good(post('refresh-token', { refreshToken: tokens.refreshToken }));
  await good(post('logout', { refreshToken: next.refreshToken }));
  const body = { email: 'f@example.org', phoneNumber: '+919999999999', fullName: 'F', dateOfBirth: '1980-01-01' };
  const added = await good(admin.send('POST', '/api/users', { ...body, role: 'FOREMAN' }), 201);
  await good(post('forgot-password', { email: body.email }), 202);
  const mailed = await tokenMailed(world, body.email);
  await good(post('reset-password', { token: mailed, password: 'another password' }));
  const newcomer = { ...body, email: 'n@example.org', phoneNumber: '+919999999998', password: 'a long password' };
  await good(post('register', newcomer), 201);
  await good(post('verify-email', { token: await tokenMailed(world, newcomer.email) }));

  await good(admin.get('/api/users'));
  await good(anna.get(`/api/users/${anna.id}`));
  await good(anna.send('PUT', `/api/users/${anna.id}`, { address: '4 Mint Street' }));
  const { headers, payload } = documentForm({ documentType: 'PAN', documentNumber: 'ABCPK1234L' }, somePdf);
  const authorization = `Bearer ${admin.token}`;
  const url = `/api/users/${added.id}/kyc`;
  const handed = await good(
    world.inject({ method: 'POST', url, headers: { ...headers, authorization }, payload }),
    201,
  );
  await good(admin.get(url));
  await good(admin.get('/api/kyc'));
  await good(admin.get(handed.documentUrl));
  await good(admin.send('POST', `/api/kyc/${handed.id}/decision`, { status: 'VERIFIED' }));
  await good(admin.send('DELETE', `/api/users/${added.id}`), 204);
  await good(anna.get(`/api/users/${anna.id}/chit-score`));
  await good(world.inject({ method: 'GET', url: '/health' }));
}

/** A scheme from its first draw to its last account, a transfer on the way. Gives the route of its events, which the portal counts never: they have no end. */
async function liveAScheme(world: SchemeWorld): Promise<string> {
  const { foreman, members, scheme, subscriptions } = world;
  const [anna, bela] = members as readonly [Client, Client];
  const url = `/api/schemes/${scheme}`;
  await good(anna.get('/api/schemes'));
  await good(anna.get(url));
  await good(foreman.get(`${url}/subscribers`));
  const hear = await listen(world, anna);
  world.goTo('2026-04-06');
  await world.open(1);
  const heard = await hear();
  await good(world.bid(1, 2, '200.00'), 201);
  await world.settle(1);
  await good(foreman.send('POST', `${url}/draws/1/minutes`, { signedBy: [foreman.id, anna.id] }));
  await good(anna.get(`${url}/draws`));
  await good(anna.get(`${url}/draws/1`));
  for (const ticket of [1, 2]) await payOpen(world, ticket);
  const security = { kind: 'movable', value: '10000.00', reference: 'deed 2' };
  await good(foreman.send('POST', `${url}/tickets/2/security`, security));
  await good(foreman.send('POST', `${url}/tickets/2/prize`, { how: 'pay' }));

  const said = { subscriptionId: subscriptions[1], amount: '10.00', channel: 'upi' };
  const waiting = await good(bela.send('POST', '/api/payments', said), 202);
  await good(foreman.send('PUT', `/api/payments/${waiting.id}`, { status: 'FAILED' }));
  await good(bela.get('/api/payments'));
  await good(bela.get(`/api/payments/${waiting.id}`));
  await good(bela.get(`/api/payments/user/${bela.id}`));
  await good(bela.get(`/api/subscriptions/${subscriptions[1]}/payments`));
  await good(anna.get(`/api/subscriptions/${subscriptions[0]}/exit-quote`));
  const [notice] = (await good(bela.get('/api/notifications'))).items;
  await good(bela.send('POST', `/api/notifications/${notice.id}/read`));

  const esha = await world.user('esha');
  await world.verify(esha);
  await good(foreman.send('PUT', `/api/subscriptions/${subscriptions[0]}`, { subscriberId: esha.id, deed: 'deed 1' }));
  const [own] = (await good(esha.get('/api/subscriptions'))).items;
  await good(esha.get(`/api/subscriptions/${own.id}`));
  world.goTo('2026-05-06');
  await good(foreman.send('POST', `${url}/draws`, { instalment: 2, present: [esha.id, bela.id] }), 201);
  await world.settle(2);
  await payOpen(world, 2);
  const due = await good(esha.get(`/api/subscriptions/${own.id}/statement`));
  const paid = { subscriptionId: own.id, amount: due.open, channel: 'bank' };
  await good(foreman.send('POST', '/api/payments', paid), 201);
  await good(foreman.send('POST', `${url}/tickets/1/prize`, { how: 'pay' }));
  await good(foreman.send('POST', `${url}/income`, {}));
  await good(foreman.send('POST', `${url}/complete`, {}));
  return heard;
}

/** A scheme with sealed bids, whose draw is put off once. */
async function bidSealed(world: SchemeWorld): Promise<void> {
  const { foreman, members, scheme } = world;
  const url = `/api/schemes/${scheme}`;
  world.goTo('2026-04-06');
  await good(foreman.send('POST', `${url}/draws/1/adjourn`, { why: 'no_quorum' }));
  await world.open(1);
  const salt = 'ab'.repeat(16);
  const commitment = commitBid({ draw: `${scheme}/1/1`, ticket: 2, discount: inr('300.00').minor, salt });
  const bid = { ticket: 2, commitment: commitment._unsafeUnwrap() };
  const [, bela] = members as readonly [Client, Client];
  await good(bela.send('POST', `${url}/draws/1/sealed-bids`, bid));
  await good(foreman.send('POST', `${url}/commands`, { type: 'EndBidding' }));
  await good(bela.send('POST', `${url}/draws/1/revealed-bids`, { ticket: 2, discount: '300.00', salt }));
}

/** Drafts that are rejected, revised and given up, and a ticket that is given back. */
async function changeMinds(world: PortalWorld): Promise<void> {
  const [foreman, admin] = [await world.user('fatima', 'FOREMAN'), await world.user('admin', 'ADMIN')];
  const { id } = await good(foreman.send('POST', '/api/schemes', draft), 201);
  const url = `/api/schemes/${id}`;
  await good(foreman.send('PUT', url, { ...draft, name: 'Renamed chit' }));
  await good(foreman.send('POST', `${url}/submit`, {}));
  await good(admin.send('POST', `${url}/reject`, { why: 'no address' }));
  await good(foreman.send('PUT', url, draft));
  await good(foreman.send('POST', `${url}/submit`, {}));
  await good(admin.send('POST', `${url}/approve`, { order: 'PSO 1/2026', number: 'R 1/2026' }));
  const anna = await world.user('anna');
  await world.verify(anna);
  const taken = await good(anna.send('POST', '/api/subscriptions', { schemeId: id }), 201);
  await good(anna.send('DELETE', `/api/subscriptions/${taken.id}`));
  const other = await good(foreman.send('POST', '/api/schemes', draft), 201);
  await good(foreman.send('DELETE', `/api/schemes/${other.id}`), 204);
  for (const name of ['anna', 'bela', 'chandra', 'devi']) {
    const client = name === 'anna' ? anna : await world.user(name);
    if (client !== anna) await world.verify(client);
    await good(client.send('POST', '/api/subscriptions', { schemeId: id }), 201);
  }
  await good(foreman.send('POST', `${url}/declare`, {}));
  await good(admin.send('POST', `${url}/commence`, { certificate: 'C 1/2026' }));
}

async function payOpen(world: SchemeWorld, ticket: number): Promise<void> {
  const { open } = await world.statement(ticket);
  await world.pay(ticket, open);
}

async function tokenMailed(world: PortalWorld, to: string): Promise<string> {
  await deliverOutbox(world.portal, world.channels);
  const mail = world.mails.filter((one) => one.to === to).at(-1);
  return /token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
}

/** Looks on at a scheme as a browser does. Gives what waits until it was told that a draw is open, and says by which route. */
async function listen({ app, scheme }: SchemeWorld, { token }: Client): Promise<() => Promise<string>> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const headers = { authorization: `Bearer ${token}` };
  const request = ask({ host: '127.0.0.1', port, path: `/api/schemes/${scheme}/events`, headers }).end();
  const [answer] = await once(request, 'response');
  expect(answer.statusCode).toBe(200);
  return async () => {
    for await (const part of answer) if (String(part).includes('event: DrawOpened')) break;
    request.destroy();
    return 'GET /api/schemes/{id}/events';
  };
}
