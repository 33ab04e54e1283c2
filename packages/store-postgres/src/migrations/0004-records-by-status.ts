import type { Migration } from './migration.ts';

/**
 * Finds the records that are in a status, without reading every version of every record: a status may name what is waited for. Code that does not know the
 * step finds the same more slowly, so the step breaks nothing. On a large table it takes its time, and nothing is written meanwhile.
 */
export const recordsByStatus: Migration = {
  number: 4,
  name: '0004_records_by_status',
  breaking: false,
  tables: [],
  statements: ['create index record_by_status on "holdfast".record (book, status)'],
};
