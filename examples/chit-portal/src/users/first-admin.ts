import { registerUser } from '../auth/register.ts';
import type { Portal } from '../portal.ts';

/** Registers the first admin, where there is none yet: he sets his password by the mail that he gets. Everybody else's role comes from an admin. */
export async function registerFirstAdmin(
  portal: Portal,
  admin: { readonly email: string; readonly phoneNumber: string },
): Promise<void> {
  const known = await portal.database.selectFrom('users').select('id').where('role', '=', 'ADMIN').limit(1).execute();
  if (known.length > 0) return;
  const person = { fullName: 'Administrator', dateOfBirth: '1990-01-01', role: 'ADMIN' } as const;
  const registered = await registerUser(portal, { ...admin, ...person });
  // Two processes that start at once register one.
  if (registered.isErr() && registered.error.code !== 'taken') throw new Error(registered.error.code);
}
