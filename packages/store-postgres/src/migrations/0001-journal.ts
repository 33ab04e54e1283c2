import type { Migration } from './migration.ts';

/**
 * The journal and its projections, all of them only ever added to, and the tasks and texts beside it.
 *
 * `book` leads every primary key and unique index, so that books can be spread over machines. Names are compared by bytes. Amounts are
 * whole, at most 38 digits, and never NaN: `numeric(38,0)` would round a fraction in silence, and `>= 0` lets NaN pass. A key is found by
 * 16 bytes of its SHA-256: keys lead with a scope, so they come in no order anyway, and the index is half as large as one of the texts.
 */
export const journal: Migration = {
  number: 1,
  name: '0001_journal',
  breaking: true,
  tables: ['batch', 'unit', 'line', 'account', 'record', 'claim', 'task', 'text'],
  statements: [
    `create table "holdfast".batch (
  book text collate "C" not null,
  number bigint not null check (number > 0),
  sequence bigint not null check (sequence >= 0),
  digest text collate "C" not null,
  at text collate "C" not null,
  format integer not null,
  primary key (book, number)
)`,
    `create table "holdfast".unit (
  book text collate "C" not null,
  sequence bigint not null check (sequence > 0),
  key text collate "C" not null,
  key_hash bytea not null,
  digest text collate "C" not null,
  bytes text collate "C" not null,
  primary key (book, sequence)
)`,
    'create unique index unit_key on "holdfast".unit (book, key_hash)',
    `create table "holdfast".line (
  book text collate "C" not null,
  account text collate "C" not null,
  sequence bigint not null,
  ordinal integer not null check (ordinal >= 0),
  amount numeric not null check (scale(amount) = 0 and abs(amount) < 1e38),
  balance numeric not null check (scale(balance) = 0 and abs(balance) < 1e38),
  primary key (book, account, sequence, ordinal)
)`,
    `create table "holdfast".account (
  book text collate "C" not null,
  account text collate "C" not null,
  sequence bigint not null,
  state text collate "C" not null,
  primary key (book, account, sequence)
)`,
    `create table "holdfast".record (
  book text collate "C" not null,
  record text collate "C" not null,
  sequence bigint not null,
  version bigint not null check (version > 0),
  status text collate "C" not null,
  state text collate "C" not null,
  touches text[] not null,
  primary key (book, record, sequence)
)`,
    `create table "holdfast".claim (
  book text collate "C" not null,
  claim text collate "C" not null,
  sequence bigint not null,
  holder text collate "C",
  primary key (book, claim, sequence)
)`,
    `create table "holdfast".task (
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
)`,
    'create index task_due_in_book on "holdfast".task (book, due_at, id) where parked is null',
    'create index task_due on "holdfast".task (due_at, book) where parked is null',
    'create index task_parked on "holdfast".task (book, id) where parked is not null',
    `create table "holdfast".text (
  book text collate "C" not null,
  hash text collate "C" not null,
  salt text not null,
  text text not null,
  sequence bigint not null,
  primary key (book, hash)
)`,
  ],
};
