begin;

select pg_advisory_xact_lock(189347171845904548);

create schema if not exists "holdfast";

create table if not exists "holdfast".migration (
  number integer primary key,
  name text not null,
  breaking boolean not null,
  applied_at timestamptz not null default clock_timestamp()
);

insert into "holdfast".migration (number, name, breaking) values (2, '0002_views', false);

create view "holdfast".heads as
select distinct on (book) book, number, sequence, digest, at::timestamptz as at, format from "holdfast".batch order by book, number desc;

create view "holdfast".balances as
select a.book, split_part(a.account, ' ', 1) as account, split_part(a.account, ' ', 2) as currency, a.state::jsonb ->> 'type' as type,
  a.state::jsonb ->> 'owner' as owner, coalesce(newest.balance, 0) * ('1e-' || (a.state::jsonb ->> 'scale'))::numeric as balance, coalesce(newest.balance, 0) as minor_units,
  newest.sequence as last_moved, a.state::jsonb ->> 'frozen' as frozen, (a.state::jsonb ->> 'closed')::boolean as closed
from (select distinct on (book, account) book, account, sequence, state from "holdfast".account
    order by book, account, sequence desc) a
  left join lateral (select l.sequence, l.balance from "holdfast".line l where l.book = a.book and l.account = a.account
    order by l.sequence desc, l.ordinal desc limit 1) newest on true;

create view "holdfast".trial_balance as
select book, currency, type, count(*) as accounts, coalesce(sum(-balance) filter (where balance < 0), 0) as debit,
  coalesce(sum(balance) filter (where balance > 0), 0) as credit
from "holdfast".balances group by book, currency, type;

create view "holdfast".postings as
select l.book, l.sequence, l.ordinal, split_part(l.account, ' ', 1) as account, split_part(l.account, ' ', 2) as currency,
  l.amount * ('1e-' || (a.state::jsonb ->> 'scale'))::numeric as amount, l.balance * ('1e-' || (a.state::jsonb ->> 'scale'))::numeric as balance_after
from "holdfast".line l cross join lateral (select state from "holdfast".account where book = l.book and account = l.account
  order by sequence desc limit 1) a;

create view "holdfast".journal as
select book, sequence, (bytes::jsonb ->> 'at')::timestamptz as at, bytes::jsonb #>> '{actor,id}' as actor,
  bytes::jsonb #>> '{actor,role}' as role, key, digest, bytes::jsonb as unit
from "holdfast".unit;

create view "holdfast".events as
select j.book, j.sequence, j.at, j.actor, e.position, e.event ->> 'type' as type, (e.event ->> 'version')::integer as version,
  e.event ->> 'record' as record, e.event -> 'data' as data
from "holdfast".journal j cross join lateral jsonb_array_elements(j.unit -> 'events') with ordinality as e(event, position);

create view "holdfast".transfers as
select j.book, j.sequence, j.at, j.actor, e.position as entry, t.position, t.transfer ->> 0 as from_account, t.transfer ->> 1 as to_account,
  (t.transfer ->> 2)::numeric as amount, t.transfer ->> 3 as currency, t.transfer ->> 4 as kind
from "holdfast".journal j cross join lateral jsonb_array_elements(j.unit -> 'entries') with ordinality as e(entry, position)
  cross join lateral jsonb_array_elements(e.entry) with ordinality as t(transfer, position);

create view "holdfast".current_records as
select distinct on (book, record) book, split_part(record, '/', 1) as kind, substring(record from position('/' in record) + 1) as id,
  status, version, sequence, state::jsonb as state
from "holdfast".record order by book, record, sequence desc;

create view "holdfast".held_claims as
select book, claim, holder, sequence from (
  select distinct on (book, claim) book, claim, holder, sequence from "holdfast".claim order by book, claim, sequence desc) newest
where holder is not null;

create view "holdfast".open_tasks as
select book, id, due_at::timestamptz as due_at, record, command::jsonb as command, attempts, lease is not null as leased, parked as parked_because
from "holdfast".task;

commit;
