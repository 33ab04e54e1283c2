import type { Observation, ObservedDispute, ObservedReturn, OperationKind, ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { disputeOf } from './dispute-of.ts';
import { dispute, paymentIntent, refund, transfer, transferReversal } from './objects.ts';
import { observe, returnsOf, type Seat } from './observe.ts';
import { type Reader, readPages, refused, unreadable } from './read-stripe.ts';
import { fieldOf } from './send.ts';

/** Asks a list of payment intents for their charges, which say how much went back. */
export const withCharges = { 'expand[0]': 'data.latest_charge' };

/**
 * Reads objects of a list as observations, each transfer with every one of its reversals and each payment with its refunds and disputes.
 *
 * @returns A fault where one cannot be read, or is of the other mode: nothing is left out in silence.
 * @source docs/rules/provider-stripe.md, ST-9
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
    const { observation, livemode } = reading;
    if (livemode !== undefined && livemode !== (seat.mode === 'live')) {
      return err(refused(`${observation.object} is of the other mode`));
    }
    const returns = await returnsFor(reader, object, observation);
    if (returns.isErr()) return err(returns.error);
    const disputes = await disputesFor(reader, object, observation);
    if (disputes.isErr()) return err(disputes.error);
    all.push({ ...observation, returns: returns.value, ...disputes.value });
  }
  return ok(all);
}

async function returnsFor(
  reader: Reader,
  object: unknown,
  { kind, object: id, returns }: Observation,
): Promise<Result<readonly ObservedReturn[], ProviderFault>> {
  if (kind === 'transfer') {
    const { amount_reversed: reversed, reversals } = transfer.parse(object);
    // A transfer carries its last ten reversals; the others are on a list of their own.
    if (reversed === 0 || reversals?.has_more === false) return ok(returns);
    const pages = await readPages(reader, `/v1/transfers/${id}/reversals`, {});
    return readReturns(pages, (all) => transferReversal.array().parse(all));
  }
  if (kind !== 'collect') return ok(returns);
  const { latest_charge: charge } = paymentIntent.parse(object);
  if (!charge || (typeof charge === 'object' && charge.amount_refunded === 0)) return ok(returns);
  const pages = await readPages(reader, '/v1/refunds', { payment_intent: id });
  return readReturns(pages, (all) =>
    refund
      .array()
      .parse(all)
      .filter(({ status }) => status === 'succeeded'),
  );
}

function readReturns(
  pages: Result<readonly unknown[], ProviderFault>,
  parse: (all: readonly unknown[]) => Parameters<typeof returnsOf>[0],
): Result<readonly ObservedReturn[], ProviderFault> {
  if (pages.isErr()) return err(pages.error);
  try {
    const returns = returnsOf(parse(pages.value));
    return returns === undefined ? err(unreadable('an amount that came back cannot be read exactly')) : ok(returns);
  } catch {
    return err(unreadable('what came back cannot be read'));
  }
}

/** A charge says that it is disputed, and not how. */
async function disputesFor(
  reader: Reader,
  object: unknown,
  { kind, object: id }: Observation,
): Promise<Result<Pick<Observation, 'disputes'>, ProviderFault>> {
  const charge = kind === 'collect' ? paymentIntent.parse(object).latest_charge : undefined;
  if (typeof charge !== 'object' || !charge?.disputed) return ok({});
  const pages = await readPages(reader, '/v1/disputes', { payment_intent: id });
  if (pages.isErr()) return err(pages.error);
  const parsed = dispute.array().safeParse(pages.value);
  const all = parsed.success ? parsed.data.map(disputeOf) : [undefined];
  const disputes = all.filter((one) => one !== undefined);
  if (disputes.length < all.length) return err(unreadable('a dispute cannot be read'));
  return ok({
    disputes: disputes.map(({ object: _object, rawStatus: _raw, ...said }): ObservedDispute => said).reverse(),
  });
}
