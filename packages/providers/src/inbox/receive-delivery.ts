import { hash } from 'node:crypto';
import type { Actor, Ask, ExecuteFault, Receipt, UnitRefusal } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Observation } from '../port/observation.ts';
import type { VerifiedDelivery } from '../webhooks/delivery.ts';
import type { ReportRouting, StoreDelivery } from './commands.ts';
import { deliveries } from './decider.ts';
import { deliveryId } from './delivery-id.ts';
import { findTarget } from './find-target.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { InboxOptions, InboxTarget } from './options.ts';
import type { IntakeMismatch } from './refusals.ts';
import { hint, isOurs, objectsOf, whyLookUp } from './route-observations.ts';
import { writeBody } from './stored-body.ts';

/** What became of a delivery that was taken in. Whoever sent it may be told that it arrived. */
export interface ReceivedDelivery {
  /** The id of its record. */
  readonly id: string;
  /** Whether it was applied in the unit that stored it, where intake and money share a book. */
  readonly applied: boolean;
  readonly receipt: Receipt;
}

/**
 * Stores a verified delivery. Nothing in its content can prevent that.
 *
 * Where the money lies in the same book, and nothing speaks against it, it is applied in the same unit; where that fails for whatever reason it is stored alone,
 * and the next pass routes it.
 *
 * @errors
 * - `intake_mismatch`: it is of another account, provider or mode.
 *
 * @source docs/rules/providers.md, IN-2, IN-7
 */
export async function receiveDelivery(
  options: InboxOptions,
  actor: Actor,
  delivery: VerifiedDelivery,
): Promise<Result<ReceivedDelivery, IntakeMismatch | UnitRefusal | ExecuteFault>> {
  for (const field of ['provider', 'account', 'mode'] as const) {
    if (delivery[field] === options[field]) continue;
    return err({ code: 'intake_mismatch', field, expected: options[field], given: delivery[field] });
  }
  const { book } = options;
  const event = eventOf(delivery);
  const id = deliveryId(event);
  const command = storing(delivery, event);
  const storeAsk = book.use(deliveries).ask(id, command);
  const further = await safely(() => furtherAsks(options, { id, event, delivery }));
  if (further) {
    // Under the event's own key: of several that come at once, one is applied and the others are stored as repeated.
    const asked = { actor, key: `observed:${id}` };
    const whole = await safely(() => book.together([storeAsk, ...further.asks], asked));
    if (whole?.isOk()) {
      for (const { target, observation } of further.told) hint(() => target.applied?.(observation, whole.value));
      return ok({ id, applied: true, receipt: whole.value });
    }
    if (whole?.isErr() && 'fault' in whole.error) return err(whole.error);
  }
  const alone = await book.together([storeAsk], { actor, key: `stored:${id}:${sendingOf(command)}` });
  return alone.map((receipt) => ({ id, applied: false, receipt }));
}

/** The provider's name of the event; the digest of the body where the scheme names none. */
function eventOf({ event, body }: VerifiedDelivery): string {
  return event !== undefined && NAME.test(event) ? event : `body-${hash('sha256', body, 'hex')}`;
}

function storing(delivery: VerifiedDelivery, event: string): StoreDelivery {
  const { endpoint, provider, account, mode, signedAt, receivedAt, headers, body } = delivery;
  const { type: kind, digest } = fingerprintOf(event, body);
  return {
    type: 'StoreDelivery',
    event,
    endpoint,
    provider,
    account,
    mode,
    ...(signedAt === undefined ? {} : { signedAt }),
    receivedAt,
    kind,
    digest,
    headers: headersText(headers),
    body: writeBody(body),
  };
}

/** Headers as one text that can be stored: as many as fit. */
function headersText(headers: VerifiedDelivery['headers']): string {
  const kept: [string, string][] = [];
  for (const header of Object.entries(headers)) {
    if (JSON.stringify(Object.fromEntries([...kept, header])).length <= MOST_CHARACTERS) kept.push(header);
  }
  return JSON.stringify(Object.fromEntries(kept));
}

/** The same for a request that is sent twice by the network, another for each time that the provider sends it. */
function sendingOf({ signedAt, receivedAt, digest }: StoreDelivery): string {
  return hash('sha256', `${signedAt ?? receivedAt}\n${digest}`, 'hex').slice(0, 32);
}

interface Told {
  readonly target: InboxTarget;
  readonly observation: Observation;
}

/** What goes into the unit that stores a delivery, and who hears of it. */
interface Further {
  readonly asks: readonly Ask[];
  readonly told: readonly Told[];
}

/** What is asked for together with storing it; nothing where it has to be routed later. */
async function furtherAsks(
  options: InboxOptions,
  { id, event, delivery }: { readonly id: string; readonly event: string; readonly delivery: VerifiedDelivery },
): Promise<Further | undefined> {
  const { book, targets, read } = options;
  if (!targets.some((target) => target.book === book)) return undefined;
  const known = await book.use(deliveries).read(id);
  if (known.isErr() || known.value.state) return undefined;
  const observations = read({ ...delivery, event });
  if (observations.isErr() || observations.value.length === 0) return undefined;
  const asks: Ask[] = [];
  const told: Told[] = [];
  for (const observation of observations.value) {
    const target = isOurs(options, observation) ? await targetHere(options, observation) : undefined;
    const named = await target?.asks(observation);
    if (!target || !named?.isOk()) return undefined;
    asks.push(...named.value);
    told.push({ target, observation });
  }
  const end = { kind: 'applied', books: [book.name], objects: objectsOf(observations.value) } as const;
  const command: ReportRouting = { type: 'ReportRouting', bodies: 1, end };
  return { asks: [...asks, { decider: deliveries, id, command }], told };
}

/** The target in the intake's own book, where the observation may be applied as it stands. */
async function targetHere({ book, targets }: InboxOptions, observation: Observation): Promise<InboxTarget | undefined> {
  const found = await findTarget(targets, observation);
  if (found.isErr() || found.value?.target.book !== book) return undefined;
  return whyLookUp(observation, found.value) === undefined ? found.value.target : undefined;
}

async function safely<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

const NAME = /^[!-~]{1,200}$/;
const MOST_CHARACTERS = 9_000;
