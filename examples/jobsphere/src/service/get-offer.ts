import type { ReadTrouble } from '@holdfast/kernel';
import { add, formatDecimal, type Money, subtract, usd, zero } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import type { OfferText, User } from '../host/rows.ts';
import type { NothingThere } from './refusals.ts';
import type { Service } from './service.ts';

/** An offer as the seed shows it: the words from the host, status, instants and money from the book. */
export interface OfferShape {
  readonly _id: string;
  readonly job: string;
  readonly application: string;
  readonly customer: string;
  readonly contractor: string;
  readonly amount: string;
  readonly platformFee: string;
  readonly serviceFee: string;
  readonly contractorPayout: string;
  readonly totalCharge: string;
  readonly timeline: string;
  readonly description: string;
  readonly status: string;
  readonly acceptedAt?: string;
  readonly rejectedAt?: string;
  readonly cancelledAt?: string;
  readonly completedAt?: string;
  readonly expiresAt?: string;
  readonly rejectionReason?: string;
  readonly cancellationReason?: string;
}

/**
 * Shows an offer to its two parties and to admins; to everybody else it is not there.
 *
 * @errors
 * - `nothing_there`: no such offer, or none of the caller's.
 */
export async function getOffer(
  { host, book }: Service,
  caller: User,
  id: string,
): Promise<Result<OfferShape, NothingThere | ReadTrouble>> {
  const text = await host.transaction((tables) => tables.find('offers', id));
  const mayLook = text && (caller.role === 'admin' || caller.id === text.customer || caller.id === text.contractor);
  const read = await book.use(offerProcess).read(id);
  if (read.isErr()) return err(read.error);
  const thing = read.value.state;
  if (!mayLook || !thing) return err({ code: 'nothing_there', what: 'offer' });
  return ok(shapeOf(text, thing));
}

type OfferThing = NonNullable<
  Extract<Awaited<ReturnType<ReturnType<typeof offersOf>['read']>>, { readonly value: unknown }>['value']['state']
>;

function offersOf({ book }: Service) {
  return book.use(offerProcess);
}

function shapeOf(text: OfferText, { status, amount, lines, dueAt, entered }: OfferThing): OfferShape {
  const nothing: Money = zero(usd);
  const platform = lines.platform?.frozen ?? nothing;
  const service = lines.service?.frozen ?? nothing;
  const budget = amount ?? nothing;
  const { id, job, application, customer, contractor, timeline, description, reason } = text;
  return {
    _id: id,
    job,
    application,
    customer,
    contractor,
    amount: formatDecimal(budget),
    platformFee: formatDecimal(platform),
    serviceFee: formatDecimal(service),
    contractorPayout: formatDecimal(subtract(budget, service)),
    totalCharge: formatDecimal(add(budget, platform)),
    timeline,
    description,
    status,
    ...(entered.accepted ? { acceptedAt: entered.accepted.at } : {}),
    ...(entered.rejected ? { rejectedAt: entered.rejected.at } : {}),
    ...(entered.cancelled ? { cancelledAt: entered.cancelled.at } : {}),
    ...(entered.completed ? { completedAt: entered.completed.at } : {}),
    ...(dueAt === undefined ? {} : { expiresAt: dueAt }),
    ...(status === 'rejected' && reason !== null ? { rejectionReason: reason } : {}),
    ...(status === 'cancelled' && reason !== null ? { cancellationReason: reason } : {}),
  };
}
