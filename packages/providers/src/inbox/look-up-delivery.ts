import { hash } from 'node:crypto';
import { type Actor, addDuration, canonical, type Fault, hours, type ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { withTimeout } from '../bulkhead/with-timeout.ts';
import type { Observation } from '../port/observation.ts';
import type { RoutingEnd } from './commands.ts';
import type { InboxOptions } from './options.ts';
import { isOurs, objectsOf, routeObservations } from './route-observations.ts';

/**
 * Asks the provider how the objects of a delivery really stand, and applies its answer instead of the delivery. The key of what is applied includes what
 * was seen, so a second look-up that sees something else applies that as well.
 *
 * @source docs/rules/providers.md, IN-5
 */
export async function lookUpDelivery(
  options: InboxOptions,
  actor: Actor,
  delivery: { readonly id: string; readonly observations: readonly Observation[] },
): Promise<Result<RoutingEnd, Fault | ReadTrouble>> {
  const { id, observations } = delivery;
  const objects = objectsOf(observations);
  const foreign = observations.find((one) => !isOurs(options, one));
  if (foreign) return ok({ kind: 'poison', why: 'not of this account and mode', objects });
  const found: Observation[] = [];
  for (const observation of observations) {
    const reference = await referenceOf(options, observation);
    if (reference.isErr()) return err(reference.error);
    if (reference.value === undefined) return ok({ kind: 'look_up', why: 'no reference to look up by', objects });
    const seen = await lookUp(options, observation, reference.value);
    if (seen.isErr()) return err(seen.error);
    if (seen.value.length === 0) return ok({ kind: 'look_up', why: 'the provider did not find it', objects });
    found.push(...seen.value);
  }
  const keyOf = (one: Observation) => `looked-up:${id}:${seenDigest(one)}`;
  return routeObservations(options, actor, { observations: found, keyOf, fresh: true });
}

/** Our reference: as the observation has it, else as the first book that knows the object. */
async function referenceOf(
  { targets }: InboxOptions,
  { reference, object }: Observation,
): Promise<Result<string | undefined, Fault | ReadTrouble>> {
  if (reference !== undefined) return ok(reference);
  for (const target of targets) {
    if (!target.referenceOf) continue;
    const known = await target.referenceOf(object);
    if (known.isErr() || known.value !== undefined) return known;
  }
  return ok(undefined);
}

async function lookUp(
  { lookup, lookupMargin = hours(1), lookupTimeout: timeout = { ms: 20_000 } }: InboxOptions,
  { kind, object, createdAt }: Observation,
  reference: string,
): Promise<Result<readonly Observation[], Fault>> {
  const since = addDuration(createdAt, { ms: -lookupMargin.ms });
  const end = await withTimeout((signal) => lookup({ kind, reference, since, object }, signal), { timeout });
  if (end.kind === 'done') return end.value.map(({ found }) => found);
  if (end.kind === 'threw') throw end.error;
  const message = `no answer to a look-up within ${timeout.ms} ms`;
  return err({ fault: true, code: 'provider_timeout', message, retryable: true, effect: 'none' });
}

function seenDigest(observation: Observation): string {
  const text = canonical(observation);
  return hash('sha256', typeof text === 'string' ? text : JSON.stringify(observation.rawStatus), 'hex');
}
