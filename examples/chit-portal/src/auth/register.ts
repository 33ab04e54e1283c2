import { randomUUID } from 'node:crypto';
import { nextUcfsin } from '@holdfast/chit-score';
import type { Instant } from '@holdfast/kernel';
import { sql } from 'kysely';
import { err, ok, type Result } from 'neverthrow';
import { dayOf } from '../day-of.ts';
import { brokenConstraint } from '../host/broken-constraint.ts';
import { atomically, type Session } from '../host/database.ts';
import type { Role, UserStatus } from '../host/tables.ts';
import type { Portal } from '../portal.ts';
import type { RequestInvalid, Taken } from '../refusals.ts';
import { type UserRow, userById } from '../users/user-row.ts';
import { mailToken } from './mail-token.ts';

/** What somebody says of himself to be registered. */
export interface NewUser {
  /** In lower case. */
  readonly email: string;
  readonly phoneNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly role: Role;
  /** Absent where an admin registers somebody, who then sets one by mail. */
  readonly password?: string;
}

/**
 * Registers a user: password hash, UCFSIN, row and the mail that proves the address, in one transaction.
 *
 * @errors
 * - `request_invalid`: he is not of age, so no agreement of his would bind him.
 * - `taken`: another user has the address or the number.
 */
export async function registerUser(portal: Portal, user: NewUser): Promise<Result<UserRow, RequestInvalid | Taken>> {
  const now = portal.clock();
  if (!isOfAge(user.dateOfBirth, dayOf(now))) {
    return err({ code: 'request_invalid', field: 'dateOfBirth', allowed: 'a day that is at least 18 years ago' });
  }
  const passwordHash = user.password === undefined ? NO_PASSWORD : await portal.passwords.hash(user.password);
  try {
    return await atomically(portal.database, async (session) => {
      const ucfsin = await takeUcfsin(session, now);
      const id = randomUUID();
      await session.insertInto('users').values(rowOf(user, { id, ucfsin, passwordHash, now })).execute();
      const purpose = user.password === undefined ? 'reset_password' : 'verify_email';
      await mailToken(portal, session, { userId: id, email: user.email, purpose });
      return ok((await userById(session, id)) as UserRow);
    });
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === 'users_email_key') return err({ code: 'taken', field: 'email' });
    if (constraint === 'users_phone_number_key') return err({ code: 'taken', field: 'phoneNumber' });
    throw error;
  }
}

/** Days compare as texts, and so do these of the same day another year. */
function isOfAge(born: string, today: string): boolean {
  return `${Number(born.slice(0, 4)) + 18}${born.slice(4)}` <= today;
}

/** The row of a year is raised by one statement, and stays locked until the COMMIT: no number is given twice, and none is lost. */
async function takeUcfsin(session: Session, now: Instant): Promise<string> {
  const next = async (year: string) => {
    const { last } = await session
      .insertInto('ucfsin_sequences')
      .values({ year, last: 1 })
      .onConflict((conflict) => conflict.column('year').doUpdateSet({ last: sql`ucfsin_sequences.last + 1` }))
      .returning('last')
      .executeTakeFirstOrThrow();
    return ok(BigInt(last));
  };
  const taken = await nextUcfsin({ next }, { today: dayOf(now) });
  // Neither can be: the day is of the clock, and the table's check ends a year at its last number.
  if (taken.isErr()) throw new Error(`no UCFSIN: ${taken.error.code}`);
  return taken.value;
}

interface Made {
  readonly id: string;
  readonly ucfsin: string;
  readonly passwordHash: string;
  readonly now: Instant;
}

function rowOf(user: NewUser, { id, ucfsin, passwordHash, now }: Made) {
  return {
    id,
    ucfsin,
    role: user.role,
    email: user.email,
    phone_number: user.phoneNumber,
    password_hash: passwordHash,
    full_name: user.fullName,
    date_of_birth: user.dateOfBirth,
    status: 'PENDING' as UserStatus,
    email_verified_at: null,
    phone_verified_at: null,
    address: null,
    bank_account: null,
    nominee: null,
    chit_score: null,
    deleted_at: null,
    created_at: now,
    updated_at: now,
  };
}

/** No hash: nothing matches it. */
const NO_PASSWORD = '';
