import { createMemoryStore, instantAt, type Json, openBook, type RecordDecider, type Store } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { ok } from 'neverthrow';
import { deliveries } from '../src/inbox/decider.ts';
import { intakeName, noAccounts } from '../src/inbox/intake-book.ts';
import { openInbox } from '../src/inbox/open-inbox.ts';
import type { InboxOptions, InboxTarget } from '../src/inbox/options.ts';
import type { Observation, ObservedStatus } from '../src/port/observation.ts';
import type { Lookup } from '../src/port/provider.ts';
import type { VerifiedDelivery } from '../src/webhooks/delivery.ts';

export const start = Date.parse('2026-03-07T10:00:00.000Z');
const account = { provider: 'acme', account: 'acct_1', mode: 'sandbox' } as const;

/** A movement of money as a test's book keeps it: what was seen of it, which only ever grows. */
export interface Movement {
  readonly seen: readonly ObservedStatus[];
  readonly returns: readonly string[];
  /** How many commands it heard. */
  readonly heard: number;
}

interface Observe {
  readonly type: 'Observe';
  readonly status: ObservedStatus;
  readonly returns: readonly string[];
}

type MovementCommands = { readonly Observe: { readonly command: Observe; readonly refusal: never } };
type Observed = { readonly type: 'Observed'; readonly status?: ObservedStatus; readonly returns: readonly string[] };

/** How the test's decider misbehaves: it throws, or refuses, though it is told a fact. */
export const misbehaviour: { how: 'throws' | 'refuses' | undefined } = { how: undefined };

const movements: RecordDecider<MovementCommands, Movement, Observed> = {
  kind: 'movement',
  keeps: 'record',
  facts: ['Observe'],
  parse: (command) => ok(command as Observe),
  needs: () => ({}),
  decide(_seen, command) {
    if (misbehaviour.how === 'throws') throw new Error('a bug');
    if (misbehaviour.how === 'refuses') return { isErr: () => true, isOk: () => false, error: { code: 'no' } } as never;
    const { status, returns } = command as Observe;
    return ok([{ type: 'Observed', status, returns }]);
  },
  evolve: (state, { status, returns }) => ({
    seen: [...new Set([...(state?.seen ?? []), ...(status ? [status] : [])])].sort(),
    returns: [...new Set([...(state?.returns ?? []), ...returns])].sort(),
    heard: (state?.heard ?? 0) + 1,
  }),
  transfers: () => [],
  standing: () => ({ status: 'known', claims: [], deadlines: [], touches: [] }),
  codec: {
    encodeState: (state) => state as unknown as Json,
    decodeState: (json) => json as unknown as Movement,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as unknown as Observed,
  },
};

export function observationOf(given: Partial<Observation> = {}): Observation {
  return {
    ...account,
    kind: 'transfer',
    object: 'tr_1',
    status: 'succeeded',
    rawStatus: 'paid',
    reference: 'payout-1',
    metadata: {},
    amount: usd('5'),
    returns: [],
    createdAt: instantAt(start),
    ...given,
  };
}

/** What a test's provider puts into the body of a webhook. */
export interface Said {
  readonly type?: string;
  readonly created?: number;
  readonly data: readonly Partial<Observation>[];
  readonly pending?: number;
}

export function deliveryOf(
  event: string,
  body: Said | Uint8Array,
  more: Partial<VerifiedDelivery> = {},
): VerifiedDelivery {
  return {
    ...account,
    endpoint: 'hook-1',
    event,
    signedAt: instantAt(start),
    receivedAt: instantAt(start),
    headers: { 'user-agent': 'Acme/1' },
    body:
      body instanceof Uint8Array
        ? body
        : Buffer.from(JSON.stringify({ type: 'transfer.updated', created: 1, ...body })),
    ...more,
  };
}

/** A book for money, one for deliveries (or the same for both), and a provider that a test scripts. */
export function openDesk(
  given: { readonly shared?: boolean; readonly store?: Store; readonly read?: InboxOptions['read'] } = {},
) {
  const now = { ms: start };
  const { shared = false, store = createMemoryStore({ nowMs: () => now.ms }) } = given;
  const clock = () => instantAt(now.ms);
  const money = openBook({ store, name: 'money', chart: noAccounts, clock });
  const book = shared ? money : openBook({ store, name: intakeName(account), chart: noAccounts, clock });
  const records = money.use(movements);
  const kept = book.use(deliveries);
  const told: Observation[] = [];
  const lookups: { answer: () => Lookup } = { answer: () => ({ found: told }) };
  const target: InboxTarget = {
    book: money,
    async knows({ object, status }) {
      const read = await records.read(object);
      return read.map(({ state }) => {
        if (!state) return 'unknown';
        const opposite = status === 'failed' ? 'succeeded' : 'failed';
        return state.seen.includes(opposite) ? 'contradicts' : 'agrees';
      });
    },
    asks: async ({ object, status, returns }) =>
      ok([records.ask(object, { type: 'Observe', status, returns: returns.map(({ id }) => id) })]),
  };
  const options: InboxOptions = {
    ...account,
    book,
    targets: [target],
    read: given.read ?? readSaid,
    lookup: async () => ok(lookups.answer()),
  };
  const inbox = openInbox(options);
  /** Makes an object known, as the answer to a send does. */
  const know = (object: string) =>
    records.execute(
      object,
      { type: 'Observe', status: 'pending', returns: [] },
      { actor: { id: 'ann', role: 'x' }, key: `know-${object}` },
    );
  const sweep = async (by = inbox) => (await book.runDueTasks({ handlers: by.handlers }))._unsafeUnwrap();
  return {
    ...{ store, money, book, inbox, options, records, kept, told, lookups, know, now },
    movement: async (object = 'tr_1') => (await records.read(object))._unsafeUnwrap().state,
    delivery: async (id: string) => (await kept.read(id))._unsafeUnwrap(),
    sweep,
    /** Sweeps until nothing is left to do now. */
    async settle() {
      for (let times = 0; times < 20; times++) if ((await sweep()).leased === 0) return;
    },
  };
}

/** Reads what {@link deliveryOf} wrote. */
const readSaid: InboxOptions['read'] = ({ body }) => {
  const { data } = JSON.parse(Buffer.from(body).toString()) as Said;
  return ok(data.map((one) => observationOf(one.returns ? { ...one, returns: one.returns } : one)));
};
