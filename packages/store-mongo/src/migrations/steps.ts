import type { MigrationDocument } from '../documents/documents.ts';

/** Every step of the collections, oldest first. A published step never changes. */
export const steps: readonly MigrationDocument[] = [{ _id: 1, name: '0001_journal', breaking: true }];
