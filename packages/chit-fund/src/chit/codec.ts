import { type Codec, type DomainEvent, isFreeText, type Json } from '@holdfast/kernel';
import { isMoney } from '@holdfast/money';
import type { ChitEvent } from './events.ts';
import type { Chit, Instalment, Ticket } from './state.ts';

/**
 * Writes schemes and their events. A whole number that is a bigint is stored as its digits behind a `#`, a text that begins with one has a second; the
 * transfers of an event stand beside it in its unit and are not stored twice.
 */
export const chitCodec: Codec<Chit, ChitEvent> = {
  encodeState: (chit) => toJson(compact(chit)),
  decodeState: (json) => whole(fromJson(json) as Compact),
  encodeEvent: (event) => {
    const { type, transfers: _transfers, ...data } = event as DomainEvent & { readonly transfers?: unknown };
    return { type, version: 1, data: toJson(data) };
  },
  decodeEvent: ({ type, data }) => ({ type, transfers: [], ...(fromJson(data) as object) }) as unknown as ChitEvent,
};

/** A state as it is stored: what is usual about a ticket is left out, and what an instalment came to is a list. */
interface Compact extends Omit<Chit, 'tickets' | 'instalments'> {
  readonly tickets: readonly Partial<Ticket>[];
  readonly instalments: readonly (Omit<Instalment, 'money'> & { readonly money?: readonly bigint[] })[];
}

function compact(chit: Chit): Compact {
  return {
    ...chit,
    tickets: chit.tickets.map((ticket) =>
      Object.fromEntries(Object.entries(ticket).filter(([name, value]) => !isUsual(name as keyof Ticket, value))),
    ),
    instalments: chit.instalments.map(({ money, ...rest }) =>
      money ? { ...rest, money: FIGURES.map((figure) => money[figure]) } : rest,
    ),
  };
}

function whole(stored: Compact): Chit {
  return {
    ...stored,
    tickets: stored.tickets.map((ticket) => ({ ...USUAL, ...ticket })),
    instalments: stored.instalments.map(({ money, ...rest }) =>
      money
        ? {
            ...rest,
            money: Object.fromEntries(FIGURES.map((figure, index) => [figure, money[index]])) as unknown as Money,
          }
        : rest,
    ),
  };
}

function isUsual(name: keyof Ticket, value: unknown): boolean {
  const usual = USUAL[name];
  return value === usual || (Array.isArray(value) && value.length === 0 && Array.isArray(usual));
}

type Money = NonNullable<Instalment['money']>;

const USUAL: Ticket = {
  membership: 'active',
  holders: [],
  liability: 'normal',
  arrears: [],
  premium: 0n,
  dues: 0n,
  dividends: 0n,
  payments: [],
  costs: [],
};

/** In this order for ever; what is added comes last. */
const FIGURES: readonly (keyof Money)[] = [
  'discount',
  'commission',
  'tax',
  'pool',
  'prizes',
  'dues',
  'dividends',
  'carryIn',
  'carryOut',
  'floatIn',
  'floatOut',
  'reserveIn',
  'reserveOut',
  'redrawn',
];

function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return `#${value}`;
  if (typeof value === 'string') return value.startsWith('#') ? `#${value}` : value;
  if (typeof value !== 'object' || value === null) return value as Json;
  if (Array.isArray(value)) return value.map(toJson);
  if (isMoney(value) || isFreeText(value)) return value as unknown as Json;
  return mapFields(value, toJson) as Json;
}

function fromJson(value: unknown): unknown {
  if (typeof value === 'string') {
    if (!value.startsWith('#')) return value;
    return value.startsWith('##') ? value.slice(1) : BigInt(value.slice(1));
  }
  if (typeof value !== 'object' || value === null || isMoney(value)) return value;
  return Array.isArray(value) ? value.map(fromJson) : mapFields(value, fromJson);
}

function mapFields(value: object, map: (field: unknown) => unknown): object {
  const copy: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) copy[name] = map(field);
  return copy;
}
