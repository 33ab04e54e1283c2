import type { Migration } from './migration.ts';

/** Gives an amount in minor units with the decimals of its currency, exactly: a division would round at some digit. */
const decimal = (minor: string) => `${minor} * ('1e-' || (a.state::jsonb ->> 'scale'))::numeric`;

const name = (key: string) => `split_part(${key}, ' ', 1)`;
const currency = (key: string) => `split_part(${key}, ' ', 2)`;

/** Each account as it stands, with the newest line's balance. */
const standing = `(select distinct on (book, account) book, account, sequence, state from "holdfast".account
    order by book, account, sequence desc) a
  left join lateral (select l.sequence, l.balance from "holdfast".line l where l.book = a.book and l.account = a.account
    order by l.sequence desc, l.ordinal desc limit 1) newest on true`;

/** What people read in reports: plain names, amounts with their decimals, instants as instants. Nothing in Holdfast reads them. */
export const views: Migration = {
  number: 2,
  name: '0002_views',
  breaking: false,
  tables: [],
  statements: [
    `create view "holdfast".heads as
select distinct on (book) book, number, sequence, digest, at::timestamptz as at, format from "holdfast".batch order by book, number desc`,
    `create view "holdfast".balances as
select a.book, ${name('a.account')} as account, ${currency('a.account')} as currency, a.state::jsonb ->> 'type' as type,
  a.state::jsonb ->> 'owner' as owner, ${decimal('coalesce(newest.balance, 0)')} as balance, coalesce(newest.balance, 0) as minor_units,
  newest.sequence as last_moved, a.state::jsonb ->> 'frozen' as frozen, (a.state::jsonb ->> 'closed')::boolean as closed
from ${standing}`,
    `create view "holdfast".trial_balance as
select book, currency, type, count(*) as accounts, coalesce(sum(-balance) filter (where balance < 0), 0) as debit,
  coalesce(sum(balance) filter (where balance > 0), 0) as credit
from "holdfast".balances group by book, currency, type`,
    `create view "holdfast".postings as
select l.book, l.sequence, l.ordinal, ${name('l.account')} as account, ${currency('l.account')} as currency,
  ${decimal('l.amount')} as amount, ${decimal('l.balance')} as balance_after
from "holdfast".line l cross join lateral (select state from "holdfast".account where book = l.book and account = l.account
  order by sequence desc limit 1) a`,
    `create view "holdfast".journal as
select book, sequence, (bytes::jsonb ->> 'at')::timestamptz as at, bytes::jsonb #>> '{actor,id}' as actor,
  bytes::jsonb #>> '{actor,role}' as role, key, digest, bytes::jsonb as unit
from "holdfast".unit`,
    `create view "holdfast".events as
select j.book, j.sequence, j.at, j.actor, e.position, e.event ->> 'type' as type, (e.event ->> 'version')::integer as version,
  e.event ->> 'record' as record, e.event -> 'data' as data
from "holdfast".journal j cross join lateral jsonb_array_elements(j.unit -> 'events') with ordinality as e(event, position)`,
    `create view "holdfast".transfers as
select j.book, j.sequence, j.at, j.actor, e.position as entry, t.position, t.transfer ->> 0 as from_account, t.transfer ->> 1 as to_account,
  (t.transfer ->> 2)::numeric as amount, t.transfer ->> 3 as currency, t.transfer ->> 4 as kind
from "holdfast".journal j cross join lateral jsonb_array_elements(j.unit -> 'entries') with ordinality as e(entry, position)
  cross join lateral jsonb_array_elements(e.entry) with ordinality as t(transfer, position)`,
    `create view "holdfast".current_records as
select distinct on (book, record) book, split_part(record, '/', 1) as kind, substring(record from position('/' in record) + 1) as id,
  status, version, sequence, state::jsonb as state
from "holdfast".record order by book, record, sequence desc`,
    `create view "holdfast".held_claims as
select book, claim, holder, sequence from (
  select distinct on (book, claim) book, claim, holder, sequence from "holdfast".claim order by book, claim, sequence desc) newest
where holder is not null`,
    `create view "holdfast".open_tasks as
select book, id, due_at::timestamptz as due_at, record, command::jsonb as command, attempts, lease is not null as leased, parked as parked_because
from "holdfast".task`,
  ],
};
