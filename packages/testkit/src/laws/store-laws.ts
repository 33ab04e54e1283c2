import { doubtLaws } from './doubt-laws.ts';
import { historyLaws } from './history-laws.ts';
import { journalLaws } from './journal-laws.ts';
import { keptLaws } from './kept-laws.ts';
import type { Law } from './law.ts';
import { lockLaws } from './lock-laws.ts';
import { pagingLaws } from './paging-laws.ts';
import { recordLaws } from './record-laws.ts';
import { roundLaws } from './round-laws.ts';
import { standingLaws } from './standing-laws.ts';
import { taskLaws } from './task-laws.ts';
import { withinLaws } from './within-laws.ts';
import { writerLaws } from './writer-laws.ts';

/** Everything that holds for every store, in the order in which a report reads best. */
export const storeLaws: readonly Law[] = [
  ...roundLaws,
  ...journalLaws,
  ...standingLaws,
  ...recordLaws,
  ...pagingLaws,
  ...taskLaws,
  ...lockLaws,
  ...writerLaws,
  ...keptLaws,
  ...withinLaws,
  ...doubtLaws,
  ...historyLaws,
];
