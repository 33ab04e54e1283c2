import type { Operation } from '@holdfast/providers';
import type { Crown } from '../book/open-crown.ts';
import type { Charge } from './charge.ts';
import { TIMEOUT_MS } from './send-charge.ts';

/**
 * Cancels at the provider what is open of a payment that was given up. Nothing of it is stored: a cancellation moves no money and may be asked for as often as one
 * likes, and what came of it is looked up. One that comes too late is refused, and the payment counts.
 */
export async function voidPayment(
  { provider }: Crown,
  id: string,
  { charge, object, turn }: { readonly charge: Charge; readonly object: string; readonly turn: number },
): Promise<void> {
  const [first] = charge.attempts;
  if (!first) return;
  const { amount } = first.operation;
  const operation: Operation = { kind: 'void', reference: `void.${id}`, amount, object, metadata: {} };
  const looked = charge.attempts.reduce((count, { lookups }) => count + lookups.count, 0);
  // A 500 stays under its key, so each time is asked under another.
  const send = { operation, key: `${first.key}.void.${object}.${looked}.${turn}`, body: provider.encode(operation) };
  await provider.submit(send, AbortSignal.timeout(TIMEOUT_MS));
}
