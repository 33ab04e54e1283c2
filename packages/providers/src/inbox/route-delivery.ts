import type { Actor, Fault, ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Observation } from '../port/observation.ts';
import type { RoutingEnd } from './commands.ts';
import type { Delivery } from './delivery-state.ts';
import { lookUpDelivery } from './look-up-delivery.ts';
import type { InboxOptions } from './options.ts';
import type { DeliveryUnreadable } from './refusals.ts';
import { routeObservations, whyThrown } from './route-observations.ts';
import { readBody, type StoredBody } from './stored-body.ts';

/**
 * Routes what is kept of one event: reads it, and applies it or has it looked up. A reader that throws, like everything else that throws on the way,
 * leaves `poison`, and the delivery with it.
 *
 * @source docs/rules/providers.md, IN-4, IN-5
 */
export async function routeDelivery(
  options: InboxOptions,
  actor: Actor,
  { id, state }: { readonly id: string; readonly state: Delivery },
): Promise<Result<RoutingEnd, Fault | ReadTrouble>> {
  const poison = (why: string) => ok({ kind: 'poison', why: why.slice(0, 300), objects: state.objects } as const);
  // Where two bodies contradict each other, what either is about is looked up.
  const stored = state.byLookup ? [state.body, ...state.others.map(({ body }) => body)] : [state.body];
  const bodies = await readBodies(options, stored);
  if (bodies.isErr()) return err(bodies.error);
  try {
    const observations: Observation[] = [];
    for (const body of bodies.value) {
      if (!body) return poison('the body was erased');
      const read = readOne(options, state, body);
      if (read.isErr()) return poison(read.error.why);
      observations.push(...read.value);
    }
    if (observations.length === 0) return ok({ kind: 'ignored', why: 'nothing in it concerns us', objects: [] });
    if (state.byLookup) return await lookUpDelivery(options, actor, { id, observations });
    const keyOf = (_: unknown, index: number) => (index === 0 ? `observed:${id}` : `observed:${id}:${index}`);
    return await routeObservations(options, actor, { observations, keyOf, fresh: false });
  } catch (error) {
    return poison(whyThrown(error));
  }
}

async function readBodies(
  { book }: InboxOptions,
  stored: readonly StoredBody[],
): Promise<Result<readonly (Uint8Array | undefined)[], Fault | ReadTrouble>> {
  const hashes = stored.flatMap(({ parts }) => parts.map(({ textHash }) => textHash));
  const texts = await book.texts(hashes);
  return texts.map((found) => stored.map((body) => readBody(body, found)));
}

function readOne(
  { read }: InboxOptions,
  { event, endpoint, receivedAt, signedAt }: Delivery,
  body: Uint8Array,
): Result<readonly Observation[], DeliveryUnreadable> {
  return read({ event, endpoint, receivedAt, body, ...(signedAt === undefined ? {} : { signedAt }) });
}
