import { type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';

/** Gives the steps that make the host's tables, by name in their order. A step that was released is never changed. */
export const migrations: MigrationProvider = {
  getMigrations: async () => ({
    '0001_users': step(USERS),
    '0002_schemes': step(SCHEMES),
    '0003_messages': step(MESSAGES),
    '0004_scores_and_jobs': step(SCORES),
  }),
};

function step(statements: readonly string[]): Migration {
  return {
    up: async (database: Kysely<unknown>) => {
      for (const statement of statements) await sql.raw(statement).execute(database);
    },
  };
}

const DAY = "~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'";
const AMOUNT = "~ '^[0-9]+([.][0-9]+)?$'";

const USERS = [
  `create table portal.users (
    id uuid primary key,
    ucfsin text not null unique check (length(ucfsin) <= 20),
    role text not null check (role in ('USER', 'FOREMAN', 'ADMIN')),
    email text not null unique check (email = lower(email)),
    phone_number text not null unique,
    password_hash text not null,
    full_name text not null,
    date_of_birth text not null check (date_of_birth ${DAY}),
    status text not null check (status in ('PENDING', 'ACTIVE', 'SUSPENDED')),
    email_verified_at text,
    phone_verified_at text,
    address text,
    bank_account text,
    nominee text,
    chit_score integer check (chit_score between 0 and 900),
    deleted_at text,
    created_at text not null,
    updated_at text not null)`,
  'create index users_by_creation on portal.users (created_at, id)',
  'create table portal.ucfsin_sequences (year text primary key, last integer not null check (last between 0 and 999999))',
  `create table portal.refresh_tokens (
    hash text primary key,
    family uuid not null,
    user_id uuid not null references portal.users,
    expires_at text not null,
    used_at text,
    revoked_at text,
    created_at text not null)`,
  'create index refresh_tokens_by_family on portal.refresh_tokens (family)',
  'create index refresh_tokens_by_user on portal.refresh_tokens (user_id)',
  `create table portal.mailed_tokens (
    hash text primary key,
    user_id uuid not null references portal.users,
    purpose text not null check (purpose in ('verify_email', 'reset_password')),
    expires_at text not null,
    used_at text)`,
  'create index mailed_tokens_by_user on portal.mailed_tokens (user_id, purpose)',
  `create table portal.user_kyc (
    id uuid primary key,
    user_id uuid not null references portal.users,
    document_type text not null check (document_type in ('AADHAR', 'PAN', 'DRIVING_LICENSE')),
    document_number text not null,
    number_digest text not null,
    storage_key text not null unique,
    content_type text not null,
    verification_status text not null check (verification_status in ('PENDING', 'VERIFIED', 'REJECTED')),
    reason text,
    checked_at text,
    verified_at text,
    verified_by text,
    created_at text not null)`,
  'create index user_kyc_by_user on portal.user_kyc (user_id)',
  "create index user_kyc_waiting on portal.user_kyc (created_at) where verification_status = 'PENDING'",
  `create unique index user_kyc_number on portal.user_kyc (document_type, number_digest)
    where verification_status <> 'REJECTED'`,
];

const SCHEMES = [
  `create table portal.schemes (
    id uuid primary key,
    foreman_id uuid not null references portal.users,
    name text not null,
    duration_months integer not null,
    total_amount text not null check (total_amount ${AMOUNT}),
    monthly_installment text not null check (monthly_installment ${AMOUNT}),
    max_subscribers integer not null,
    current_subscribers integer not null check (current_subscribers between 0 and max_subscribers),
    status text not null check (status in ('DRAFT', 'PENDING_APPROVAL', 'ACTIVE', 'COMPLETED')),
    phase text not null,
    start_date text not null check (start_date ${DAY}),
    end_date text not null check (end_date ${DAY}),
    terms text not null,
    created_at text not null)`,
  'create index schemes_by_creation on portal.schemes (created_at, id)',
  'create index schemes_by_foreman on portal.schemes (foreman_id, created_at)',
  `create table portal.subscriptions (
    id uuid primary key,
    scheme_id uuid not null references portal.schemes,
    subscriber_id uuid not null references portal.users,
    ticket integer not null check (ticket >= 1),
    status text not null check (status in ('ACTIVE', 'DEFAULTED', 'COMPLETED')),
    join_date text not null check (join_date ${DAY}),
    created_at text not null,
    enrolled_by text)`,
  'create index subscriptions_by_ticket on portal.subscriptions (scheme_id, ticket)',
  'create index subscriptions_by_subscriber on portal.subscriptions (subscriber_id, created_at)',
  `create table portal.ticket_dues (
    scheme_id uuid not null references portal.schemes,
    ticket integer not null,
    instalment integer not null,
    due_on text not null check (due_on ${DAY}),
    settled_on text not null check (settled_on ${DAY}),
    amount text not null check (amount ${AMOUNT}),
    dividend text not null check (dividend ${AMOUNT}),
    paid text not null check (paid ${AMOUNT}),
    paid_on text,
    primary key (scheme_id, ticket, instalment))`,
  `create table portal.draw_seeds (
    id uuid primary key,
    scheme_id uuid not null references portal.schemes,
    instalment integer not null,
    commitment text not null unique,
    seed text not null,
    closed_by uuid unique,
    result text,
    created_at text not null)`,
  `create table portal.payments (
    id uuid primary key,
    subscription_id uuid not null references portal.subscriptions,
    scheme_id uuid not null references portal.schemes,
    ticket integer not null,
    user_id uuid not null references portal.users,
    amount text not null check (amount ${AMOUNT}),
    currency text not null,
    payment_type text not null check (payment_type in ('INSTALLMENT', 'DIVIDEND', 'PRIZE', 'REFUND')),
    status text not null check (status in ('PENDING', 'COMPLETED', 'FAILED', 'REVERSED')),
    channel text not null,
    transaction_id text,
    reason text,
    payment_date text,
    created_at text not null)`,
  'create index payments_by_user on portal.payments (user_id, created_at, id)',
  'create index payments_by_subscription on portal.payments (subscription_id, created_at, id)',
  'create index payments_by_creation on portal.payments (created_at, id)',
  "create index payments_waiting on portal.payments (created_at) where status = 'PENDING'",
  `create unique index payments_once on portal.payments (channel, transaction_id)
    where transaction_id is not null and status in ('PENDING', 'COMPLETED')`,
];

const MESSAGES = [
  `create table portal.notifications (
    id text primary key,
    user_id uuid not null references portal.users,
    event text not null,
    title text not null,
    body text not null,
    data text not null,
    created_at text not null,
    read_at text)`,
  'create index notifications_by_user on portal.notifications (user_id, created_at, id)',
  `create table portal.outbox (
    id text primary key,
    channel text not null check (channel in ('MAIL', 'SMS')),
    address text not null,
    subject text not null,
    body text not null,
    created_at text not null,
    sent_at text,
    attempts integer not null,
    next_at text not null,
    trouble text)`,
  'create index outbox_waiting on portal.outbox (next_at) where sent_at is null',
  'create table portal.cursors (id text primary key, sequence bigint not null, digest text not null)',
];

const SCORES = [
  `create table portal.score_events (
    position bigserial primary key,
    id text not null,
    user_id uuid not null references portal.users,
    event text not null,
    unique (user_id, id))`,
  `create table portal.chit_scores (
    user_id uuid not null references portal.users,
    as_of text not null check (as_of ${DAY}),
    score integer not null check (score between 0 and 900),
    provisional boolean not null,
    text text not null,
    primary key (user_id, as_of))`,
  `create table portal.reports (
    id uuid primary key,
    scheme_id uuid not null references portal.schemes,
    month text not null,
    storage_key text not null,
    created_at text not null,
    unique (scheme_id, month))`,
  `create table portal.job_runs (
    job text not null,
    period text not null,
    leased_until text not null,
    finished_at text,
    outcome text,
    primary key (job, period))`,
];
