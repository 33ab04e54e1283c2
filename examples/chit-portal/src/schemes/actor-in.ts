import type { Actor } from '@holdfast/kernel';
import type { Caller } from '../portal.ts';
import type { SchemeRow } from './scheme-row.ts';

/** Says how a caller acts in a scheme: its own foreman, the registrar that admins stand in for, or a subscriber, whose tickets the book knows. */
export function actorIn(scheme: Pick<SchemeRow, 'foreman_id'>, { userId, role }: Caller): Actor {
  if (userId === scheme.foreman_id) return { id: userId, role: 'foreman' };
  return { id: userId, role: role === 'ADMIN' ? 'registrar' : 'subscriber' };
}
