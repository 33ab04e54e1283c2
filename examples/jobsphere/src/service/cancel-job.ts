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
 * Who may: the customer and admins; once the contractor has begun, the contractor and admins (J3). Cancelling a cancelled job without an offer
 * changes nothing and is no mistake.
 *
 * @returns The job's id.
 */
export async function cancelJob(service: Service, asked: Asked, id: string, reason: string): Answer<string> {
  const seen = await service.host.transaction((tables) => tables.find('jobs', id));
  if (!seen) return err({ code: 'nothing_there', what: 'job' });
  if (seen.offer !== null) {
    const read = await service.book.use(offerProcess).read(seen.offer);
    if (read.isErr()) return err(read.error);
    const begun = read.value.state?.entered.started !== undefined;
    const cancelled = await cancelWithOffer(service, asked, { id, reason, begun });
    // The offer ended by itself (rejected, expired): there is nothing to give back, and the job can still be cancelled.
    if (cancelled.isOk() || !isOfferOver(cancelled.error)) return cancelled;
  }
  const alone = await cancelAlone(service, asked, seen);
  // A new offer was sent between the two looks: it has to be cancelled with its job.
  return alone === 'offer_changed' ? cancelJob(service, asked, id, reason) : alone;
}

interface Cancel {
  readonly id: string;
  readonly reason: string;
  /** The contractor has begun. */
  readonly begun: boolean;
}

async function cancelWithOffer({ host }: Service, asked: Asked, { id, reason, begun }: Cancel): Answer<string> {
  const { caller, key } = asked;
  const cancelled = await host.atomically<AnyRefusal | ExecuteFault>(async (tables, inBook) => {
    const job = await tables.lock('jobs', id);
    const offer = job && job.offer !== null ? await tables.find('offers', job.offer) : undefined;
    if (!job || !offer) return err({ code: 'nothing_there', what: 'job' });
    await tables.put('jobs', { ...job, status: 'cancelled' });
    await tables.put('offers', { ...offer, reason });
    return inBook((book) => {
      const offers = book.use(offerProcess);
      const command = { type: begun ? 'GiveUpJob' : 'CancelOffer', reason } as const;
      const options = { actor: actorOf(caller), key };
      return underHostRules({
        forbidden: forbids(caller, job, begun),
        execute: () => offers.execute(offer.id, command, options),
        preview: () => offers.preview(offer.id, command, options),
      });
    });
  });
  return cancelled.map(() => id);
}

async function cancelAlone(
  { host }: Service,
  { caller }: Asked,
  seen: Job,
): Promise<Result<string, AnyRefusal> | 'offer_changed'> {
  return host.transaction(async (tables) => {
    const job = await tables.lock('jobs', seen.id);
    if (!job) return err({ code: 'nothing_there', what: 'job' });
    const forbidden = forbids(caller, job, false);
    if (forbidden) return err(forbidden);
    if (job.offer !== seen.offer) return 'offer_changed';
    if (job.status !== 'cancelled') await tables.put('jobs', { ...job, status: 'cancelled' });
    return ok(job.id);
  });
}

function isOfferOver(error: AnyRefusal | ExecuteFault): boolean {
  return error.code === 'overdue' || (error.code === 'wrong_status' && GONE.includes(error.status));
}

function forbids(caller: User, job: Job, begun: boolean): HostRefusal | undefined {
  const isParty = caller.id === job.customer || (begun && caller.id === job.contractor);
  if (!isParty && caller.role !== 'admin') return { code: 'not_the_owner' };
  if (job.status === 'completed') return { code: 'job_finished', status: 'completed' };
  if (begun && caller.id === job.customer) return { code: 'job_begun' };
  return undefined;
}

const GONE: readonly string[] = ['rejected', 'expired'];
