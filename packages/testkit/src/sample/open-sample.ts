import { type Book, type Instant, instantAt, type Limits, openBook, type Store } from '@holdfast/kernel';
import { openChart, plainTransfers } from '@holdfast/kernel/testing';
import { lawEpoch } from '../laws/law.ts';
import { createVirtualClock, type VirtualClock } from '../simulation/create-virtual-clock.ts';
import { seats } from './seats.ts';

/** A book with the sample domain on it. */
export interface SampleBook {
  readonly book: Book<unknown>;
  readonly seats: ReturnType<typeof useSeats>;
  readonly transfers: ReturnType<typeof useTransfers>;
  readonly clock: VirtualClock;
}

/**
 * Opens a book of the sample domain: seats and plain transfers. Salts are functions of the key, so that two runs give the same bytes.
 *
 * @param store - Where it is kept.
 * @param name - Of the book.
 */
export function openSample(
  store: Store<unknown>,
  name = 'main',
  options: { readonly clock?: VirtualClock; readonly limits?: Partial<Limits> } = {},
): SampleBook {
  const clock = options.clock ?? createVirtualClock(lawEpoch);
  const book = openBook<unknown>({
    store,
    name,
    chart: openChart,
    clock: clock.now,
    salt: (key, index) => `${key}/${index}`.replace(/[^a-zA-Z0-9]/g, '-'),
    ...(options.limits ? { limits: options.limits } : {}),
  });
  return { book, seats: useSeats(book), transfers: useTransfers(book), clock };
}

/** An instant some milliseconds after the laws' clock begins. */
export function sampleInstant(ms: number): Instant {
  return instantAt(Date.parse(lawEpoch) + ms);
}

function useSeats(book: Book<unknown>) {
  return book.use(seats);
}

function useTransfers(book: Book<unknown>) {
  return book.use(plainTransfers);
}
