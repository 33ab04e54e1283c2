import { formatDecimal, isMoney, type Money } from '@holdfast/money';
import type { PortalRefusal } from '../refusals.ts';

/** What a client is told: a status of HTTP, a sentence, and the field that is meant where there is one. */
export interface Told {
  readonly status: number;
  readonly message: string;
  readonly field?: string;
}

/** Any refusal, of the portal or of the book. */
export interface AnyRefusal {
  readonly code: string;
}

/** Says how HTTP answers a refusal. The only place that knows both. */
export function answerTo(refusal: AnyRefusal): Told {
  if (isOurs(refusal)) return (TABLE[refusal.code] as (refusal: PortalRefusal) => Told)(refusal);
  const { field = FIELDS[refusal.code], allowed } = refusal as { readonly field?: unknown; readonly allowed?: unknown };
  const status = BOOK_STATUSES[refusal.code] ?? (SHAPES.test(refusal.code) ? 400 : 409);
  const more = typeof allowed === 'string' ? [`Allowed: ${allowed}`] : amountsOf(refusal);
  const message = [`${sentence(refusal.code)}.`, ...more].join(' ');
  return { status, message, ...(typeof field === 'string' ? { field } : {}) };
}

/** Says the amounts of a refusal, by their names. */
function amountsOf(refusal: AnyRefusal): readonly string[] {
  const amounts = Object.entries(refusal).filter((entry): entry is [string, Money] => isMoney(entry[1]));
  if (amounts.length === 0) return [];
  const said = amounts.map(([name, amount]) => `${name} ${formatDecimal(amount)} ${amount.currency.code}`).join(', ');
  return [`${sentence(said)}.`];
}

function sentence(words: string): string {
  return `${words[0]?.toUpperCase()}${words.slice(1).replaceAll('_', ' ')}`;
}

type Table = {
  readonly [Code in PortalRefusal['code']]: (refusal: Extract<PortalRefusal, { readonly code: Code }>) => Told;
};

/** A refusal of the portal that is not here does not compile. */
const TABLE: Table = {
  not_signed_in: () => ({ status: 401, message: 'Please sign in.' }),
  forbidden: ({ allowed }) => ({ status: 403, message: `Only for: ${allowed.join(', ').toLowerCase()}.` }),
  nothing_there: ({ what }) => ({ status: 404, message: `There is no such ${what}.` }),
  no_such_route: () => ({ status: 404, message: 'There is nothing at this address.' }),
  credentials_wrong: () => ({ status: 401, message: 'Mail address or password is wrong.' }),
  refresh_token_invalid: () => ({ status: 401, message: 'Please sign in again.' }),
  mailed_token_invalid: () => ({ status: 400, message: 'The link was used or has expired.', field: 'token' }),
  taken: ({ field }) => ({ status: 409, message: 'Somebody has this already.', field }),
  account_suspended: () => ({ status: 403, message: 'The account is suspended.' }),
  email_not_verified: () => ({ status: 403, message: 'Please verify your mail address first.' }),
  kyc_incomplete: ({ missing }) => ({ status: 403, message: `Not verified yet: ${missing.join(' and ')} document.` }),
  document_invalid: ({ field, allowed }) => ({ status: 400, message: `Allowed: ${allowed}.`, field }),
  document_decided: ({ status }) => ({ status: 409, message: `The document is ${status.toLowerCase()} already.` }),
  user_has_subscriptions: ({ open }) => ({ status: 409, message: `The user has ${open} open subscriptions.` }),
  scheme_in_phase: ({ phase, allowed }) => ({
    status: 409,
    message: `The scheme is ${phase}; this needs: ${allowed}.`,
  }),
  scheme_full: ({ tickets }) => ({ status: 409, message: `All ${tickets} tickets are taken.` }),
  bids_still_taken: ({ until }) => ({
    status: 409,
    message: `Sealed bids are opened once bidding is over${until === null ? '' : `, from ${until} on`}.`,
  }),
  draw_not_open: ({ instalment }) => ({ status: 409, message: `The draw of instalment ${instalment} is not open.` }),
  payment_decided: ({ status }) => ({ status: 409, message: `The payment is ${status.toLowerCase()} already.` }),
  request_invalid: ({ field, allowed }) => ({ status: 400, message: `Invalid ${field}. Allowed: ${allowed}`, field }),
  key_missing: () => ({ status: 400, message: 'The header Idempotency-Key is missing.', field: 'idempotency-key' }),
  key_conflict: () => ({
    status: 409,
    message: 'The Idempotency-Key was used for another request.',
    field: 'idempotency-key',
  }),
  too_many_requests: () => ({ status: 429, message: 'Too many requests. Please wait.' }),
};

/** What the book refuses is a conflict with how things stand, but for these. */
const BOOK_STATUSES: { readonly [code: string]: number } = {
  chit_actor_not_allowed: 403,
  not_authorised: 403,
  chit_unknown: 404,
  ticket_unknown: 404,
  limit_exceeded: 400,
};

/** The field of a request that a refusal of the book is about, where it does not say so itself. */
const FIELDS: { readonly [code: string]: string } = {
  bid_above_highest: 'amount',
  bid_below_lowest: 'amount',
  bid_off_step: 'amount',
  reveal_differs: 'discount',
  security_too_small: 'value',
};

/** What is said of the shape of a request. */
const SHAPES = /^amount_|_invalid$/;

function isOurs(refusal: AnyRefusal): refusal is PortalRefusal {
  return Object.hasOwn(TABLE, refusal.code);
}
