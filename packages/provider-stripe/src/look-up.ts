import type { Instant } from '@holdfast/kernel';
import type { Lookup, Observation, OperationKind, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { isStripeId } from './encode-operation.ts';
import type { FormFields } from './form.ts';
import type { Seat } from './observe.ts';
import { observeAll, withCharges } from './observe-all.ts';
import { type Reader, readPages, readStripe } from './read-stripe.ts';
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
  const pages = await readNamed(reader, query);
  if (pages.isErr()) return err(pages.error);
  const carrying = pages.value.filter((one) => carries(one, query.reference));
  return observeAll(reader, seat, query.kind, carrying);
}

/** A payment that is named is read by itself: a look-up because of a dispute may come months after it was made. */
async function readNamed(reader: Reader, query: LookupQuery): Promise<Result<readonly unknown[], ProviderFault>> {
  const { kind, object } = query;
  if (kind === 'collect' && isStripeId(object) && object.startsWith('pi_')) {
    const read = await readStripe(reader, `/v1/payment_intents/${object}`, { 'expand[0]': 'latest_charge' });
    if (read.isErr()) return err(read.error);
    if (carries(read.value, query.reference)) return ok([read.value]);
  }
  const { path, fields } = listOf(query);
  return readPages(reader, path, fields);
}

function listOf({ kind, reference, since, object = '' }: LookupQuery): { path: string; fields: FormFields } {
  const window = { 'created[gte]': `${Math.max(0, Math.floor(Date.parse(since) / 1000) - skewSeconds)}` };
  switch (kind) {
    case 'transfer':
      return { path: '/v1/transfers', fields: { transfer_group: reference } };
    case 'reverse_transfer':
      return { path: `/v1/transfers/${object}/reversals`, fields: {} };
    case 'refund': {
      const on = refundedBy(object);
      return { path: '/v1/refunds', fields: on === undefined ? window : { [on]: object } };
    }
    case 'payout':
      return { path: '/v1/payouts', fields: window };
    default:
      return { path: '/v1/payment_intents', fields: { ...window, ...withCharges } };
  }
}

/** Which parameter a refund's payment is named by; none where the object is something else, such as the refund itself. */
function refundedBy(object: string): 'charge' | 'payment_intent' | undefined {
  if (!isStripeId(object)) return undefined;
  if (object.startsWith('pi_')) return 'payment_intent';
  return /^(?:ch|py)_/.test(object) ? 'charge' : undefined;
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
