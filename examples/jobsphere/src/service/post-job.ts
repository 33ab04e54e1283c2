import { err, ok } from 'neverthrow';
import type { Job } from '../host/rows.ts';
import type { Answer } from './answer.ts';
import { idFromKey } from './id-from-key.ts';
import type { Asked, Service } from './service.ts';

/** Puts a customer's job on the market. The host's own business: no money is involved. */
export async function postJob({ host }: Service, asked: Asked, title: string): Answer<Job> {
  const { caller } = asked;
  if (caller.role !== 'customer') return err({ code: 'role_not_allowed', action: 'post jobs', allowed: ['customer'] });
  const id = idFromKey('job', asked);
  return host.transaction(async (tables) => {
    const known = await tables.find('jobs', id);
    if (known) return ok(known);
    const job: Job = { id, customer: caller.id, title, status: 'open', contractor: null, offer: null };
    await tables.put('jobs', job);
    return ok(job);
  });
}
