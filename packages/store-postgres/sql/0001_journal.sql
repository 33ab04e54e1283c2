begin;

select pg_advisory_xact_lock(189347171845904548);

create schema if not exists "holdfast";

create table if not exists "holdfast".migration (
  number integer primary key,
  name text not null,
  breaking boolean not null,
  applied_at timestamptz not null default clock_timestamp()
);

insert into "holdfast".migration (number, name, breaking) values (1, '0001_journal', true);

create table "holdfast".batch (
  book text collate "C" not null,
  number bigint not null check (number > 0),
  sequence bigint not null check (sequence >= 0),
  digest text collate "C" not null,
  at text collate "C" not null,
  format integer not null,
  primary key (book, number)
);

create table "holdfast".unit (
  book text collate "C" not null,
  sequence bigint not null check (sequence > 0),
  key text collate "C" not null,
  key_hash bytea not null,
  digest text collate "C" not null,
  bytes text collate "C" not null,
  primary key (book, sequence)
);

create unique index unit_key on "holdfast".unit (book, key_hash);

create table "holdfast".line (
  book text collate "C" not null,
  account text collate "C" not null,
  sequence bigint not null,
  ordinal integer not null check (ordinal >= 0),
  amount numeric not null check (scale(amount) = 0 and abs(amount) < 1e38),
  balance numeric not null check (scale(balance) = 0 and abs(balance) < 1e38),
  primary key (book, account, sequence, ordinal)
);

create table "holdfast".account (
  book text collate "C" not null,
  account text collate "C" not null,
  sequence bigint not null,
  state text collate "C" not null,
  primary key (book, account, sequence)
);

create table "holdfast".record (
  book text collate "C" not null,
  record text collate "C" not null,
  sequence bigint not null,
  version bigint not null check (version > 0),
  status text collate "C" not null,
  state text collate "C" not null,
  touches text[] not null,
  primary key (book, record, sequence)
);

create table "holdfast".claim (
  book text collate "C" not null,
  claim text collate "C" not null,
  sequence bigint not null,
  holder text collate "C",
  primary key (book, claim, sequence)
);

create table "holdfast".task (
  book text collate "C" not null,
  id text collate "C" not null,
  due_at text collate "C" not null,
  record text collate "C" not null,
  command text collate "C" not null,
  attempts integer not null default 0,
  lease text collate "C",
  free_at timestamptz,
  parked text,
  primary key (book, id)
);

create index task_due_in_book on "holdfast".task (book, due_at, id) where parked is null;

create index task_due on "holdfast".task (due_at, book) where parked is null;

create index task_parked on "holdfast".task (book, id) where parked is not null;

create table "holdfast".text (
  book text collate "C" not null,
  hash text collate "C" not null,
  salt text not null,
  text text not null,
  sequence bigint not null,
  primary key (book, hash)
);

commit;
