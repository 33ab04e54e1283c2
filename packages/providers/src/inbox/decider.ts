import {
  addDuration,
  type Deadline,
  type Json,
  minutes,
  type RecordDecider,
  type Standing,
  type TextReference,
} from '@holdfast/kernel';
import {
  type AnyDeliveryCommand,
  type DeliveryCommands,
  parseDeliveryCommand,
  type RetryDelivery,
} from './commands.ts';
import { decideDelivery } from './decide-delivery.ts';
import type { Delivery } from './delivery-state.ts';
import type { DeliveryEvent, DeliveryRouted, DeliveryStored, EventBody } from './events.ts';
import type { StoredBody } from './stored-body.ts';

/**
 * Keeps what a provider delivered, one record for each event: first stored, then routed to the book whose money it is about.
 *
 * @source docs/rules/providers.md, IN-1, IN-2, IN-5, IN-6
 */
export const deliveries: RecordDecider<DeliveryCommands, Delivery, DeliveryEvent> = {
  kind: 'delivery',
  keeps: 'record',
  facts: ['StoreDelivery', 'ReportRouting'],
  parse: parseDeliveryCommand,
  needs: () => ({}),
  decide: (seen, command, context) => decideDelivery(seen, command as AnyDeliveryCommand, context),
  evolve: evolveDelivery,
  transfers: () => [],
  standing: standingOf,
  codec: {
    encodeState: (state) => state as unknown as Json,
    decodeState: (json) => json as unknown as Delivery,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as unknown as DeliveryEvent,
  },
};

function evolveDelivery(state: Delivery | undefined, event: DeliveryEvent): Delivery {
  if (event.type === 'DeliveryStored') return stored(event);
  const before = state as Delivery;
  switch (event.type) {
    case 'DeliveryRepeated':
      return { ...before, times: before.times + 1 };
    case 'DeliveryContradicted': {
      const { receivedAt, digest, body, dueAt } = event;
      const others = [...before.others, { receivedAt, digest, body: bodyOf(body) }];
      const again = { status: 'due', nextTryAt: dueAt, byLookup: true, why: 'contradiction' } as const;
      return { ...before, ...again, times: before.times + 1, others };
    }
    case 'DeliveryRouted':
      return routed(before, event);
    case 'DeliveryRetried':
      return { ...before, status: 'due', nextTryAt: event.dueAt };
    case 'DeliveryAlarmed':
      return { ...before, alarmed: true };
  }
}

function stored({ type: _type, kind, headers, body, dueAt, ...rest }: DeliveryStored): Delivery {
  return {
    status: 'due',
    ...rest,
    times: 1,
    type: kind,
    headers: headers as TextReference,
    body: bodyOf(body),
    others: [],
    byLookup: false,
    tries: 0,
    nextTryAt: dueAt,
    objects: [],
    books: [],
    alarmed: false,
  };
}

/** States are folded from what is stored, where each text is its reference. */
function bodyOf(body: EventBody): StoredBody {
  return body as StoredBody;
}

function routed(before: Delivery, { end, nextTryAt }: DeliveryRouted): Delivery {
  const { nextTryAt: _nextTryAt, why: _why, ...rest } = before;
  const after = { ...rest, status: end.kind, tries: before.tries + 1, objects: end.objects } as const;
  if (end.kind === 'applied') return { ...after, books: [...new Set([...before.books, ...end.books])].sort() };
  return {
    ...after,
    why: end.why,
    byLookup: before.byLookup || end.kind === 'look_up',
    ...(nextTryAt === undefined ? {} : { nextTryAt }),
  };
}

function standingOf(state: Delivery): Standing {
  const { status, nextTryAt, alarmed, receivedAt } = state;
  const deadlines: Deadline[] = [];
  if (nextTryAt !== undefined) {
    // Two passes may be due at one instant: the second is another task, and not the first one's, which may still be leased.
    const command: RetryDelivery = { type: 'RetryDelivery', pass: state.tries + state.others.length };
    deadlines.push({ name: 'route', dueAt: nextTryAt, command });
  }
  const open = status === 'due' || status === 'unmatched' || status === 'look_up';
  if (open && !alarmed) {
    const dueAt = addDuration(receivedAt, ALARM_AFTER);
    deadlines.push({ name: 'alarm', dueAt, command: { type: 'AlarmDelivery' } });
  }
  return { status: alarmed && status === 'unmatched' ? 'alarmed' : status, claims: [], deadlines, touches: [] };
}

const ALARM_AFTER = minutes(10);
