import { accountLaws } from './account-laws.ts';
import { answerLaws } from './answer-laws.ts';
import type { ProcessLaw } from './moment.ts';
import { stateLaws } from './state-laws.ts';
import { thingLaws } from './thing-laws.ts';

/** The laws, in the order in which they are checked. */
export const processLaws: readonly ProcessLaw[] = [...answerLaws, ...thingLaws, ...accountLaws, ...stateLaws];
