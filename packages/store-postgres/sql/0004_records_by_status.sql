begin;

select pg_advisory_xact_lock(189347171845904548);

create schema if not exists "holdfast";

create table if not exists "holdfast".migration (
  number integer primary key,
  name text not null,
  breaking boolean not null,
  applied_at timestamptz not null default clock_timestamp()
);

insert into "holdfast".migration (number, name, breaking) values (4, '0004_records_by_status', false);

create index record_by_status on "holdfast".record (book, status);

commit;
