import type { Attempt, Operation } from '@holdfast/providers';
import { err, ok } from 'neverthrow';
import type { Crown } from '../book/open-crown.ts';
import type { Told } from '../payments/report-charge.ts';
import { answered } from './list-all.ts';

/**
 * Gives up a payment whose card was declined: as long as Stripe keeps it open, another card could still pay it, and the book would not call it over. That it
 * was cancelled is learnt as everything is, from a webhook or a look-up.
 */
export async function giveUpPayment({ charges, provider }: Crown, booking: string): Promise<Told | typeof NOTHING> {
  const { state } = answered(await charges.read(`booking.${booking}`));
  const open = state?.attempt.objects.find(({ succeeded, failed }) => !succeeded && !failed);
  if (!state || !open) return NOTHING;
  const operation = voidOf(state.attempt, open.object);
  for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
    const send = { operation, key: `void.${booking}.${turn}`, body: provider.encode(operation) };
    const { outcome } = await provider.submit(send, AbortSignal.timeout(TIMEOUT_MS));
    if (outcome === 'accepted' || outcome === 'rejected') return NOTHING;
  }
  return err({ code: 'void_failed' });
}

function voidOf({ operation }: Attempt, object: string): Operation {
  const { reference, amount } = operation;
  return { kind: 'void', reference: `void.${reference}`, amount, object, metadata: {} };
}

const NOTHING = ok(undefined);
const MOST_TURNS = 8;
const TIMEOUT_MS = 20_000;
