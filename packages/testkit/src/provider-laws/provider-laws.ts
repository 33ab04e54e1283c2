import { faultLaws } from './fault-laws.ts';
import { keyLaws } from './key-laws.ts';
import type { ProviderLaw } from './provider-law.ts';
import { readLaws } from './read-laws.ts';
import { sendLaws } from './send-laws.ts';

/** Everything that holds for every provider, in the order in which a report reads best. */
export const providerLaws: readonly ProviderLaw[] = [...sendLaws, ...keyLaws, ...faultLaws, ...readLaws];
