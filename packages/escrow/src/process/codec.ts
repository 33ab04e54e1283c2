import { type Codec, isFreeText, type Json } from '@holdfast/kernel';
import { isMoney, type MoneyJson, reviveMoney } from '@holdfast/money';
import type { WholeMachine } from './machine.ts';
import type { ProcessEvent, Whole } from './thing.ts';

/**
 * Makes the codec of a process. What is stored is the thing and the event themselves, amounts as `{ amount, currency }`;
 * what comes back with plain amounts is revived.
 */
export function codecOf(machine: WholeMachine): Codec<Whole, ProcessEvent> {
  return {
    // Amounts and free texts are not plain yet: the canonical encoding writes both.
    encodeState: (thing) => thing as unknown as Json,
    decodeState: (json) => (hasRevivedAmount(json) ? json : revive(json)) as Whole,
    encodeEvent: ({ type, ...data }) => ({ type, version: machine.version, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ ...(revive(data) as Omit<ProcessEvent, 'type'>), type }),
  };
}

function hasRevivedAmount(json: unknown): boolean {
  return isMoney((json as Partial<Whole>).amount);
}

function revive(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || isMoney(value) || isFreeText(value)) return value;
  if (Array.isArray(value)) return value.map(revive);
  if (isMoneyJson(value)) return reviveMoney(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
}

function isMoneyJson(value: object): value is MoneyJson {
  const { amount, currency } = value as Partial<MoneyJson>;
  return typeof amount === 'string' && typeof currency === 'string' && Object.keys(value).length === 2;
}
