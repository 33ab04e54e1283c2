import { DemoFailed } from '@holdfast/demo-kit';
import type { Book, ExecuteFault, HandleOf, Receipt, Refusal } from '@holdfast/kernel';
import { type Money, maximum, usd } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { wallets } from '../book/chart.ts';
import { offerProcess } from '../book/offer-process.ts';
import type { Trip } from './read-trips.ts';
import type { TripClock } from './trip-clock.ts';

/** Where trips are played: a book and its clock. */
export interface Stage {
  readonly offers: HandleOf<typeof offerProcess>;
  readonly wallet: HandleOf<typeof wallets.decider>;
  readonly clock: TripClock;
}

/** Opens a stage on a book. */
export function stageOn(book: Book, clock: TripClock): Stage {
  return { offers: book.use(offerProcess), wallet: book.use(wallets.decider), clock };
}

/**
 * Plays one trip: deposit, offer, and what its row decides. Every key and instant is a function of the row, so that whoever plays it again (after a
 * kill, or for fun) hears the same and changes nothing.
 *
 * @param charge - What the offer will charge.
 */
export async function playTrip(stage: Stage, trip: Trip, charge: Money<'USD'>): Promise<void> {
  const { number, customer, contractor, budget, ending } = trip;
  const { offers, wallet, clock } = stage;
  const id = `trip-${number}`;
  const asCustomer = (step: string) => ({ actor: { id: customer, role: 'customer' }, key: `${id}/${step}` });
  const asContractor = (step: string) => ({ actor: { id: contractor, role: 'contractor' }, key: `${id}/${step}` });

  clock.setTo(number, 'deposit');
  const amount = maximum(charge, SMALLEST_DEPOSIT);
  await done(trip, wallet.execute({ type: 'Deposit', owner: customer, amount, from: 'cards' }, asCustomer('deposit')));

  clock.setTo(number, 'send');
  const offer = {
    type: 'SendOffer',
    parties: { customer, contractor },
    reference: `job-${number}`,
    amount: budget,
  } as const;
  await done(trip, offers.execute(id, offer, asCustomer('send')));
  if (ending === 'pending' || ending === 'expired') return;

  clock.setTo(number, 'answer');
  if (ending === 'rejected') {
    await done(trip, offers.execute(id, { type: 'RejectOffer', reason: 'No driver is free.' }, asContractor('reject')));
    return;
  }
  const cancel = { type: 'CancelOffer', reason: 'The customer found another ride.' } as const;
  if (ending === 'cancelled_before') {
    await done(trip, offers.execute(id, cancel, asCustomer('cancel')));
    return;
  }
  await done(trip, offers.execute(id, { type: 'AcceptOffer' }, asContractor('accept')));

  clock.setTo(number, 'finish');
  if (ending === 'cancelled_after') await done(trip, offers.execute(id, cancel, asCustomer('cancel')));
  else await done(trip, offers.execute(id, { type: 'CompleteJob' }, asCustomer('complete')));
}

async function done(trip: Trip, answer: Promise<Result<Receipt, Refusal | ExecuteFault>>): Promise<void> {
  const result = await answer;
  if (result.isOk()) return;
  const { error } = result;
  const message =
    'message' in error
      ? error.message
      : JSON.stringify(error, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  throw new DemoFailed(`trip ${trip.number} was answered ${error.code}: ${message}`);
}

/** The seed's minimum, which the chart's wallets know as well. */
const SMALLEST_DEPOSIT = usd('10');
