import { expect } from 'vitest';
import { startOf } from '../src/day-of.ts';
import { sampleDraft } from '../src/demo/sample-draft.ts';
import { type Client, openPortalWorld, type PortalWorld } from './portal-world.ts';

/** A portal with a scheme that runs: its foreman, the admin who stands in for the registrar, and one member for each ticket. */
export interface SchemeWorld extends PortalWorld {
  readonly foreman: Client;
  readonly admin: Client;
  readonly members: readonly Client[];
  readonly scheme: string;
  /** The subscription of each member, in the order of the tickets. */
  readonly subscriptions: readonly string[];
  /** Goes to ten in the morning of a day in India. */
  goTo(day: string): void;
  /** Opens the draw of an instalment with the first two members present. */
  open(instalment: number): Promise<void>;
  /** Bids a discount with a ticket, as its member. */
  bid(instalment: number, ticket: number, amount: string, key?: string): ReturnType<Client['send']>;
  /** Closes the draw of an instalment and settles it. */
  settle(instalment: number): Promise<void>;
  /** The passbook of a ticket, as its member reads it where nobody else is named. */
  statement(ticket: number, client?: Client): Promise<Awaited<ReturnType<Client['get']>>['body']>;
  /** The foreman enters a payment. */
  pay(ticket: number, amount: string): Promise<void>;
}

/** A scheme of four tickets of 1,000 rupees, as the seed's fields have it. */
export const draft = sampleDraft({ name: 'Small chit', tickets: 4, foreman: 'Fatima Chit Funds Limited' });

/** A draft with a member for each ticket. */
type Draft = Pick<typeof draft, 'maxSubscribers'>;

const NAMES = ['anna', 'bela', 'chandra', 'devi'];

/** The same scheme with sealed bids. */
export const sealedDraft = { ...draft, terms: { ...draft.terms, method: { type: 'sealed_auction' } } };

/** Opens a portal, and leads a scheme from its draft until it runs. */
export async function openSchemeWorld(
  options: Parameters<typeof openPortalWorld>[0] = {},
  given: Draft = draft,
): Promise<SchemeWorld> {
  const world = await openPortalWorld({ accessExpiresMs: 400 * 86_400_000, ...options });
  const foreman = await world.user('fatima', 'FOREMAN');
  const admin = await world.user('admin', 'ADMIN');
  const members: Client[] = [];
  for (const name of NAMES.slice(0, given.maxSubscribers)) members.push(await world.user(name));
  for (const member of members) await world.verify(member);
  const scheme = await registerScheme(foreman, admin, given);
  const subscriptions: string[] = [];
  for (const member of members) {
    subscriptions.push((await good(member.send('POST', '/api/subscriptions', { schemeId: scheme }), 201)).id);
  }
  await good(foreman.send('POST', `/api/schemes/${scheme}/declare`, {}));
  await good(admin.send('POST', `/api/schemes/${scheme}/commence`, { certificate: 'C 1/2026' }));
  return {
    ...world,
    foreman,
    admin,
    members,
    scheme,
    subscriptions,
    goTo: (day) => world.set(new Date(Date.parse(startOf(day)) + 36_000_000).toISOString()),
    open: async (instalment) => {
      const present = members.slice(0, 2).map(({ id }) => id);
      await good(foreman.send('POST', `/api/schemes/${scheme}/draws`, { instalment, present }), 201);
    },
    bid: (instalment, ticket, amount, key) => {
      const body = { ticket, by: 'discount', amount };
      const member = members[ticket - 1] as Client;
      return member.send('POST', `/api/schemes/${scheme}/draws/${instalment}/bids`, body, key);
    },
    settle: async (instalment) => {
      const draws = `/api/schemes/${scheme}/draws/${instalment}`;
      await good(foreman.send('POST', `${draws}/close`, {}));
      await good(foreman.send('POST', `${draws}/settle`, {}));
    },
    statement: (ticket, client = members[ticket - 1] as Client) =>
      good(client.get(`/api/subscriptions/${subscriptions[ticket - 1]}/statement`)),
    pay: async (ticket, amount) => {
      const body = { subscriptionId: subscriptions[ticket - 1], amount, channel: 'bank' };
      expect(await good(foreman.send('POST', '/api/payments', body), 201)).toMatchObject({ status: 'COMPLETED' });
    },
  };
}

/** Leads a scheme from its draft until subscribers can join. */
export async function registerScheme(foreman: Client, admin: Client, given: object = draft): Promise<string> {
  const { id } = await good(foreman.send('POST', '/api/schemes', given), 201);
  await good(foreman.send('POST', `/api/schemes/${id}/submit`, {}));
  await good(admin.send('POST', `/api/schemes/${id}/approve`, { order: 'PSO 1/2026', number: 'R 1/2026' }));
  return id;
}

/** Gives the body of an answer that has to be a good one. */
export async function good(
  answer: ReturnType<Client['send']>,
  status = 200,
): Promise<Awaited<ReturnType<Client['send']>>['body']> {
  const { status: got, body } = await answer;
  expect({ status: got, body }).toEqual({ status, body });
  return body;
}
