import { err, ok, type Result } from 'neverthrow';
import { brokenConstraint } from '../host/broken-constraint.ts';
import { atomically, type Session } from '../host/database.ts';
import type { Role, UserStatus } from '../host/tables.ts';
import type { Caller, Portal } from '../portal.ts';
import type { Forbidden, NothingThere, Taken } from '../refusals.ts';
import { noteProfile, type ProfileField } from '../score/note-profile.ts';
import { type UserRow, userById } from './user-row.ts';

/** What can be changed of a user. */
export interface UserChanges {
  readonly fullName?: string | undefined;
  readonly dateOfBirth?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly address?: string | null | undefined;
  readonly bankAccount?: string | null | undefined;
  readonly nominee?: string | null | undefined;
  /** For admins. */
  readonly role?: Role | undefined;
  /** For admins. */
  readonly status?: Exclude<UserStatus, 'PENDING'> | undefined;
  /** For admins: fields that they have found to be right. */
  readonly verified?: readonly ProfileField[] | undefined;
}

/**
 * Changes a user. What is changed is no longer verified, until an admin or a document says so again. Suspending somebody ends his sessions.
 *
 * @errors
 * - `forbidden`: role, status and what is verified are for admins.
 * - `nothing_there`: there is no such user.
 * - `taken`: another user has the number.
 */
export async function updateUser(
  portal: Portal,
  { caller, id, changes }: { readonly caller: Caller; readonly id: string; readonly changes: UserChanges },
): Promise<Result<UserRow, Forbidden | NothingThere | Taken>> {
  const forAdmins = changes.role !== undefined || changes.status !== undefined || changes.verified !== undefined;
  if (forAdmins && caller.role !== 'ADMIN') return err({ code: 'forbidden', allowed: ['ADMIN'] });
  try {
    return await atomically(portal.database, async (session) => {
      const before = await userById(session, id);
      if (!before) return err({ code: 'nothing_there', what: 'user' });
      await change(session, { before, changes, now: portal.clock() });
      portal.standings.forget(id);
      return ok((await userById(session, id)) as UserRow);
    });
  } catch (error) {
    if (brokenConstraint(error) === 'users_phone_number_key') return err({ code: 'taken', field: 'phoneNumber' });
    throw error;
  }
}

interface Change {
  readonly before: UserRow;
  readonly changes: UserChanges;
  readonly now: string;
}

async function change(session: Session, { before, changes, now }: Change): Promise<void> {
  const row = {
    full_name: changes.fullName ?? before.full_name,
    date_of_birth: changes.dateOfBirth ?? before.date_of_birth,
    phone_number: changes.phoneNumber ?? before.phone_number,
    address: changes.address === undefined ? before.address : changes.address,
    bank_account: changes.bankAccount === undefined ? before.bank_account : changes.bankAccount,
    nominee: changes.nominee === undefined ? before.nominee : changes.nominee,
  };
  const verified = changes.verified ?? [];
  const phoneVerified = verified.includes('phone')
    ? now
    : row.phone_number === before.phone_number
      ? before.phone_verified_at
      : null;
  await session
    .updateTable('users')
    .set({
      ...row,
      phone_verified_at: phoneVerified,
      role: changes.role ?? before.role,
      status: changes.status ?? before.status,
      updated_at: now,
    })
    .where('id', '=', before.id)
    .execute();
  const fields: { [Field in ProfileField]?: boolean } = {};
  for (const [field, column] of COLUMNS) if (row[column] !== before[column]) fields[field] = false;
  for (const field of verified) fields[field] = true;
  await noteProfile(session, { userId: before.id, now, fields });
  if (changes.status === 'SUSPENDED') {
    await session.updateTable('refresh_tokens').set({ revoked_at: now }).where('user_id', '=', before.id).execute();
  }
}

const COLUMNS = [
  ['name', 'full_name'],
  ['dateOfBirth', 'date_of_birth'],
  ['phone', 'phone_number'],
  ['address', 'address'],
  ['bankAccount', 'bank_account'],
  ['nominee', 'nominee'],
] as const;
