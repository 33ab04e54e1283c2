import { type Codec, type DomainEvent, isFreeText, type Json } from '@holdfast/kernel';
import { isMoney } from '@holdfast/money';
import type { ChitEvent } from './events.ts';
import type { Chit } from './state.ts';

/**
 * Writes schemes and their events. A whole number that is a bigint is stored as its digits behind a `#`, a text that begins with one has a second; the
 * transfers of an event stand beside it in its unit and are not stored twice.
 */
export const chitCodec: Codec<Chit, ChitEvent> = {
  encodeState: (chit) => toJson(chit),
  decodeState: (json) => fromJson(json) as Chit,
  encodeEvent: (event) => {
    const { type, transfers: _transfers, ...data } = event as DomainEvent & { readonly transfers?: unknown };
    return { type, version: 1, data: toJson(data) };
  },
  decodeEvent: ({ type, data }) => ({ type, transfers: [], ...(fromJson(data) as object) }) as unknown as ChitEvent,
};

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
