import { journal } from './0001-journal.ts';
import { views } from './0002-views.ts';
import { periodsAndEpochs } from './0003-periods-and-epochs.ts';
import { recordsByStatus } from './0004-records-by-status.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, oldest first. A published step never changes. */
export const migrations: readonly Migration[] = [journal, views, periodsAndEpochs, recordsByStatus];
