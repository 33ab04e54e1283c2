import type { ExecuteFault } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { offerProcess } from '../book/offer-process.ts';
import type { Job, User } from '../host/rows.ts';
import { actorOf } from './actor-of.ts';
import type { Answer, AnyRefusal } from './answer.ts';
import type { HostRefusal } from './refusals.ts';
import type { Asked, Service } from './service.ts';
import { underHostRules } from './under-host-rules.ts';

/**
 * Cancels a job. Whatever its offer holds goes back to the customer, pending or accepted (J17), the platform fee with it (J2).
 *
 * Cancelling a cancelled job without an offer changes nothing and is no mistake.
 *
 * @returns The job's id.
 */
export async function cancelJob(service: Service, asked: Asked, id: string, reason: string): Answer<string> {
  const plan = await service.host.transaction((tables) => tables.find('jobs', id));
  if (!plan) return err({ code: 'nothing_there', what: 'job' });
  if (plan.offer !== null) {
    const cancelled = await cancelWithOffer(service, asked, id, reason);
    // The offer ended by itself (rejected, expired): there is nothing to give back, and the job can still be cancelled.
    if (cancelled.isOk() || !isOfferOver(cancelled.error)) return cancelled;
  }
  const alone = await cancelAlone(service, asked, plan);
  // A new offer was sent between the two looks: it has to be cancelled with its job.
  return alone === 'offer_changed' ? cancelJob(service, asked, id, reason) : alone;
}

async function cancelAlone(
  { host }: Service,
  { caller }: Asked,
  plan: Job,
): Promise<Result<string, AnyRefusal> | 'offer_changed'> {
  return host.transaction(async (tables) => {
    const job = await tables.lock('jobs', plan.id);
    if (!job) return err({ code: 'nothing_there', what: 'job' });
    const forbidden = forbids(caller, job);
    if (forbidden) return err(forbidden);
    if (job.offer !== plan.offer) return 'offer_changed';
    if (job.status !== 'cancelled') await tables.put('jobs', { ...job, status: 'cancelled' });
    return ok(job.id);
  });
}

async function cancelWithOffer(service: Service, { caller, key }: Asked, id: string, reason: string): Answer<string> {
  const cancelled = await service.host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const job = await tables.lock('jobs', id);
    const offer = job && job.offer !== null ? await tables.find('offers', job.offer) : undefined;
    if (!job || !offer) return err({ code: 'nothing_there', what: 'job' });
    await tables.put('jobs', { ...job, status: 'cancelled' });
    await tables.put('offers', { ...offer, reason });
    return inBook((book) => {
      const offers = book.use(offerProcess);
      const options = { actor: actorOf(caller), key };
      return underHostRules({
        forbidden: forbids(caller, job),
        execute: () => offers.execute(offer.id, { type: 'CancelOffer', reason }, options),
        preview: () => offers.preview(offer.id, { type: 'CancelOffer', reason }, options),
      });
    });
  });
  return cancelled.map(() => id);
}

function isOfferOver(error: AnyRefusal | ExecuteFault): boolean {
  return error.code === 'overdue' || (error.code === 'wrong_status' && GONE.includes(error.status));
}

function forbids(caller: User, job: Job): HostRefusal | undefined {
  if (job.customer !== caller.id && caller.role !== 'admin') return { code: 'not_the_owner' };
  if (job.status === 'completed') return { code: 'job_finished', status: 'completed' };
  return undefined;
}

const GONE: readonly string[] = ['rejected', 'expired'];
