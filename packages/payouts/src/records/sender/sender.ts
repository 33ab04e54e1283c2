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

/** Gives what counts of a sender for eligibility. */
export function providerFacts(sender: Sender | undefined): ProviderFacts | undefined {
  if (!sender) return undefined;
  const { gate, stopped, short } = sender;
  const restored = gate.closed ? [{ reason: gate.closed.because, clearedBy: 'operator' } as const] : [];
  return { closed: [...restored, ...stopped.map((reason) => ({ reason, clearedBy: 'operator' }) as const)], short };
}
