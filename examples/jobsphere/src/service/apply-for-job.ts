import { err, ok } from 'neverthrow';
import type { Application } from '../host/rows.ts';
import type { Answer } from './answer.ts';
import { idFromKey } from './id-from-key.ts';
import type { Asked, Service } from './service.ts';

/** Lets a contractor apply for an open job, once. The host's own business: no money is involved. */
export async function applyForJob({ host }: Service, asked: Asked, job: string): Answer<Application> {
  const { caller } = asked;
  const allowed = ['contractor'] as const;
  if (caller.role !== 'contractor') return err({ code: 'role_not_allowed', action: 'apply for jobs', allowed });
  const id = idFromKey('application', asked);
  return host.transaction<Awaited<Answer<Application>>>(async (tables) => {
    const known = await tables.find('applications', id);
    if (known) return ok(known);
    const found = await tables.lock('jobs', job);
    if (!found) return err({ code: 'nothing_there', what: 'job' });
    if (found.status !== 'open') return err({ code: 'job_not_open', status: found.status });
    const same = await tables.count('applications', { equal: { job, contractor: caller.id } });
    if (same > 0) return err({ code: 'applied_already' });
    const application: Application = { id, job, contractor: caller.id, status: 'pending' };
    await tables.put('applications', application);
    return ok(application);
  });
}
