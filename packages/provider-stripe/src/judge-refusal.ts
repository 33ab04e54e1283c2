import { addDuration, type Instant } from '@holdfast/kernel';
import type { Operation, RejectionAdvice, SubmitOutcome } from '@holdfast/providers';
import { failure } from './objects.ts';
import { redact } from './redact.ts';
import type { Headers } from './send.ts';

/** An answer with an error in it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Judges an answer of Stripe's that is no success.
 *
 * @param receivedAt - Now, for `Retry-After`.
 * @source docs/rules/provider-stripe.md, ST-7
 */
export function judgeRefusal(answer: ErrorAnswer, operation: Operation, receivedAt: Instant): SubmitOutcome {
  const { status, headers } = answer;
  const detail = redact(`${status}: ${JSON.stringify(answer.body) ?? ''}`);
  if (status >= 500) return { outcome: 'unknown', reason: 'server_error', detail };
  const parsed = failure.safeParse(answer.body);
  if (status < 400 || !parsed.success) return { outcome: 'unknown', reason: 'unreadable', detail };
  const { type, code: given, decline_code, message, param } = parsed.data.error;
  const code = decline_code ?? given ?? type ?? `http_${status}`;
  if (type === 'idempotency_error') {
    const got = redact(message ?? '');
    return { outcome: 'conflict', field: 'key', expected: 'the parameters first sent under the key', got };
  }
  if (status === 409 && given === 'idempotency_key_in_use') return { outcome: 'unknown', reason: 'key_in_use', detail };
  const replayed = isReplayed(headers);
  const before = isBeforeTheKey(status, given);
  const retryAt = retryAtOf(headers, receivedAt);
  return {
    outcome: 'rejected',
    code: redact(code),
    advice: adviceOn({ status, code: given ?? '', param: param ?? '', operation }),
    kept: !before && (replayed || status === 402 || kept.has(given ?? '')),
    replayed,
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}

/** Tells whether an answer says that it was given before. */
export function isReplayed(headers: Headers): boolean {
  return headers['idempotent-replayed'] === 'true';
}

/** Answers that Stripe gives before it looks at the key. */
function isBeforeTheKey(status: number, code: string | null | undefined): boolean {
  return status === 401 || status === 403 || status === 409 || status === 429 || code === 'rate_limit';
}

const short = new Set(['balance_insufficient', 'insufficient_funds']);
const payeeMayNot = new Set([
  'account_closed',
  'capability_not_active',
  'capability_not_enabled',
  'financial_account_capability_not_enabled',
  'financial_account_capability_restricted',
  'insufficient_capabilities_for_transfer',
  'payouts_not_allowed',
  'storer_capability_missing',
  'storer_capability_not_active',
  'transfers_not_allowed',
]);
const destinationIsWrong = new Set([
  'account_invalid',
  'account_number_invalid',
  'bank_account_declined',
  'bank_account_restricted',
  'bank_account_unusable',
  'bank_account_unverified',
  'no_account',
  'not_allowed_on_standard_account',
  'routing_number_invalid',
]);
/** What is found out only by executing, so that the answer stays under the key. */
const kept = new Set([
  ...short,
  ...payeeMayNot,
  ...destinationIsWrong,
  'charge_already_captured',
  'charge_already_refunded',
  'charge_disputed',
  'charge_expired_for_capture',
  'payment_intent_unexpected_state',
  'payouts_limit_exceeded',
  'refund_disputed_payment',
  'resource_missing',
  'status_transition_invalid',
]);

function adviceOn({
  status,
  code,
  param,
  operation,
}: {
  readonly status: number;
  readonly code: string;
  readonly param: string;
  readonly operation: Operation;
}): RejectionAdvice {
  if (status === 401 || status === 403) return 'close_provider';
  if (status === 409 || status === 429 || code === 'rate_limit' || code === 'lock_timeout') return 'retry_later';
  // What is taken back leaves the payee's account, which may have more tomorrow.
  if (short.has(code) && operation.kind === 'reverse_transfer') return 'retry_later';
  // A card without funds is the payer's affair; only what leaves our own balance is ours.
  if (short.has(code) && status !== 402 && !fromPayer.has(operation.kind)) return 'fund_platform';
  if (payeeMayNot.has(code)) return 'hold_payee';
  if (destinationIsWrong.has(code) || param === 'destination') return 'fix_destination';
  return 'stop';
}

const fromPayer: ReadonlySet<string> = new Set(['collect', 'capture', 'void']);
const longestWaitMs = 3_600_000;

/** Reads `Retry-After`, seconds or a date, and keeps it within an hour from now. */
function retryAtOf(headers: Headers, receivedAt: Instant): Instant | undefined {
  const given = headers['retry-after'];
  if (typeof given !== 'string' || given === '') return undefined;
  const waitMs = /^-?\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.parse(receivedAt);
  if (Number.isNaN(waitMs)) return undefined;
  return addDuration(receivedAt, { ms: Math.min(Math.max(waitMs, 0), longestWaitMs) });
}
