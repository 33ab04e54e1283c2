import { days, hours, minutes } from '@holdfast/kernel';
import type { Descriptor, OperationKind, OperationPower } from '../port/descriptor.ts';

/** What the simulated provider promises where nothing else is said: keys for a day, marked replays, a strong look-up. */
export const simulatedPower: OperationPower = {
  currencies: 'any',
  idempotency: { mechanism: 'key', retention: days(1), replaysErrors: true, marksReplays: true },
  lookup: { consistency: 'strong' },
  inFlightHorizon: minutes(10),
  repairHorizon: hours(24),
};

/**
 * Describes a simulated provider.
 *
 * @param options - `power`: what it promises otherwise, of every kind of operation; `kinds`: transfers, reversals, payouts, charges and refunds where absent.
 */
export function simulatedDescriptor(
  options: {
    readonly id?: string;
    readonly account?: string;
    readonly kinds?: readonly OperationKind[];
    readonly power?: Partial<OperationPower>;
  } = {},
): Descriptor<'simulated'> {
  const { id = 'simulated', account = 'acct_simulated', kinds = KINDS, power = {} } = options;
  const operations = Object.fromEntries(kinds.map((kind) => [kind, { ...simulatedPower, ...power }]));
  return { id, account, mode: 'simulated', operations };
}

const KINDS: readonly OperationKind[] = ['collect', 'refund', 'transfer', 'reverse_transfer', 'payout'];
