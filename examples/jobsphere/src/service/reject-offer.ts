import type { ExecuteFault } from '@holdfast/kernel';
import { err } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import { actorOf } from './actor-of.ts';
import type { Answer, AnyRefusal } from './answer.ts';
import type { Asked, Service } from './service.ts';

/**
 * Rejects an offer: all of it goes back to the customer, and the application is rejected. The job stays open for other offers.
 *
 * @returns The offer's id.
 */
export async function rejectOffer(
  service: Service,
  { caller, key }: Asked,
  id: string,
  reason: string,
): Answer<string> {
  const rejected = await service.host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const offer = await tables.find('offers', id);
    if (!offer || !(await tables.lock('jobs', offer.job))) return err({ code: 'nothing_there', what: 'offer' });
    const application = await tables.lock('applications', offer.application);
    if (application) await tables.put('applications', { ...application, status: 'rejected' });
    await tables.put('offers', { ...offer, reason });
    return inBook((book) =>
      book.use(offerProcess).execute(id, { type: 'RejectOffer', reason }, { actor: actorOf(caller), key }),
    );
  });
  return rejected.map(() => id);
}
