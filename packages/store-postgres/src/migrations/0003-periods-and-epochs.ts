import type { Migration } from './migration.ts';

/**
 * What the head carries since format 2: closed periods and the epoch. Batches that are there already stand as every book begins, so both columns have that
 * as their default, and adding them rewrites no row. Code that does not know the step goes on writing the same defaults, and the format keeps it from
 * books where they would be wrong; so the step breaks nothing.
 */
export const periodsAndEpochs: Migration = {
  number: 3,
  name: '0003_periods_and_epochs',
  breaking: false,
  tables: [],
  statements: [
    `alter table "holdfast".batch add column closed_before text collate "C" not null default '1970-01-01T00:00:00.000Z'`,
    'alter table "holdfast".batch add column epoch bigint not null default 0 check (epoch >= 0)',
    `create or replace view "holdfast".heads as
select distinct on (book) book, number, sequence, digest, at::timestamptz as at, format, closed_before::timestamptz as closed_before, epoch
from "holdfast".batch order by book, number desc`,
    `create or replace view "holdfast".transfers as
select j.book, j.sequence, j.at, j.actor, e.position as entry, t.position, t.transfer ->> 0 as from_account, t.transfer ->> 1 as to_account,
  (t.transfer ->> 2)::numeric as amount, t.transfer ->> 3 as currency, t.transfer ->> 4 as kind,
  coalesce((select (dated.entry ->> 1)::timestamptz from jsonb_array_elements(j.unit -> 'effective') as dated(entry)
    where (dated.entry ->> 0)::bigint = e.position - 1 limit 1), j.at) as effective_at
from "holdfast".journal j cross join lateral jsonb_array_elements(j.unit -> 'entries') with ordinality as e(entry, position)
  cross join lateral jsonb_array_elements(e.entry) with ordinality as t(transfer, position)`,
  ],
};
