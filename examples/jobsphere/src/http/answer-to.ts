import type { ExecuteFault } from '@holdfast/kernel';
import { formatDecimal, type Money } from '@holdfast/money';
import type { JournalDiverged } from '../feed/follow-journal.ts';
import type { AnyRefusal } from '../service/answer.ts';
import { plainAmount } from '../service/plain-amount.ts';

/** What a client is told: a status of HTTP and a sentence. */
export type Told = readonly [status: number, message: string];

/** Says how HTTP answers a refusal. The only place that knows both. */
export function answerTo(refusal: AnyRefusal): Told {
  const tell = TABLE[refusal.code] as (refusal: AnyRefusal) => Told;
  return tell(refusal);
}

/** Says how HTTP answers a fault: try again with the same key, or call somebody. */
export function answerToFault(fault: ExecuteFault | JournalDiverged): Told {
  return 'retryable' in fault && fault.retryable
    ? [503, 'The payment system is busy. Please send the same request with the same Idempotency-Key again.']
    : [500, 'Failed to process payment'];
}

type Table = { readonly [C in AnyRefusal['code']]: (refusal: Extract<AnyRefusal, { readonly code: C }>) => Told };

const notAuthorized = (): Told => [400, 'Not authorized'];
interface Invalid {
  readonly field: string;
  readonly given: string;
  readonly allowed: string;
}

const invalid = ({ field, given, allowed }: Invalid): Told => [400, `Invalid ${field}: ${given}. Allowed: ${allowed}`];

/**
 * The seed answers 400 to everything that it refuses, and its clients know its words: both stay. Statuses beyond 400 are given where the seed says
 * nothing. A refusal that is not here does not compile.
 */
const TABLE: Table = {
  // What the seed says, word for word.
  insufficient_funds: ({ required, available }) => [
    400,
    `Insufficient balance. Required: ${plain(required)}, Available: ${plain(available)}`,
  ],
  account_frozen: () => [400, 'Wallet is frozen. Please contact support.'],
  job_not_open: () => [400, 'Job is not open for offers'],
  not_the_owner: notAuthorized,
  actor_not_allowed: notAuthorized,
  not_authorised: notAuthorized,
  role_not_allowed: ({ action, allowed }) => [
    400,
    `Only ${allowed.map((role) => `${role}s`).join(' and ')} can ${action}`,
  ],
  claim_taken: () => [400, 'An offer already exists for this job'],
  already_started: () => [400, 'An offer already exists for this job'],

  // Where an offer or a job stands.
  wrong_status: ({ status }) => [400, `Offer is ${status}`],
  overdue: () => [400, 'Offer has expired'],
  not_due: () => [400, 'Offer has not expired yet'],
  job_not_in_progress: () => [400, 'Job is not in progress'],
  job_finished: ({ status }) => [400, `Job is already ${status}`],
  job_begun: () => [400, 'Job is in progress. Only the contractor or an admin can cancel it.'],
  applied_already: () => [400, 'You have already applied for this job'],
  not_found: () => [404, 'Offer not found'],
  nothing_there: ({ what }) => [404, `${what[0]?.toUpperCase()}${what.slice(1)} not found`],
  no_such_route: () => [404, 'Not found'],

  // Amounts.
  budget_out_of_range: ({ minimum, maximum }) => [
    400,
    `Job budget must be between $${plain(minimum)} and $${plain(maximum)}`,
  ],
  amount_below_minimum: ({ command, minimum }) => [400, `Minimum ${NOUNS[command]} is $${plain(minimum)}`],
  amount_above_maximum: ({ command, maximum }) => [400, `Maximum ${NOUNS[command]} is $${plain(maximum)}`],
  amount_not_positive: ({ field }) => [400, `Invalid ${field}: it must be more than zero`],
  currency_mismatch: invalid,
  fee_exceeds_amount: () => [400, 'Job budget is too small for its fees'],
  amount_type: invalid,
  amount_format: invalid,
  amount_scale: invalid,
  amount_sign: invalid,
  amount_range: invalid,
  limit_exceeded: (refusal) => [
    400,
    'limit' in refusal
      ? `Too large: ${refusal.what}. Allowed: ${refusal.limit}`
      : `Invalid ${refusal.field}. Allowed: ${refusal.allowed}`,
  ],

  // Keys and shapes.
  key_missing: () => [400, 'Idempotency-Key header is required'],
  key_invalid: ({ field, allowed }) => [
    400,
    `Invalid ${field === 'key' ? 'Idempotency-Key' : field}. Allowed: ${allowed}`,
  ],
  key_conflict: () => [409, 'Idempotency-Key was used for a different request'],
  request_invalid: invalid,
  shape_invalid: invalid,
  id_invalid: invalid,
  not_signed_in: () => [401, 'Not signed in'],

  // Accounts.
  account_unknown: () => [404, 'Wallet not found'],
  account_exists: () => [409, 'Wallet exists already'],
  account_not_frozen: () => [400, 'Wallet is not frozen'],
  account_closed: () => [400, 'Wallet is closed'],
  account_not_empty: () => [400, 'Wallet is not empty'],
  period_closed: ({ closedBefore }) => [400, `The books are closed before ${closedBefore}`],
};

const NOUNS = { Deposit: 'deposit', Withdraw: 'withdrawal' } as const;

function plain(amount: Money): string {
  return plainAmount(formatDecimal(amount));
}
