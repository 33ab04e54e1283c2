import type { ExecuteFault } from '@holdfast/kernel';
import { err } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import type { Job, OfferText } from '../host/rows.ts';
import type { Tables } from '../host/tables.ts';
import { actorOf } from './actor-of.ts';
import type { Answer, AnyRefusal } from './answer.ts';
import type { Asked, Service } from './service.ts';

/**
 * Accepts an offer: the platform fee moves to where it is unearned (J2), the job is assigned, and all other applications are rejected.
 *
 * @returns The offer's id.
 */
export async function acceptOffer(service: Service, { caller, key }: Asked, id: string): Answer<string> {
  const accepted = await service.host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const offer = await tables.find('offers', id);
    const job = offer && (await tables.lock('jobs', offer.job));
    if (!job) return err({ code: 'nothing_there', what: 'offer' });
    await assignJob(tables, job, offer);
    return inBook((book) =>
      book.use(offerProcess).execute(id, { type: 'AcceptOffer' }, { actor: actorOf(caller), key }),
    );
  });
  return accepted.map(() => id);
}

async function assignJob(tables: Tables, job: Job, offer: OfferText): Promise<void> {
  await tables.put('jobs', { ...job, status: 'assigned', contractor: offer.contractor });
  for (const application of await tables.list('applications', { equal: { job: job.id } }, { order: 'id' })) {
    const status = application.id === offer.application ? 'accepted' : 'rejected';
    await tables.put('applications', { ...application, status });
  }
}
