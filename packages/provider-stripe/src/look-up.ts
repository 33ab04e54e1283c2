import type { Instant } from '@holdfast/kernel';
import type { Lookup, Observation, OperationKind, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { isStripeId } from './encode-operation.ts';
import type { FormFields } from './form.ts';
import { transfer, transferReversal } from './objects.ts';
import { observe, returnsOf, type Seat } from './observe.ts';
import { type Reader, readPages, readStripe, refused, unreadable } from './read-stripe.ts';
import { fieldOf } from './send.ts';

/** What is looked for. */
export interface LookupQuery {
  readonly kind: OperationKind;
  readonly reference: string;
  readonly since: Instant;
  readonly object?: string;
}

/**
 * Finds every object that carries our reference, by Stripe's lists.
 *
 * @param isOurs - Whether the key is known to be of the account and mode that are sent to; without, absence proves nothing.
 * @source docs/rules/provider-stripe.md, ST-9
 */
export async function lookUp(
  reader: Reader,
  seat: Seat,
  query: LookupQuery,
  isOurs: () => Promise<{ readonly ours: true } | { readonly ours: false; readonly why: string }>,
): Promise<Result<Lookup, ProviderFault>> {
  const { kind, object } = query;
  if (needsObject.has(kind) && !isStripeId(object)) {
    return ok({ found: [], conclusive: false, why: `a ${kind} is found only by the object that it was on` });
  }
  const found = changes.has(kind) ? await findChanged(reader, seat, query) : await findListed(reader, seat, query);
  if (found.isErr()) return err(found.error);
  if (found.value.length > 0) return ok({ found: found.value });
  const seated = await isOurs();
  return seated.ours
    ? ok({ found: [], conclusive: true, why: 'no object of this account and mode carries the reference' })
    : ok({ found: [], conclusive: false, why: seated.why });
}

const needsObject: ReadonlySet<OperationKind> = new Set(['capture', 'void', 'reverse_transfer', 'cancel_payout']);
const changes: ReadonlySet<OperationKind> = new Set(['capture', 'void', 'cancel_payout']);
/** Stripe's clock may be behind ours. */
const skewSeconds = 300;

async function findListed(
  reader: Reader,
  seat: Seat,
  query: LookupQuery,
): Promise<Result<readonly Observation[], ProviderFault>> {
  const { path, fields } = listOf(query);
  const pages = await readPages(reader, path, fields);
  if (pages.isErr()) return err(pages.error);
  const carrying = pages.value.filter((one) => carries(one, query.reference));
  return observeAll(reader, seat, query.kind, carrying);
}

function listOf({ kind, reference, since, object = '' }: LookupQuery): { path: string; fields: FormFields } {
  const window = { 'created[gte]': `${Math.max(0, Math.floor(Date.parse(since) / 1000) - skewSeconds)}` };
  switch (kind) {
    case 'transfer':
      return { path: '/v1/transfers', fields: { transfer_group: reference } };
    case 'reverse_transfer':
      return { path: `/v1/transfers/${object}/reversals`, fields: {} };
    case 'refund': {
      const on = object.startsWith('ch_') ? 'charge' : 'payment_intent';
      return { path: '/v1/refunds', fields: isStripeId(object) ? { [on]: object } : window };
    }
    case 'payout':
      return { path: '/v1/payouts', fields: window };
    default:
      return { path: '/v1/payment_intents', fields: window };
  }
}

function carries(one: unknown, reference: string): boolean {
  return fieldOf(fieldOf(one, 'metadata'), 'reference') === reference || fieldOf(one, 'transfer_group') === reference;
}

const done: { readonly [kind: string]: readonly string[] } = {
  capture: ['succeeded', 'processing'],
  void: ['canceled'],
  cancel_payout: ['canceled'],
};

/** A capture, a void or a cancelled payout is no object of its own: whether it happened shows on what it changed. */
async function findChanged(
  reader: Reader,
  seat: Seat,
  { kind, reference, object = '' }: LookupQuery,
): Promise<Result<readonly Observation[], ProviderFault>> {
  const path = kind === 'cancel_payout' ? `/v1/payouts/${object}` : `/v1/payment_intents/${object}`;
  const read = await readStripe(reader, path);
  if (read.isErr()) return err(read.error);
  if (read.value === undefined) return ok([]);
  const observed = await observeAll(reader, seat, kind, [read.value]);
  return observed.map((all) =>
    all.filter(({ rawStatus }) => done[kind]?.includes(rawStatus)).map((one) => ({ ...one, reference })),
  );
}

/**
 * Reads objects of a list as observations, each transfer with every one of its reversals.
 *
 * @returns A fault where one cannot be read, or is of the other mode: nothing is left out in silence.
 */
export async function observeAll(
  reader: Reader,
  seat: Seat,
  kind: OperationKind,
  objects: readonly unknown[],
): Promise<Result<readonly Observation[], ProviderFault>> {
  const all: Observation[] = [];
  for (const object of objects) {
    const reading = observe(seat, kind, object);
    if ('unreadable' in reading) {
      return err(unreadable(`${String(fieldOf(object, 'id'))} cannot be read: ${reading.unreadable}`));
    }
    if (reading.livemode !== undefined && reading.livemode !== (seat.mode === 'live')) {
      return err(refused(`${reading.observation.object} is of the other mode`));
    }
    const whole =
      kind === 'transfer' ? await withAllReversals(reader, object, reading.observation) : ok(reading.observation);
    if (whole.isErr()) return err(whole.error);
    all.push(whole.value);
  }
  return ok(all);
}

/** A transfer carries its last ten reversals; the others are on a list of their own. */
async function withAllReversals(
  reader: Reader,
  object: unknown,
  observation: Observation,
): Promise<Result<Observation, ProviderFault>> {
  const { amount_reversed: reversed, reversals } = transfer.parse(object);
  if (reversed === 0 || reversals?.has_more === false) return ok(observation);
  const pages = await readPages(reader, `/v1/transfers/${observation.object}/reversals`, {});
  if (pages.isErr()) return err(pages.error);
  const parsed = transferReversal.array().safeParse(pages.value);
  const returns = parsed.success ? returnsOf(parsed.data) : undefined;
  return returns === undefined
    ? err(unreadable(`the reversals of ${observation.object} cannot be read`))
    : ok({ ...observation, returns });
}
