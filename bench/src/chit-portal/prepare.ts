import { randomUUID } from 'node:crypto';
import { registerUser } from '@holdfast/example-chit-portal/src/auth/register.ts';
import type { PortalApp } from '@holdfast/example-chit-portal/src/build-app.ts';
import { sampleDraft } from '@holdfast/example-chit-portal/src/demo/sample-draft.ts';
import type { Role } from '@holdfast/example-chit-portal/src/host/tables.ts';
import { sweep } from '@holdfast/example-chit-portal/src/jobs/sweep.ts';
import type pg from 'pg';
import { type BenchUser, INSTALMENT } from './plan.ts';

/** Tickets of a scheme. */
const TICKETS = 25;

interface Signed {
  readonly id: string;
  readonly token: string;
}

/** What {@link prepare} needs. */
export interface Preparation {
  readonly users: number;
  readonly pool: pg.Pool;
  /** Moves the clock of the portal to the day of the first draw. */
  readonly toDrawDay: () => void;
}

/** Fills an empty portal: a scheme of 25 tickets for every 25 users, each with its foreman and with its first draw open. */
export async function prepare(opened: PortalApp, given: Preparation): Promise<readonly BenchUser[]> {
  const schemes = Math.ceil(given.users / TICKETS);
  const [admin] = await register(opened, given.pool, { role: 'ADMIN', count: 1 });
  const foremen = await register(opened, given.pool, { role: 'FOREMAN', count: schemes });
  const members = await register(opened, given.pool, { role: 'USER', count: schemes * TICKETS });
  const enrolled: BenchUser[][] = [];
  await eachOf(foremen, async (foreman, index) => {
    const own = members.slice(index * TICKETS, (index + 1) * TICKETS);
    enrolled[index] = await foundScheme(opened, { foreman, admin: admin as Signed, members: own, index });
  });
  given.toDrawDay();
  await eachOf(foremen, async (foreman, index) => {
    const present = members.slice(index * TICKETS, (index + 1) * TICKETS).map(({ id }) => id);
    const scheme = enrolled[index]?.[0]?.scheme;
    await send(opened, foreman, { url: `/api/schemes/${scheme}/draws`, body: { instalment: INSTALMENT, present } });
  });
  // The scores and reminders of the day are not the load's.
  const post = async (): Promise<void> => {};
  await sweep(opened.portal, { channels: { mail: post, sms: post }, onTrouble: (trouble) => console.error(trouble) });
  await given.pool.query('analyze');
  return enrolled.flat().slice(0, given.users);
}

/** Registers users whose mail address and documents are verified, and signs them in. */
async function register(
  { portal }: PortalApp,
  pool: pg.Pool,
  { role, count }: { readonly role: Role; readonly count: number },
): Promise<readonly Signed[]> {
  const users: Signed[] = [];
  for (let index = 0; index < count; index++) {
    const name = `${role.toLowerCase()} ${index}`;
    const registered = await registerUser(portal, {
      email: `${name.replace(' ', '-')}@example.org`,
      phoneNumber: `+91${{ ADMIN: 97, FOREMAN: 98, USER: 99 }[role]}${String(index).padStart(8, '0')}`,
      fullName: name,
      dateOfBirth: '1990-05-17',
      role,
    });
    if (registered.isErr()) throw new Error(JSON.stringify(registered.error));
    const { id, ucfsin } = registered.value;
    users.push({ id, token: (await portal.accessTokens.sign({ userId: id, role, ucfsin })).token });
  }
  const now = portal.clock();
  await pool.query(`update portal.users set status = 'ACTIVE', email_verified_at = $1 where role = $2`, [now, role]);
  await pool.query(
    `insert into portal.user_kyc select gen_random_uuid(), users.id, type, '••••1234', type || users.id,
      'kyc/' || users.id || '/' || type, 'application/pdf', 'VERIFIED', null, $1, $1, 'bench', $1
      from portal.users cross join unnest(array['AADHAR', 'PAN']) as type where role = $2`,
    [now, role],
  );
  return users;
}

interface Founding {
  readonly foreman: Signed;
  readonly admin: Signed;
  readonly members: readonly Signed[];
  readonly index: number;
}

async function foundScheme(opened: PortalApp, { foreman, admin, members, index }: Founding): Promise<BenchUser[]> {
  const company = `Chit Funds of the Bench ${index + 1} Limited`;
  const draft = sampleDraft({ name: `Chit ${index + 1}`, tickets: TICKETS, foreman: company });
  const { id } = await send(opened, foreman, { url: '/api/schemes', body: draft });
  const scheme = String(id);
  const step = (caller: Signed, name: string, body: object) =>
    send(opened, caller, { url: `/api/schemes/${scheme}/${name}`, body });
  await step(foreman, 'submit', {});
  await step(admin, 'approve', { order: `PSO ${index + 1}/2026`, number: `R ${index + 1}/2026` });
  const users: BenchUser[] = [];
  for (const member of members) {
    const taken = await send(opened, member, { url: '/api/subscriptions', body: { schemeId: scheme } });
    users.push({ ...member, scheme, subscription: String(taken.id), ticket: Number(taken.ticket) });
  }
  await step(foreman, 'declare', {});
  await step(admin, 'commence', { certificate: `C ${index + 1}/2026` });
  return users;
}

async function send(
  { app }: PortalApp,
  { token }: Signed,
  { url, body }: { readonly url: string; readonly body: object },
): Promise<{ readonly [field: string]: unknown }> {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
  const answer = await app.inject({ method: 'POST', url, headers, body });
  if (answer.statusCode >= 400) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
  return answer.json();
}

/** Does something for each, a few at a time. */
async function eachOf<T>(all: readonly T[], work: (one: T, index: number) => Promise<void>): Promise<void> {
  const queue = all.entries();
  const take = async (): Promise<void> => {
    for (const [index, one] of queue) await work(one, index);
  };
  await Promise.all(Array.from({ length: 6 }, take));
}
