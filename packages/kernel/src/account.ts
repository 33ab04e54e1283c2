import type { Currency } from '@holdfast/money';
import type { Result } from 'neverthrow';
import type { AccountUnknown } from './refusals.ts';

/** The five classes of double entry. Assets and expenses are debit-normal, the others credit-normal. */
export type AccountType = 'asset' | 'liability' | 'income' | 'expense' | 'equity';

/** How an account behaves. The chart says it when the account opens; from then on the account's own state says it. */
export interface AccountSettings {
  readonly type: AccountType;
  /** The lowest balance allowed, in minor units (0n for most, below zero for an overdraft), or `null` for no floor. */
  readonly floor: bigint | null;
  /** What going below the floor is: an answer to the caller (`refusal`), or a bug in a process (`defect`). */
  readonly breach: 'refusal' | 'defect';
  /** Whose money it is, where it is somebody's. */
  readonly owner?: string;
}

/** An account as it stands: its settings and flags. */
export interface AccountState extends AccountSettings {
  readonly currency: Currency;
  /** What a frozen account refuses. A frozen payer still receives refunds, hence the two sides. */
  readonly frozen: 'none' | 'debits' | 'all';
  /** A closed account holds nothing and takes nothing. */
  readonly closed: boolean;
}

/** A change of an account that an event makes: it opens, or its flags change. */
export type AccountChange =
  | { readonly account: string; readonly currency: Currency; readonly open: true }
  | {
      readonly account: string;
      readonly currency: Currency;
      readonly frozen?: 'none' | 'debits' | 'all';
      readonly closed?: boolean;
    };

/** The chart of accounts, as the kernel asks it. `ledger` makes one from patterns. */
export interface Chart {
  /**
   * Says how an account opens.
   *
   * @param name - A well-formed account name.
   * @param explicitly - Whether somebody asks for the opening, rather than a transfer that meets the account for the first time.
   * @errors
   * - `account_unknown`: no pattern fits, or the account opens only when it is asked for.
   */
  open(name: string, currency: Currency, explicitly: boolean): Result<AccountSettings, AccountUnknown>;
}

/** Gives the one text by which the kernel and the stores know an account: its name, a space, its currency's code. */
export function accountKey(name: string, currencyCode: string): string {
  return `${name} ${currencyCode}`;
}

/** Takes an account key apart. */
export function splitAccountKey(key: string): { readonly name: string; readonly currency: string } {
  const space = key.lastIndexOf(' ');
  return { name: key.slice(0, space), currency: key.slice(space + 1) };
}

/** Gives the one text by which a record is known: its kind, a slash, its id. */
export function recordKey(kind: string, id: string): string {
  return `${kind}/${id}`;
}

/** Says whether a text can be an account's name: segments of letters, digits and `. _ ~ -`, joined by colons, 200 characters at most. */
export function isAccountName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 200 && ACCOUNT_NAME.test(name);
}

/** Says whether a text can be an id: 1 to 128 letters, digits and `. _ ~ -`, beginning with a letter or digit. It fits into an account's name and a URL. */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= 128 && ID.test(id);
}

/** Says whether a text can be a key or a scope: 1 to 200 printable ASCII characters without spaces, quotes and backslashes. */
export function isKey(key: unknown): key is string {
  return typeof key === 'string' && key.length <= 200 && KEY.test(key);
}

const ACCOUNT_NAME = /^[A-Za-z0-9._~-]+(?::[A-Za-z0-9._~-]+)*$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9._~-]*$/;
const KEY = /^[!#-&(-[\]-~]+$/;
