import type { Refusal } from '@holdfast/kernel';
import { leadingAttempt, type Payout, type PayoutStatus, payoutStatus } from '@holdfast/payouts';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { obligationsOf } from '../services/obligations-of.ts';

/** How a payout stands in the seed's words. `settled` and `cancelled` are ours: it has no word for a payout of nothing. */
export type SeedPayoutStatus = 'scheduled' | 'released' | 'failed' | 'settled' | 'cancelled';

/** A document of the seed's Payout collection, made from the book. Amounts are decimal texts. */
export interface PayoutDocument {
  readonly payoutId: string;
  readonly bookingId: string;
  readonly paymentTransactionId?: string;
  /** The first of `tipTransactionIds`: the seed knows one tip. */
  readonly tipTransactionId?: string;
  readonly tipTransactionIds: readonly string[];
  readonly amount: string;
  readonly currency: string;
  readonly payoutType: 'booking' | 'tip' | 'booking_and_tip';
  readonly releaseDate: string;
  readonly stripeTransferId?: string;
  readonly status: SeedPayoutStatus;
}

/** Gives the payouts of a booking as the seed's documents: one, or a further one for what came late. */
export async function payoutDocuments(
  crown: Crown,
  booking: string,
): Promise<Result<readonly PayoutDocument[], Refusal>> {
  const obligations = await obligationsOf(crown, booking);
  if (obligations === undefined) return err({ code: 'store_unavailable' });
  const ids = [...obligations.values()].flatMap((one) => ('payout' in one && one.payout ? [one.payout] : []));
  const documents: PayoutDocument[] = [];
  for (const payoutId of [...new Set(ids)].sort()) {
    const read = await crown.book.use(crown.payouts.payout).read(payoutId);
    if (read.isErr()) return err(read.error as Refusal);
    if (read.value.state) documents.push(await documentOf(crown, { booking, payoutId, payout: read.value.state }));
  }
  return ok(documents);
}

/** Says how a payout stands in the seed's words. It has one word, `failed`, for what is tried again and for what waits for somebody. */
function seedStatusOf(payout: Payout): SeedPayoutStatus {
  const status = payoutStatus(payout);
  return status === 'due' && leadingAttempt(payout) ? 'failed' : STATUSES[status];
}

interface Place {
  readonly booking: string;
  readonly payoutId: string;
  readonly payout: Payout;
}

async function documentOf(crown: Crown, { booking, payoutId, payout }: Place): Promise<PayoutDocument> {
  const obligations = payout.items.map(({ obligation }) => obligation);
  const isOf = (kind: string): readonly string[] => obligations.filter((one) => one.startsWith(`${kind}.`));
  const objects = await Promise.all(isOf('tip').map((tip) => paymentOf(crown, tip)));
  const tipTransactionIds = objects.filter((object) => object !== undefined);
  const [tipTransactionId] = tipTransactionIds;
  const paymentTransactionId = await paymentOf(crown, `booking.${booking}`);
  const attempt = leadingAttempt(payout)?.attempt;
  const { amount = '0.00', currency = payout.currency.code } = attempt?.operation.amount.toJSON() ?? {};
  const { state } = attempt ?? {};
  const transfer = state && 'object' in state ? state.object : undefined;
  return {
    payoutId,
    bookingId: booking,
    ...(paymentTransactionId === undefined ? {} : { paymentTransactionId }),
    ...(tipTransactionId === undefined ? {} : { tipTransactionId }),
    tipTransactionIds,
    amount,
    currency,
    payoutType: isOf('tip').length === 0 ? 'booking' : isOf('booking').length === 0 ? 'tip' : 'booking_and_tip',
    releaseDate: transfer !== undefined && attempt ? attempt.changedAt : (payout.retryAt ?? payout.plannedAt),
    ...(transfer === undefined ? {} : { stripeTransferId: transfer }),
    status: seedStatusOf(payout),
  };
}

/** Names Stripe's object of a payment that has succeeded. */
export async function paymentOf({ charges }: Pick<Crown, 'charges'>, charge: string): Promise<string | undefined> {
  const read = await charges.read(charge);
  return read.isOk() ? read.value.state?.settledBy : undefined;
}

const STATUSES: { readonly [Status in PayoutStatus]: SeedPayoutStatus } = {
  due: 'scheduled',
  sending: 'scheduled',
  unknown: 'scheduled',
  waiting: 'failed',
  conflict: 'failed',
  failed: 'failed',
  paid: 'released',
  returned: 'released',
  settled: 'settled',
  cancelled: 'cancelled',
};
