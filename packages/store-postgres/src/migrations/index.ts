import { journal } from './0001_journal.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, oldest first. A published step never changes. */
export const migrations: readonly Migration[] = [journal];
