import { Defect, hours } from '@holdfast/kernel';
import { defaultRetry } from './eligibility/back-off.ts';
import { lintPolicy } from './eligibility/lint-policy.ts';
import type { PayoutPolicy } from './eligibility/policy.ts';
import { type ObligationDecider, obligationDecider } from './records/obligation/decider.ts';
import { type PayeeDecider, payeeDecider } from './records/payee/decider.ts';
import { type PayoutDecider, payoutDecider } from './records/payout/decider.ts';
import type { SenderPort } from './records/payout/environment.ts';
import { type SenderDecider, senderDecider } from './records/sender/decider.ts';
import { senderId } from './records/sender/sender.ts';

/** What payouts are defined with. */
export interface PayoutsOptions {
  /** The book's name. It is a part of every key, so it never changes. */
  readonly book: string;
  /** What differs from the defaults. */
  readonly policy?: Partial<PayoutPolicy>;
  /** The accounts at providers that send: each what its provider is, and how it writes what is asked. */
  readonly senders: readonly SenderPort[];
  /** Roles whose word counts as an operator's; `operator` where it is absent. */
  readonly operators?: readonly string[];
}

/** The deciders of payouts, to be given to `book.use`. */
export interface Payouts {
  readonly book: string;
  readonly policy: PayoutPolicy;
  readonly payee: PayeeDecider;
  readonly obligation: ObligationDecider;
  readonly payout: PayoutDecider;
  readonly sender: SenderDecider;
}

/** 48 hours, one payout for each booking and its tips, as soon as it is due, three retries. */
export const defaultPolicy: PayoutPolicy = {
  delay: { elapsed: hours(48) },
  grouping: 'per_group',
  schedule: { every: 'moment' },
  retry: defaultRetry,
  destinationQuiet: hours(24),
  tips: { window: hours(24), late: 'supplementary' },
};

/**
 * Defines how a platform pays out.
 *
 * @throws Defect with one sentence for each problem of the policy, so that a wrong one stops the program at its start.
 * @source docs/rules/payouts.md, P-6, P-16
 * @example
 * {@includeCode ../examples/pay-once.example.ts#define}
 */
export function definePayouts({ book, policy: given, senders, operators = ['operator'] }: PayoutsOptions): Payouts {
  const policy = { ...defaultPolicy, ...given };
  const problems = lintPolicy(policy);
  if (problems.length > 0) throw new Defect(`This policy of payouts cannot be used.\n${problems.join('\n')}`);
  const environment = {
    book,
    policy,
    senders: new Map(senders.map((port) => [senderId(port.descriptor), port])),
    operators,
  };
  return {
    book,
    policy,
    payee: payeeDecider(policy),
    obligation: obligationDecider(policy),
    payout: payoutDecider(environment),
    sender: senderDecider(environment),
  };
}
