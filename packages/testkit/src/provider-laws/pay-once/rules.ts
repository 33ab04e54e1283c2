import { type Duration, days, hours } from '@holdfast/kernel';
import type { OperationPower } from '@holdfast/providers';

/** The rules that keep a payout from being paid twice, each of which a simulation can leave out. */
export interface PayOnceRules {
  /** A 5xx waits for the repair horizon; without, absence ends the key at once. */
  readonly repairHorizon: boolean;
  /** Silence asks with the same key; without, absence after silence ends the key. */
  readonly sameKey: boolean;
  /** After a restore the provider's list is adopted before anything is sent. */
  readonly lookAfterRestore: boolean;
  /** A no speaks only for its own send; without, any no ends the key. */
  readonly ownNo: boolean;
  /** How long objects really stay out of look-ups. */
  readonly lookupLag?: Duration;
  /** What the provider promises otherwise; its peer keeps to it. */
  readonly power?: Partial<OperationPower>;
}

/** All of them. */
export const allRules: PayOnceRules = {
  repairHorizon: true,
  sameKey: true,
  lookAfterRestore: true,
  ownNo: true,
};

/** The rows of the table: all rules, and each of them left out. */
export const rowsOfRules: readonly { readonly name: string; readonly rules: PayOnceRules }[] = [
  {
    name: 'outcomes per send, no rule',
    rules: { repairHorizon: false, sameKey: false, lookAfterRestore: false, ownNo: false },
  },
  { name: 'all rules', rules: allRules },
  { name: 'without "a 5xx waits for the repair horizon"', rules: { ...allRules, repairHorizon: false } },
  { name: 'without "silence asks with the same key"', rules: { ...allRules, sameKey: false } },
  { name: 'without "look before sending after a restore"', rules: { ...allRules, lookAfterRestore: false } },
  { name: 'without "a no speaks only for its own send"', rules: { ...allRules, ownNo: false } },
  { name: 'all rules, but the look-up lags by 36 h', rules: { ...allRules, lookupLag: hours(36) } },
];

/** All rules, and providers that promise less and say so: nothing is paid twice there either. */
export const honestProviders: readonly { readonly name: string; readonly rules: PayOnceRules }[] = [
  {
    name: 'all rules, and a look-up that lags by 36 h and says so',
    rules: { ...allRules, lookupLag: hours(36), power: { lookup: { consistency: 'eventual', lag: hours(36) } } },
  },
  { name: 'all rules, and no look-up', rules: { ...allRules, power: { lookup: { consistency: 'none' } } } },
  {
    name: 'all rules, and replays that are not marked',
    rules: {
      ...allRules,
      power: {
        idempotency: { mechanism: 'key', retention: days(1), replaysErrors: true, marksReplays: false },
      },
    },
  },
  {
    name: 'all rules, and errors that are not kept under the key',
    rules: {
      ...allRules,
      power: {
        idempotency: { mechanism: 'key', retention: days(1), replaysErrors: false, marksReplays: true },
      },
    },
  },
  {
    name: 'all rules, and no keys',
    rules: { ...allRules, power: { idempotency: { mechanism: 'none', replaysErrors: false, marksReplays: false } } },
  },
];
