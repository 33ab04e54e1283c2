import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { createMemoryStore, instantAt, type Json, openBook, type RecordDecider, type Store } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import {
  defineEndpoint,
  deliveries,
  type InboxTarget,
  intakeName,
  noAccounts,
  type Observation,
  openInbox,
  readJson,
  signStandardWebhook,
  standardSecret,
  verifyStandardWebhook,
} from '@holdfast/providers';
import { createPostgresStore, migrate } from '@holdfast/store-postgres';
import { err, ok } from 'neverthrow';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const account = { provider: 'acme', account: 'acct_1', mode: 'sandbox' } as const;
const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const start = Date.parse('2026-03-07T10:00:00.000Z');
const endpoint = defineEndpoint({ ...account, id: 'hook', secrets: [{ secret }] }, standardSecret)._unsafeUnwrap();

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: postgresUrl(), max: 8 });
  await pool.query('drop schema if exists inbox_acceptance cascade');
  (await migrate(pool, { schema: 'inbox_acceptance' }))._unsafeUnwrap();
});
afterAll(async () => {
  await pool.query('drop schema if exists inbox_acceptance cascade');
  await pool.end();
});

interface Movement {
  readonly heard: readonly string[];
}
type Commands = { readonly Hear: { readonly command: { readonly status: string }; readonly refusal: never } };
type Heard = { readonly type: 'Heard'; readonly status: string };

/** Counts what it is told of a provider's object. */
const movements: RecordDecider<Commands, Movement, Heard> = {
  kind: 'movement',
  keeps: 'record',
  facts: ['Hear'],
  parse: (command) => ok(command as never),
  needs: () => ({}),
  decide: (_seen, command) => ok([{ type: 'Heard', status: (command as unknown as { status: string }).status }]),
  evolve: (state, { status }) => ({ heard: [...(state?.heard ?? []), status] }),
  transfers: () => [],
  standing: () => ({ status: 'known', claims: [], deadlines: [], touches: [] }),
  codec: {
    encodeState: (state) => state as unknown as Json,
    decodeState: (json) => json as unknown as Movement,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as Heard,
  },
};

/** One process: its own books on a store, and an inbox on them. */
function openProcess(store: Store<never>, money: string, shared: boolean) {
  const clock = () => instantAt(start);
  const salt = (key: string, index: number) => `${key} ${index}`;
  const ledger = openBook({ store, name: money, chart: noAccounts, clock, salt });
  const name = `${money}-${intakeName(account)}`;
  const book = shared ? ledger : openBook({ store, name, chart: noAccounts, clock, salt });
  const records = ledger.use(movements);
  const target: InboxTarget = {
    book: ledger,
    knows: async ({ object }) => (await records.read(object)).map(({ state }) => (state ? 'agrees' : 'unknown')),
    asks: async ({ object, status }) => ok([records.ask(object, { type: 'Hear', status })]),
  };
  const inbox = openInbox({
    ...account,
    book,
    targets: [target],
    lookup: async () => ok({ found: [], conclusive: true, why: '' }),
    read: ({ body }) => {
      const said = readJson(body);
      if (said.isErr()) return err({ code: 'delivery_unreadable', why: said.error.reason });
      const { data } = said.value as { data: { object: string; status: Observation['status'] } };
      const observation: Observation = {
        ...account,
        kind: 'transfer',
        ...data,
        rawStatus: data.status,
        reference: data.object,
        metadata: {},
        amount: usd('5'),
        returns: [],
        createdAt: instantAt(start),
      };
      return ok([observation]);
    },
  });
  const sweep = () => book.runDueTasks({ handlers: inbox.handlers });
  return { ledger, book, records, inbox, sweep };
}

/** A webhook as the provider sends it: signed anew each time. */
function sent(event: string, object: string, seconds: number) {
  const body = Buffer.from(
    JSON.stringify({ type: 'transfer.paid', created: 1, data: { object, status: 'succeeded' } }),
  );
  const headers = signStandardWebhook({ event, signedAtSeconds: start / 1_000 + seconds, body, secret });
  const received = { headers, rawBody: body, receivedAt: instantAt(start + seconds * 1_000) };
  return verifyStandardWebhook(endpoint, received)._unsafeUnwrap();
}

describe.each([
  ['a book of its own', false],
  ['the book of the money', true],
])('an inbox on Postgres in %s', (_, shared) => {
  const store = () => createPostgresStore({ client: pool, schema: 'inbox_acceptance' }) as Store<never>;

  it('applies an event once that two processes receive eight times at once, and verifies', async () => {
    const name = shared ? 'together' : 'apart';
    const processes = [openProcess(store(), name, shared), openProcess(store(), name, shared)] as const;
    const [first, second] = processes;
    const known = { actor: { id: 'ann', role: 'x' }, key: 'know' };
    await first.records.execute('tr_1', { type: 'Hear', status: 'pending' }, known);
    const received = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? first : second).inbox.receive(sent('evt_1', 'tr_1', index)),
      ),
    );
    expect(received.every((one) => one.isOk())).toBe(true);
    const runs = await Promise.all([first, second, first, second].map((one) => one.sweep()));
    expect(runs.every((run) => run.isOk())).toBe(true);
    const movement = (await first.records.read('tr_1'))._unsafeUnwrap();
    expect(movement.state).toEqual({ heard: ['pending', 'succeeded'] });
    const delivery = (await second.book.use(deliveries).read('evt_1'))._unsafeUnwrap();
    expect(delivery.state).toMatchObject({ status: 'applied', times: 8, others: [], books: [name] });
    for (const book of new Set([first.ledger.name, first.book.name])) {
      const report = await verifyBook({ store: first.ledger.store, book, deciders: [movements, deliveries] });
      expect(report._unsafeUnwrap()).toMatchObject({ verified: true });
    }
    for (const { ledger, book } of processes) {
      await book.close();
      if (!shared) await ledger.close();
      await ledger.store.close();
    }
  });

  it('comes to the digest of the same history in memory', async () => {
    const digests: string[][] = [];
    const name = shared ? 'equal-together' : 'equal-apart';
    for (const one of [createMemoryStore() as Store<never>, store()]) {
      const { ledger, book, records, inbox, sweep } = openProcess(one, name, shared);
      for (const event of ['evt_1', 'evt_2', 'evt_1', 'evt_3']) {
        (await inbox.receive(sent(event, `tr_${event}`, 1)))._unsafeUnwrap();
        const known = { actor: { id: 'ann', role: 'x' }, key: `know-${event}` };
        await records.execute(`tr_${event}`, { type: 'Hear', status: 'pending' }, known);
        (await sweep())._unsafeUnwrap();
        (await inbox.objectAppeared(`tr_${event}`))._unsafeUnwrap();
      }
      (await sweep())._unsafeUnwrap();
      const heads = await Promise.all([ledger.head(), book.head()]);
      digests.push(heads.map((head) => head._unsafeUnwrap().digest));
      await book.close();
      if (!shared) await ledger.close();
      await one.close();
    }
    expect(digests[0]).toEqual(digests[1]);
  });
});
