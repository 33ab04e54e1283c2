import { dayOf } from '../day-of.ts';
import type { Session } from '../host/database.ts';
import { subscriptionId } from '../subscriptions/subscription-row.ts';

/** Who holds which ticket, as of the unit that is being taken in. */
export interface Holders {
  /** Persons who hold a ticket. */
  of(scheme: string, ticket: number): readonly string[];
  /** All persons of a scheme, each once. */
  all(scheme: string): readonly string[];
  /** Puts others in their place, and makes their subscriptions. */
  put(place: {
    readonly scheme: string;
    readonly ticket: number;
    readonly persons: readonly string[];
    readonly at: string;
  }): Promise<void>;
}

/** Reads who holds the tickets of some schemes. */
export async function readHolders(session: Session, schemes: readonly string[]): Promise<Holders> {
  const held = new Map<string, Map<number, string[]>>(schemes.map((scheme) => [scheme, new Map()]));
  const rows = await session
    .selectFrom('subscriptions')
    .select(['scheme_id', 'ticket', 'subscriber_id', 'status'])
    .where('scheme_id', 'in', [...schemes])
    .where('status', '<>', 'COMPLETED')
    .execute();
  for (const { scheme_id, ticket, subscriber_id } of rows) {
    const tickets = held.get(scheme_id);
    tickets?.set(ticket, [...(tickets.get(ticket) ?? []), subscriber_id]);
  }
  return {
    of: (scheme, ticket) => held.get(scheme)?.get(ticket) ?? [],
    all: (scheme) => [...new Set([...(held.get(scheme)?.values() ?? [])].flat())],
    put: async ({ scheme, ticket, persons, at }) => {
      held.get(scheme)?.set(ticket, [...persons]);
      const given = {
        scheme_id: scheme,
        ticket,
        status: 'ACTIVE',
        join_date: dayOf(at),
        created_at: at,
        enrolled_by: null,
      } as const;
      const subscriptions = persons.map((person) => {
        return { ...given, id: subscriptionId(scheme, ticket, person), subscriber_id: person };
      });
      if (subscriptions.length === 0) return;
      await session
        .insertInto('subscriptions')
        .values(subscriptions)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
  };
}
