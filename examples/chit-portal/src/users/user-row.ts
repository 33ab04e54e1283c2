import type { Selectable } from 'kysely';
import type { Database } from '../host/database.ts';
import type { PortalTables, Role, UserStatus } from '../host/tables.ts';
import type { Caller } from '../portal.ts';

/** A user as the table has him. */
export type UserRow = Selectable<PortalTables['users']>;

/** A user as the API shows him: never the hash, the account number only by its end. */
export interface UserDocument {
  readonly id: string;
  readonly ucfsin: string;
  readonly role: Role;
  readonly email: string;
  readonly phoneNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string;
  readonly status: UserStatus;
  readonly emailVerified: boolean;
  readonly phoneVerified: boolean;
  readonly address: string | null;
  readonly bankAccount: string | null;
  readonly nominee: string | null;
  readonly chitScore: number | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Reads a user who is still there. */
export function userById(database: Database, id: string): Promise<UserRow | undefined> {
  return database
    .selectFrom('users')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/** Shows a user. */
export function userDocument(row: UserRow): UserDocument {
  return {
    id: row.id,
    ucfsin: row.ucfsin,
    role: row.role,
    email: row.email,
    phoneNumber: row.phone_number,
    fullName: row.full_name,
    dateOfBirth: row.date_of_birth,
    status: row.status,
    emailVerified: row.email_verified_at !== null,
    phoneVerified: row.phone_verified_at !== null,
    address: row.address,
    bankAccount: row.bank_account === null ? null : `••••${row.bank_account.slice(-4)}`,
    nominee: row.nominee,
    chitScore: row.chit_score,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Says what of a user his access token says. */
export function callerOf(row: Pick<UserRow, 'id' | 'role' | 'ucfsin'>): Caller {
  return { userId: row.id, role: row.role, ucfsin: row.ucfsin };
}
