import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deliverOutbox } from '../src/messages/deliver-outbox.ts';
import { smtpMail } from '../src/messages/smtp-mail.ts';
import { openPortalWorld } from './portal-world.ts';
import { good, openSchemeWorld } from './scheme-world.ts';

/** Takes mail in on a free port of the loopback; refuses the first message with a trouble that passes. */
async function startSmtp() {
  const letters: string[] = [];
  let refusals = 1;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusals-- > 0) return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
        letters.push(Buffer.concat(parts).toString());
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  const mail = smtpMail({ host: '127.0.0.1', port, from: 'chits@example.org' });
  onTestFinished(async () => {
    mail.close();
    await new Promise<void>((closed) => server.close(closed));
  });
  return { letters, mail };
}

describe('mail', () => {
  it('leaves by SMTP after the commit, again when the server could not take it, and its text is forgotten', async () => {
    const { letters, mail } = await startSmtp();
    const world = await openPortalWorld();
    await world.user('ravi');
    const channels = { ...world.channels, mail: mail.send };
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 0, failed: 1 });
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 0, failed: 0 });
    world.pass({ ms: 61_000 });
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 1, failed: 0 });
    expect(letters).toHaveLength(1);
    expect(letters[0]).toContain('To: ravi@example.org');
    expect(letters[0]).toContain('Subject: Verify your mail address');
    expect(letters[0]?.replaceAll('=\r\n', '')).toMatch(/verify-email\?token=/);
    const [row] = await world.portal.database.selectFrom('outbox').selectAll().execute();
    expect(row).toMatchObject({ body: '', attempts: 2, trouble: null });
    expect(await deliverOutbox(world.portal, channels)).toEqual({ sent: 0, failed: 0 });
  });
});

describe('the portal', () => {
  it('describes itself, says that it works, and counts', async () => {
    const world = await openPortalWorld();
    await world.user('ravi');
    const docs = await world.inject({ method: 'GET', url: '/api-docs/json' });
    expect(docs.body).toMatchObject({ openapi: '3.1.0' });
    expect(Object.keys(docs.body.paths)).toEqual(expect.arrayContaining(SEED_PATHS));
    expect((await world.inject({ method: 'GET', url: '/api-docs/' })).headers['content-type']).toContain('text/html');
    expect(await world.inject({ method: 'GET', url: '/health' })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
    const { body } = await world.inject({ method: 'GET', url: '/metrics' });
    for (const name of METRICS) expect(body).toContain(name);
    expect(body).toMatch(/auth_attempts_total\{action="login",outcome="done"\} 1/);
  });

  it('logs each request as the seed has it, with the trace of the caller and never a password', async () => {
    const world = await openPortalWorld();
    const ravi = await world.user('ravi');
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const headers = { authorization: `Bearer ${ravi.token}`, traceparent: `00-${trace}-b7ad6b7169203331-01` };
    const refused = await world.inject({ method: 'GET', url: '/api/users', headers });
    expect(refused.body.traceId).toBe(trace);
    expect(refused.headers['x-trace-id']).toBe(trace);
    const lines = world.logs.map((line) => JSON.parse(line));
    expect(lines.at(-1)).toEqual({
      timestamp: world.now(),
      level: 'WARN',
      service: 'chit-portal',
      action: 'http.request',
      userId: ravi.id,
      traceId: trace,
      details: { method: 'GET', route: '/api/users', status: 403, ms: expect.any(Number) },
    });
    expect(world.logs.join('')).not.toContain('has a password');
    expect(world.logs.join('')).not.toContain(ravi.token);
  });

  it('answers 404 to what is not there, and in one shape', async () => {
    const world = await openPortalWorld();
    const answer = await world.inject({ method: 'GET', url: '/api/nothing' });
    expect(answer).toMatchObject({
      status: 404,
      body: { code: 'no_such_route', message: expect.any(String), traceId: expect.any(String) },
    });
  });
});

describe('live events', () => {
  it('tell everybody who looks on of bids and winners, name nobody, and go on behind the last that was heard', async () => {
    const world = await openSchemeWorld();
    const { app, foreman, members, scheme } = world;
    world.goTo('2026-04-06');
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/api/schemes/${scheme}/events`;
    const listen = (headers: { readonly [name: string]: string } = {}) =>
      listenTo(url, { authorization: `Bearer ${members[3]?.token}`, ...headers });
    const first = await listen();
    await world.open(1);
    await good(world.bid(1, 2, '300.00'), 201);
    await first.until('BidPlaced');
    first.stop();
    expect(first.heard.map(({ event }) => event)).toEqual(['hello', 'DrawOpened', 'BidPlaced']);
    expect(first.heard[2]?.data).toMatchObject({ instalment: 1, bid: { ticket: 2, discount: '30000' } });
    await good(world.bid(1, 3, '350.00'), 201);
    await good(foreman.send('POST', `/api/schemes/${scheme}/draws/1/close`, {}));
    const second = await listen({ 'last-event-id': first.heard[2]?.id ?? '' });
    await second.until('DrawDeclared');
    second.stop();
    expect(second.heard.map(({ event }) => event)).toEqual(['hello', 'BidPlaced', 'DrawDeclared']);
    const third = await listen({ 'last-event-id': '0.0' });
    await third.until('DrawDeclared');
    third.stop();
    expect(third.heard.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['SchemeDrafted', 'TicketEnrolled', 'SchemeCommenced']),
    );
    const all = JSON.stringify([first.heard, second.heard, third.heard]);
    for (const { id } of [foreman, ...members]) expect(all).not.toContain(id);
    const stranger = await fetch(url);
    expect([stranger.status, ((await stranger.json()) as { readonly code: string }).code]).toEqual([
      401,
      'not_signed_in',
    ]);
  });
});

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Listens as a browser does. */
async function listenTo(url: string, headers: { readonly [name: string]: string }) {
  const aborter = new AbortController();
  const response = await fetch(url, { headers, signal: aborter.signal });
  if (response.headers.get('content-type') !== 'text/event-stream') throw new Error(await response.text());
  const heard: Heard[] = [];
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const until = async (event: string): Promise<void> => {
    while (!heard.some((one) => one.event === event)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended before ${event}`);
      text += decoder.decode(value, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
        if (fields.event !== undefined)
          heard.push({ id: fields.id ?? '', event: fields.event, data: JSON.parse(fields.data ?? 'null') });
      }
    }
  };
  await until('hello');
  return { heard, until, stop: () => aborter.abort() };
}

const SEED_PATHS = [
  '/api/auth/register',
  '/api/auth/login',
  '/api/auth/refresh-token',
  '/api/auth/forgot-password',
  '/api/auth/reset-password',
  '/api/users/',
  '/api/users/{id}',
  '/api/users/{id}/kyc',
  '/api/users/{id}/chit-score',
  '/api/schemes/',
  '/api/schemes/{id}',
  '/api/schemes/{id}/approve',
  '/api/schemes/{id}/subscribers',
  '/api/subscriptions/',
  '/api/subscriptions/{id}',
  '/api/subscriptions/{id}/payments',
  '/api/payments/',
  '/api/payments/{id}',
  '/api/payments/user/{userId}',
];

const METRICS = [
  'http_request_duration_seconds',
  'database_query_duration_seconds',
  'auth_attempts_total',
  'payments_total',
  'job_duration_seconds',
  'book_writer',
];
