import type { Refusal } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import { chargeSenderId } from '../payments/charge-gate.ts';
import { adoptCharges } from './adopt-charges.ts';

/**
 * Adopts the provider's list of payments and refunds where a restored book waits for that: at once, and again when all that was forgotten has come to light. Costs two
 * reads where nothing waits.
 */
export async function adoptWhenDue(crown: Crown): Promise<Result<void, Refusal>> {
  const { book, payouts, provider, clock } = crown;
  const head = await book.head();
  const read = await book.use(payouts.sender).read(chargeSenderId(provider.descriptor));
  if (head.isErr()) return err(head.error as Refusal);
  if (read.isErr()) return err(read.error as Refusal);
  const gate = read.value.state?.gate;
  const isNew = head.value.epoch > (gate?.epoch ?? 0);
  if (!isNew && (gate?.closed === undefined || clock() < gate.closed.at)) return ok();
  return (await adoptCharges(crown)).map(() => undefined);
}
