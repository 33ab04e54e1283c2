import type { ExecuteFault } from '@holdfast/kernel';
import { err } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import { actorOf } from './actor-of.ts';
import type { Answer, AnyRefusal } from './answer.ts';
import type { Asked, Service } from './service.ts';

/**
 * Says that the contractor has begun. Optional (J4): a job completes without it. From here on the customer cannot cancel without him (J3).
 *
 * @returns The job's id.
 */
export async function startJob(service: Service, { caller, key }: Asked, id: string): Answer<string> {
  const started = await service.host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const job = await tables.lock('jobs', id);
    if (!job) return err({ code: 'nothing_there', what: 'job' });
    const offer = job.offer;
    if (offer === null) return err({ code: 'job_not_in_progress', status: job.status });
    await tables.put('jobs', { ...job, status: 'in_progress' });
    return inBook((book) =>
      book.use(offerProcess).execute(offer, { type: 'StartJob' }, { actor: actorOf(caller), key }),
    );
  });
  return started.map(() => id);
}
