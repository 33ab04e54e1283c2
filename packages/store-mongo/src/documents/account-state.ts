import { type AccountState, splitAccountKey } from '@holdfast/kernel';
import { type Currency, money } from '@holdfast/money';
import { CorruptDocument } from './corrupt-document.ts';
import type { StandingFields } from './documents.ts';
import { type Fields, shown } from './fields.ts';

/** Writes how an account stands. */
export function encodeAccountState(state: AccountState): StandingFields {
  const { type, floor, breach, owner, currency, frozen, closed } = state;
  return {
    type,
    floor: floor === null ? null : `${floor}`,
    breach,
    ...(owner === undefined ? {} : { owner }),
    scale: currency.scale,
    frozen,
    closed,
  };
}

/** Reads how an account stands. */
export function decodeAccountState(account: string, fields: Fields): AccountState {
  const { type, floor, breach, owner, scale, frozen, closed } = fields;
  const wrong = (what: string, value: unknown): never => {
    throw new CorruptDocument(`the ${what} of account ${account.slice(0, 64)} is ${shown(value)}`);
  };
  if (!TYPES.has(type)) wrong('type', type);
  if (!BREACHES.has(breach)) wrong('breach', breach);
  if (!FROZEN.has(frozen)) wrong('freezing', frozen);
  if (typeof closed !== 'boolean') wrong('closing', closed);
  if (floor !== null && (typeof floor !== 'string' || !/^-?\d{1,38}$/.test(floor))) wrong('floor', floor);
  if (owner !== undefined && typeof owner !== 'string') wrong('owner', owner);
  return {
    type: type as AccountState['type'],
    floor: floor === null ? null : BigInt(floor as string),
    breach: breach as AccountState['breach'],
    ...(owner === undefined ? {} : { owner: owner as string }),
    currency: currencyOf(account, scale),
    frozen: frozen as AccountState['frozen'],
    closed: closed as boolean,
  };
}

function currencyOf(account: string, scale: unknown): Currency {
  try {
    return money(0n, { code: splitAccountKey(account).currency, scale: scale as number }).currency;
  } catch {
    throw new CorruptDocument(`the scale of account ${account.slice(0, 64)} is ${shown(scale)}`);
  }
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
