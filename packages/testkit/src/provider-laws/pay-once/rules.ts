import { type Duration, hours } from '@holdfast/kernel';

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
  /** How long objects stay out of a look-up that promises to be strong. */
  readonly lookupLag?: Duration;
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
