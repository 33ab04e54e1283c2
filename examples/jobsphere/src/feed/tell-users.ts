import type { Unit } from '@holdfast/kernel';
import type { Notification, OfferText } from '../host/rows.ts';
import type { Tables } from '../host/tables.ts';
import { plainAmount } from '../service/plain-amount.ts';
import { positionOf } from './position.ts';

/** Writes the messages that a unit's events mean for users, to be delivered after this (J18). */
export async function tellUsers(tables: Tables, sequence: number, unit: Unit): Promise<void> {
  let index = 0;
  for (const event of unit.events) {
    if (!event.record?.startsWith('offer/')) continue;
    const offer = await tables.find('offers', event.record.slice('offer/'.length));
    if (!offer) continue;
    const title = (await tables.find('jobs', offer.job))?.title ?? '';
    if (event.type === 'OfferExpired') await reopenApplication(tables, offer);
    for (const message of await messagesOf(tables, event.type, offer, { unit, title })) {
      const data = { offerId: offer.id, jobId: offer.job, ...message.data };
      const { receiver, body, type } = message;
      await tables.put('notifications', {
        id: `${sequence}.${index}`,
        position: positionOf(sequence),
        receiver,
        title: message.title,
        body,
        type,
        data: JSON.stringify(data),
        created_at: unit.at,
        delivered: 'no',
      });
      index += 1;
    }
  }
}

type Message = Pick<Notification, 'receiver' | 'title' | 'body' | 'type'> & {
  readonly data?: { readonly amount: string };
};

async function messagesOf(
  tables: Tables,
  event: string,
  offer: OfferText,
  { unit, title }: { readonly unit: Unit; readonly title: string },
): Promise<readonly Message[]> {
  const { customer, contractor } = offer;
  switch (event) {
    case 'OfferSent': {
      const amount = budgetIn(unit);
      const body = `You received an offer of $${plainAmount(amount)} for "${title}"`;
      return [{ receiver: contractor, title: 'New Offer Received', body, type: 'booking_confirmed', data: { amount } }];
    }
    case 'OfferAccepted': {
      const told = {
        receiver: customer,
        title: 'Offer Accepted',
        body: `Your offer for "${title}" was accepted`,
      } as const;
      return [{ ...told, type: 'booking_confirmed' }, ...(await toOtherApplicants(tables, offer, title))];
    }
    case 'OfferRejected':
      return [
        {
          receiver: customer,
          title: 'Offer Rejected',
          body: `Your offer for "${title}" was rejected`,
          type: 'booking_declined',
        },
      ];
    case 'OfferExpired':
      return [customer, contractor].map((receiver) => ({
        receiver,
        title: 'Offer Expired',
        body: `The offer for "${title}" has expired`,
        type: 'general' as const,
      }));
    case 'JobStarted':
      return [{ receiver: customer, title: 'Job Started', body: `Work on "${title}" has begun`, type: 'general' }];
    case 'JobGivenUp':
      return [
        {
          receiver: customer,
          title: 'Job Given Up',
          body: `The job "${title}" was given up, and you were refunded`,
          type: 'general',
        },
      ];
    case 'OfferCancelled':
      return [
        { receiver: contractor, title: 'Job Cancelled', body: `The job "${title}" was cancelled`, type: 'general' },
      ];
    case 'JobCompleted': {
      const amount = paidIn(unit);
      const body = `You received $${plainAmount(amount)} for "${title}"`;
      return [{ receiver: contractor, title: 'Payment Received', body, type: 'payment_received', data: { amount } }];
    }
    default:
      return [];
  }
}

/** Whom the acceptance leaves out. The list may have moved on since, so a message says no more than what stays true. */
async function toOtherApplicants(tables: Tables, offer: OfferText, title: string): Promise<readonly Message[]> {
  const all = await tables.list('applications', { equal: { job: offer.job } }, { order: 'id' });
  return all
    .filter(({ id }) => id !== offer.application)
    .map(({ contractor }) => ({
      receiver: contractor,
      title: 'Application Rejected',
      body: `Another applicant was chosen for "${title}"`,
      type: 'booking_declined',
    }));
}

async function reopenApplication(tables: Tables, offer: OfferText): Promise<void> {
  const job = await tables.lock('jobs', offer.job);
  const application = await tables.lock('applications', offer.application);
  // The customer may have sent another offer since.
  if (job?.offer !== offer.id || application?.status !== 'offer_sent') return;
  await tables.put('applications', { ...application, status: 'pending' });
}

function paidIn({ entries }: Unit): string {
  return entries.flat().find(([, , , , kind]) => kind === 'contractor_payout')?.[2] ?? '0.00';
}

function budgetIn({ events }: Unit): string {
  const data = events[0]?.data as { readonly freezes?: { readonly amount?: { readonly amount?: string } } } | undefined;
  return data?.freezes?.amount?.amount ?? '0.00';
}
