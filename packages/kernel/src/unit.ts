import { hash } from 'node:crypto';
import type { AccountType } from './account.ts';
import { type BookStanding, FORMAT } from './head.ts';
import type { Instant } from './instant.ts';
import type { Json } from './json.ts';
import type { Refusal } from './refusals.ts';
import type { Task } from './store.ts';

/** A transfer in a unit: from, to, amount with all decimals, currency code, kind. */
export type TransferText = readonly [from: string, to: string, amount: string, currency: string, kind: string];

/** How an account stands after a unit that opened or changed it. Floors are minor units as texts. */
export interface AccountText {
  readonly account: string;
  readonly breach: 'refusal' | 'defect';
  readonly closed: boolean;
  readonly floor: string | null;
  readonly frozen: 'none' | 'debits' | 'all';
  readonly owner?: string;
  readonly scale: number;
  readonly type: AccountType;
}

/** When an entry takes effect, where that is not the unit's own instant; and what a fact had stated, where that could not be. */
export type EffectiveText = readonly [entry: number, at: Instant, stated?: Instant];

/** What a unit says, read from its stored text: all that one request changed. */
export interface Unit {
  readonly accounts?: readonly AccountText[];
  readonly actor: { readonly id: string; readonly role: string };
  readonly at: Instant;
  /** After the unit, by account key, with all decimals. */
  readonly balances: { readonly [account: string]: string };
  /** How the book itself stands after a unit that changed that. */
  readonly book?: BookStanding;
  readonly claims?: readonly { readonly claim: string; readonly holder: string | null }[];
  /** Of what the caller asked for, before defaults, ids and instants. */
  readonly digest: string;
  /** By the number of the entry, from 0; entries that are not named take effect at the unit's instant. */
  readonly effective?: readonly EffectiveText[];
  /** One for each event that moved money. */
  readonly entries: readonly (readonly TransferText[])[];
  readonly events: readonly {
    readonly data: Json;
    /** `kind/id`; absent where the event changes no record. */
    readonly record?: string;
    readonly type: string;
    readonly version: number;
  }[];
  /** Present where the unit only reports what already happened, so that neither an account's state nor its floor could refuse it. */
  readonly fact?: true;
  /** `scope key`. */
  readonly key: string;
  readonly records?: readonly { readonly record: string; readonly status: string; readonly version: number }[];
  /** Of a command that asked for its refusal to be kept; such a unit changes nothing. */
  readonly refusal?: Refusal;
  readonly tasks?: readonly ({ readonly put: Task } | { readonly finish: string })[];
}

/** Reads a unit's stored text. What is not a unit is a defect: the store answers for its bytes. */
export function decodeUnit(bytes: string): Unit {
  return JSON.parse(bytes) as Unit;
}

/**
 * Gives the digest that chains a unit to the one before it, over the exact bytes that are stored.
 *
 * @param previous - The digest of the unit with the sequence before; of genesis for the first.
 * @param format - In which the unit is written: the book's, as the unit itself leaves it.
 * @returns 64 hexadecimal digits.
 */
export function unitDigest(previous: string, sequence: number, bytes: string, format: number = FORMAT): string {
  return hash('sha256', `${chainedTo(previous, sequence, format)}${bytes}`, 'hex');
}

/**
 * Chains a new unit to the one before it, as {@link unitDigest} does.
 *
 * @returns The digest, and the bytes as a part of what was hashed: one piece of memory. Those that were just put together are a tree of their pieces
 * until somebody reads them, and would be kept as that and copied once more on their way to the database.
 */
export function chainUnit(
  { previous, sequence, format }: { readonly previous: string; readonly sequence: number; readonly format: number },
  bytes: string,
): { readonly digest: string; readonly bytes: string } {
  const before = chainedTo(previous, sequence, format);
  const text = `${before}${bytes}`;
  return { digest: hash('sha256', text, 'hex'), bytes: text.slice(before.length) };
}

function chainedTo(previous: string, sequence: number, format: number): string {
  return `${format}\n${previous}\n${sequence}\n`;
}
