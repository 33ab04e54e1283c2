import type { BookStanding } from '@holdfast/kernel';
import type { SendingGate } from '@holdfast/providers';
import type { ProviderFacts } from '../../eligibility/facts.ts';

/** Why somebody stopped sending, beyond what a restore closes. */
export type StopReason =
  /** The provider refused our credentials. */
  'credentials' | 'operator';

/** Our account at a provider, and whether anything may be sent from it. */
export interface Sender {
  readonly gate: SendingGate;
  readonly stopped: readonly StopReason[];
  /** Codes of currencies of which our balance is short. */
  readonly short: readonly string[];
}

/** Names the record of our account at a provider. */
export function senderId({ id, account }: { readonly id: string; readonly account: string }): string {
  return `${id}.${account}`;
}

/**
 * Gives what counts of a sender for eligibility. One that was last reconciled in an earlier epoch than the book's is closed, whether somebody has begun
 * the epoch at the provider yet or not.
 *
 * @param epoch - The book's.
 * @source docs/rules/payouts.md, P-21
 */
export function providerFacts(
  sender: Sender | undefined,
  { epoch }: Pick<BookStanding, 'epoch'>,
): ProviderFacts | undefined {
  if (!sender) return undefined;
  const { gate, stopped, short } = sender;
  const because = gate.closed?.because ?? (gate.epoch < epoch ? 'epoch' : undefined);
  const restored = because ? [{ reason: because, clearedBy: 'operator' } as const] : [];
  return { closed: [...restored, ...stopped.map((reason) => ({ reason, clearedBy: 'operator' }) as const)], short };
}
