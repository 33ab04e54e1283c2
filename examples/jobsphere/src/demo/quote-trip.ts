import { genesis, type Seen } from '@holdfast/kernel';
import { type Money, sum, usd } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import type { Trip } from './read-trips.ts';

/**
 * Asks the offer's own rules what a trip would be charged, before any money moves. A decision is a pure function, so it can be asked without a book.
 *
 * @returns The charge, or the code of the refusal.
 */
export function quoteTrip({ number, customer, contractor, budget }: Trip): Result<Money<'USD'>, string> {
  const command = { type: 'SendOffer', parties: { customer, contractor }, reference: `job-${number}`, amount: budget };
  const context = { id: `trip-${number}`, at: '2019-04-01T00:00:00.000Z', actor: { id: customer, role: 'customer' } };
  const parsed = offerProcess.parse(command);
  if (parsed.isErr()) return err(parsed.error.code);
  const decided = offerProcess.decide(NOTHING_YET, parsed.value, context);
  if (decided.isErr()) return err(decided.error.code);
  const lines = decided.value.flatMap(({ freezes }) => Object.values(freezes?.lines ?? {}));
  return ok(sum(lines as Money<'USD'>[], usd));
}

/** A book in which the offer does not exist yet. */
const NOTHING_YET: Seen = {
  record: () => undefined,
  recordOf: () => undefined,
  balance: () => 0n,
  account: () => undefined,
  claim: () => undefined,
  book: () => genesis,
};
