import {
  addDuration,
  type Context,
  days,
  freeText,
  hours,
  type Instant,
  type Refusal,
  type Seen,
} from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { AnyDeliveryCommand, ReportRouting, StoreDelivery } from './commands.ts';
import type { Delivery } from './delivery-state.ts';
import type { DeliveryEvent, EventBody } from './events.ts';
import type { BodyText } from './stored-body.ts';

/**
 * Decides about the deliveries of one event. What came in is always stored; what a worker found is always kept, unless something better is known already.
 *
 * @source docs/rules/providers.md, IN-2, IN-3, IN-6
 */
export function decideDelivery(
  seen: Seen,
  command: AnyDeliveryCommand,
  { id, at }: Context,
): Result<readonly DeliveryEvent[], Refusal> {
  const state = seen.record(id) as Delivery | undefined;
  if (command.type === 'StoreDelivery') return ok([store(state, command, at)]);
  if (!state) return err({ code: 'delivery_unknown', delivery: id } as Refusal);
  if (command.type === 'ReportRouting') return ok(report(state, command, at));
  const waits = command.type === 'RetryDelivery' ? WAITING : UNENDED;
  if (!waits.has(state.status) || (command.type === 'AlarmDelivery' && state.alarmed))
    return err({ code: 'delivery_not_waiting', delivery: id, status: state.status } as Refusal);
  return ok([command.type === 'RetryDelivery' ? { type: 'DeliveryRetried', dueAt: at } : { type: 'DeliveryAlarmed' }]);
}

/** Counts the bodies that are kept of an event. */
export function bodiesOf({ others }: Delivery): number {
  return 1 + others.length;
}

function store(state: Delivery | undefined, command: StoreDelivery, dueAt: Instant): DeliveryEvent {
  const { headers, body, receivedAt, digest } = command;
  if (!state)
    return { ...restOf(command), type: 'DeliveryStored', headers: freeText(headers), body: marked(body), dueAt };
  const known = state.digest === digest || state.others.some((other) => other.digest === digest);
  if (known || state.others.length === MOST_OTHERS) return { type: 'DeliveryRepeated', receivedAt };
  return { type: 'DeliveryContradicted', receivedAt, digest, body: marked(body), dueAt };
}

function restOf({ type: _type, headers: _headers, body: _body, ...rest }: StoreDelivery) {
  return rest;
}

/** Marks the texts of a body, so that the journal has their hashes and the texts themselves can be erased. */
function marked({ encoding, bytes, parts }: BodyText): EventBody {
  return { encoding, bytes, parts: parts.map(freeText) };
}

/** Two workers may have had one delivery: what is applied stays applied, whoever reports last. */
function report(state: Delivery, { end, bodies }: ReportRouting, at: Instant): readonly DeliveryEvent[] {
  // A body that contradicts came in meanwhile: the pass knew nothing of it, and the next one is due already.
  if (bodies < bodiesOf(state)) return [];
  if (state.status === 'applied' && end.kind !== 'applied') return [];
  if (end.kind !== 'unmatched' && end.kind !== 'look_up') return [{ type: 'DeliveryRouted', end }];
  // The first look-up is wanted at once; whatever was tried in vain waits, longer each time, and in the end for somebody.
  const first = end.kind === 'look_up' && !state.byLookup;
  const ms = first ? 0 : Math.min(hours(1).ms, FIRST_WAIT_MS * 2 ** Math.min(state.tries, 20));
  const nextTryAt = addDuration(at, { ms });
  const over = nextTryAt > addDuration(state.receivedAt, GIVE_UP_AFTER);
  return [over ? { type: 'DeliveryRouted', end } : { type: 'DeliveryRouted', end, nextTryAt }];
}

const WAITING: ReadonlySet<string> = new Set<Delivery['status']>(['unmatched', 'look_up', 'ignored', 'poison']);
const UNENDED: ReadonlySet<string> = new Set<Delivery['status']>(['due', 'unmatched', 'look_up']);
const MOST_OTHERS = 5;
const FIRST_WAIT_MS = 5_000;
const GIVE_UP_AFTER = days(30);
