import { type AccountState, splitAccountKey } from '@holdfast/kernel';
import { type Currency, money } from '@holdfast/money';
import { CorruptRow } from './decode-row.ts';

/** Writes how an account stands, in the form that units use. The currency's code is part of the account's key. */
export function encodeAccountState(state: AccountState): string {
  const owner = state.owner === undefined ? '' : `"owner":${JSON.stringify(state.owner)},`;
  const floor = state.floor === null ? 'null' : `"${state.floor}"`;
  return `{"breach":"${state.breach}","closed":${state.closed},"floor":${floor},"frozen":"${state.frozen}",${owner}"scale":${state.currency.scale},"type":"${state.type}"}`;
}

/**
 * Reads how an account stands. Most accounts stand as others do, or as they stood when they were last read, so what was read is kept: reading
 * it again took half of the time of a load.
 */
export function decodeAccountState(account: string, text: string): AccountState {
  const key = `${splitAccountKey(account).currency} ${text}`;
  let state = known.get(key);
  if (state === undefined) {
    state = Object.freeze(parseState(account, text));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, state);
  }
  return state;
}

const known = new Map<string, AccountState>();
const MOST_KNOWN = 20_000;

function parseState(account: string, text: string): AccountState {
  const { type, floor, breach, owner, frozen, closed, scale } = parse(account, text);
  if (!TYPES.has(type) || !BREACHES.has(breach) || !FROZEN.has(frozen) || typeof closed !== 'boolean')
    corrupt(account, text);
  if (floor !== null && (typeof floor !== 'string' || !/^-?\d{1,38}$/.test(floor))) corrupt(account, text);
  if (owner !== undefined && typeof owner !== 'string') corrupt(account, text);
  return {
    type: type as AccountState['type'],
    floor: floor === null ? null : BigInt(floor as string),
    breach: breach as AccountState['breach'],
    ...(owner === undefined ? {} : { owner: owner as string }),
    currency: currencyOf(account, scale, text),
    frozen: frozen as AccountState['frozen'],
    closed,
  };
}

function parse(account: string, text: string): { readonly [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as { readonly [key: string]: unknown };
  } catch {
    // Said below, in our own words.
  }
  return corrupt(account, text);
}

function currencyOf(account: string, scale: unknown, text: string): Currency {
  try {
    return money(0n, { code: splitAccountKey(account).currency, scale: scale as number }).currency;
  } catch {
    return corrupt(account, text);
  }
}

function corrupt(account: string, text: string): never {
  throw new CorruptRow(`the state of account ${account.slice(0, 64)} is ${JSON.stringify(text.slice(0, 200))}`);
}

const TYPES: ReadonlySet<unknown> = new Set<AccountState['type']>([
  'asset',
  'liability',
  'income',
  'expense',
  'equity',
]);
const BREACHES: ReadonlySet<unknown> = new Set<AccountState['breach']>(['refusal', 'defect']);
const FROZEN: ReadonlySet<unknown> = new Set<AccountState['frozen']>(['none', 'debits', 'all']);
