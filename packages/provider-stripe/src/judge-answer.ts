import type { Instant } from '@holdfast/kernel';
import { isSameCurrency } from '@holdfast/money';
import type { Observation, Operation, SubmitOutcome } from '@holdfast/providers';
import { isReplayed, judgeRefusal } from './judge-refusal.ts';
import { paymentIntent } from './objects.ts';
import { observe, type Reading, type Seat } from './observe.ts';
import { redact } from './redact.ts';
import type { Headers, RawAnswer } from './send.ts';

/**
 * Judges what one send came to.
 *
 * @param sends - How often the client wrote it to the network: 2 where it repeated a call whose connection was closed.
 * @source docs/rules/provider-stripe.md, ST-5, ST-7, ST-8
 */
export function judgeAnswer(
  { answer, sends }: { readonly answer: RawAnswer; readonly sends: number },
  { seat, operation, receivedAt }: { readonly seat: Seat; readonly operation: Operation; readonly receivedAt: Instant },
): SubmitOutcome {
  const outcome = judgeLast(answer, { seat, operation, receivedAt });
  const isNo = outcome.outcome === 'not_sent' || (outcome.outcome === 'rejected' && !outcome.replayed);
  if (sends < 2 || !isNo) return outcome;
  // A no speaks only for the send that got it, and the first one is still open.
  const said = outcome.outcome === 'rejected' ? outcome.code : outcome.reason;
  return { outcome: 'unknown', reason: 'silence', detail: `the connection was closed, and the repeat met ${said}` };
}

function judgeLast(
  answer: RawAnswer,
  context: { readonly seat: Seat; readonly operation: Operation; readonly receivedAt: Instant },
): SubmitOutcome {
  switch (answer.raw) {
    case 'answer':
      return answer.status === 200 || answer.status === 201
        ? judgeSuccess(answer, context)
        : judgeRefusal(answer, context.operation, context.receivedAt);
    case 'unreadable':
      return { outcome: 'unknown', reason: 'unreadable', detail: redact(answer.detail) };
    case 'given_up':
      return { outcome: 'unknown', reason: 'silence', detail: 'given up while Stripe was silent' };
    case 'broken':
      return judgeBroken(answer);
  }
}

function judgeBroken(answer: Extract<RawAnswer, { raw: 'broken' }>): SubmitOutcome {
  const { code, connecting, answering } = answer;
  if (!answering) {
    if (nameNotFound.has(code)) return { outcome: 'not_sent', reason: 'name_not_found' };
    if (code === 'ECONNREFUSED' || (connecting && unreachable.has(code)) || code === 'UND_ERR_CONNECT_TIMEOUT') {
      return { outcome: 'not_sent', reason: 'connection_refused' };
    }
    if (badCertificate.has(code)) return { outcome: 'not_sent', reason: 'handshake_failed' };
  }
  return { outcome: 'unknown', reason: 'silence', detail: redact(`${code} ${answer.detail}`) };
}

const nameNotFound = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EHOSTDOWN']);
// Node refuses these before it writes the request. A broken handshake that says ECONNRESET or EPROTO stays unknown.
const badCertificate = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function judgeSuccess(
  { headers, body }: { readonly headers: Headers; readonly body: unknown },
  { seat, operation }: { readonly seat: Seat; readonly operation: Operation },
): SubmitOutcome {
  const reading = observe(seat, operation.kind, body);
  if ('unreadable' in reading) return { outcome: 'unknown', reason: 'unreadable', detail: reading.unreadable };
  const observation = named(reading.observation, operation);
  const mismatch = mismatchOf({ ...reading, observation }, operation, seat);
  if (mismatch !== undefined) return { outcome: 'conflict', ...mismatch, observation };
  const replayed = isReplayed(headers);
  const action = observation.status === 'action_required' ? actionOf(body) : undefined;
  return action === undefined
    ? { outcome: 'accepted', observation, replayed }
    : { outcome: 'action_required', observation, action, replayed };
}

/** An object that is captured, voided or cancelled keeps the reference of what it was made for; the answer is to ours. */
function named(observation: Observation, { kind, reference }: Operation): Observation {
  return changesObject.has(kind) ? { ...observation, reference } : observation;
}

const changesObject: ReadonlySet<string> = new Set(['capture', 'void', 'cancel_payout']);

function mismatchOf(
  { observation, livemode, on }: Extract<Reading, { observation: Observation }>,
  operation: Operation,
  { mode }: Seat,
): { readonly field: string; readonly expected: string; readonly got: string } | undefined {
  const { amount, reference, destination, object, kind } = operation;
  const seen = observation.amount;
  const moves = kind !== 'void' && kind !== 'cancel_payout';
  // What is not collected yet says what is asked, not what came in.
  const isSame = (!moves || seen.minor === amount.minor) && isSameCurrency(seen.currency, amount.currency);
  if (!isSame) return { field: 'amount', expected: `${amount}`, got: `${seen}` };
  const rows: readonly (readonly [field: string, expected: string | undefined, got: string | undefined])[] = [
    ['reference', reference, observation.reference],
    ['destination', destination, kind === 'transfer' || kind === 'payout' ? observation.destination : destination],
    ['object', object, changesObject.has(kind) ? observation.object : (on ?? object)],
    ['livemode', `${mode === 'live'}`, `${livemode ?? mode === 'live'}`],
  ];
  const wrong = rows.find(([, expected, got]) => expected !== undefined && expected !== got);
  if (wrong === undefined) return undefined;
  return { field: wrong[0], expected: wrong[1] ?? '', got: redact(wrong[2] ?? 'nothing') };
}

function actionOf(body: unknown): Extract<SubmitOutcome, { outcome: 'action_required' }>['action'] | undefined {
  const intent = paymentIntent.safeParse(body);
  if (!intent.success) return undefined;
  const url = intent.data.next_action?.redirect_to_url?.url;
  if (url) return { kind: 'redirect', value: url };
  const secret = intent.data.client_secret;
  return secret ? { kind: 'client_secret', value: secret } : undefined;
}
