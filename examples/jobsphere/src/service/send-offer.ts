import type { ExecuteFault } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import type { Job } from '../host/rows.ts';
import { actorOf } from './actor-of.ts';
import type { Answer, AnyRefusal } from './answer.ts';
import { idFromKey } from './id-from-key.ts';
import type { HostRefusal } from './refusals.ts';
import type { Asked, Service } from './service.ts';
import { underHostRules } from './under-host-rules.ts';

/** What a customer offers to somebody who applied. */
export interface OfferInput {
  readonly application: string;
  readonly amount: Money<'USD'>;
  readonly timeline: string;
  readonly description: string;
}

/**
 * Sends an offer to the contractor who applied: the charge goes from the customer's balance into escrow, and the application becomes `offer_sent`.
 *
 * One live offer a job (J1): that is a claim in the book, not a look before a leap (J19).
 *
 * @returns The offer's id.
 */
export async function sendOffer(service: Service, asked: Asked, input: OfferInput): Answer<string> {
  const { caller, key } = asked;
  const id = idFromKey('offer', asked);
  const sent = await service.host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const application = await tables.find('applications', input.application);
    if (!application) return err({ code: 'nothing_there', what: 'application' });
    const job = await tables.lock('jobs', application.job);
    if (!job) return err({ code: 'nothing_there', what: 'job' });
    const forbidden = forbids(caller.id, job);
    const parties = { customer: caller.id, contractor: application.contractor };
    if (!forbidden) {
      const { timeline, description } = input;
      const about = { application: application.id, job: job.id };
      await tables.put('offers', { id, ...parties, ...about, timeline, description, reason: null });
      await tables.put('applications', { ...application, status: 'offer_sent' });
      await tables.put('jobs', { ...job, offer: id });
    }
    const command = { type: 'SendOffer', parties, reference: job.id, amount: input.amount } as const;
    return inBook((book) => {
      const offers = book.use(offerProcess);
      const options = { actor: actorOf(caller), key };
      return underHostRules({
        forbidden,
        execute: () => offers.execute(id, command, options),
        preview: () => offers.preview(id, command, options),
      });
    });
  });
  return sent.map(() => id);
}

function forbids(caller: string, job: Job): HostRefusal | undefined {
  if (job.customer !== caller) return { code: 'not_the_owner' };
  if (job.status !== 'open') return { code: 'job_not_open', status: job.status };
  return undefined;
}
