begin;

select pg_advisory_xact_lock(189347171845904548);

create schema if not exists "holdfast";

create table if not exists "holdfast".migration (
  number integer primary key,
  name text not null,
  breaking boolean not null,
  applied_at timestamptz not null default clock_timestamp()
);

insert into "holdfast".migration (number, name, breaking) values (3, '0003_periods_and_epochs', false);

alter table "holdfast".batch add column closed_before text collate "C" not null default '1970-01-01T00:00:00.000Z';

alter table "holdfast".batch add column epoch bigint not null default 0 check (epoch >= 0);

create or replace view "holdfast".heads as
select distinct on (book) book, number, sequence, digest, at::timestamptz as at, format, closed_before::timestamptz as closed_before, epoch
from "holdfast".batch order by book, number desc;

create or replace view "holdfast".transfers as
select j.book, j.sequence, j.at, j.actor, e.position as entry, t.position, t.transfer ->> 0 as from_account, t.transfer ->> 1 as to_account,
  (t.transfer ->> 2)::numeric as amount, t.transfer ->> 3 as currency, t.transfer ->> 4 as kind,
  coalesce((select (dated.entry ->> 1)::timestamptz from jsonb_array_elements(j.unit -> 'effective') as dated(entry)
    where (dated.entry ->> 0)::bigint = e.position - 1 limit 1), j.at) as effective_at
from "holdfast".journal j cross join lateral jsonb_array_elements(j.unit -> 'entries') with ordinality as e(entry, position)
  cross join lateral jsonb_array_elements(e.entry) with ordinality as t(transfer, position);

commit;
