import type { ExecuteFault } from '@holdfast/kernel';
import { err } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import type { Job } from '../host/rows.ts';
import { actorOf } from './actor-of.ts';
import type { Answer, AnyRefusal } from './answer.ts';
import type { HostRefusal } from './refusals.ts';
import type { Asked, Service } from './service.ts';
import { underHostRules } from './under-host-rules.ts';

/**
 * Completes a job: the service fee and the unearned platform fee are earned, and the contractor is paid. From `assigned` or `in_progress` (J4).
 *
 * @returns The job's id.
 */
export async function completeJob(service: Service, { caller, key }: Asked, id: string): Answer<string> {
  const completed = await service.host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const job = await tables.lock('jobs', id);
    if (!job) return err({ code: 'nothing_there', what: 'job' });
    const offer = job.offer;
    const forbidden = forbids(caller.id, job);
    if (offer === null) return err(forbidden ?? { code: 'job_not_in_progress', status: job.status });
    await tables.put('jobs', { ...job, status: 'completed' });
    return inBook((book) => {
      const offers = book.use(offerProcess);
      const options = { actor: actorOf(caller), key };
      return underHostRules({
        forbidden,
        execute: () => offers.execute(offer, { type: 'CompleteJob' }, options),
        preview: () => offers.preview(offer, { type: 'CompleteJob' }, options),
      });
    });
  });
  return completed.map(() => id);
}

function forbids(caller: string, job: Job): HostRefusal | undefined {
  if (job.customer !== caller) return { code: 'not_the_owner' };
  if (job.status === 'completed' || job.status === 'cancelled') return { code: 'job_finished', status: job.status };
  if (job.status === 'open') return { code: 'job_not_in_progress', status: job.status };
  return undefined;
}
