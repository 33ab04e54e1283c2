import type { Actor } from '@holdfast/kernel';
import type { User } from '../host/rows.ts';

/** Says how a user acts in the book. An admin acts as the platform's operator, under an id of his own. */
export function actorOf(user: User): Actor {
  return { id: user.id, role: user.role === 'admin' ? 'operator' : user.role };
}
