import { Router } from 'express';
import { err, type Result } from 'neverthrow';
import { z } from 'zod';
import { acceptOffer } from '../service/accept-offer.ts';
import { getOffer, type OfferShape } from '../service/get-offer.ts';
import { rejectOffer } from '../service/reject-offer.ts';
import { sendOffer } from '../service/send-offer.ts';
import type { Asked, Service } from '../service/service.ts';
import { callerOf } from './caller.ts';
import { readAmount, readBody, words } from './read-request.ts';
import { onCommand, respond, type Trouble } from './respond.ts';

/** Offers: a customer sends one to somebody who applied, who accepts or rejects it. */
export function offerRoutes(service: Service): Router {
  const router = Router();
  router.get('/offers/:id', async (request, response) => {
    const offer = await getOffer(service, callerOf(response), request.params.id);
    respond(response, offer, { message: 'Offer retrieved successfully', data: (shape) => shape });
  });
  router.post(
    '/applications/:id/offers',
    onCommand(
      async (asked, request) => {
        const body = readBody(request, OFFER);
        if (body.isErr()) return err(body.error);
        const amount = readAmount(body.value.amount);
        if (amount.isErr()) return err(amount.error);
        const { timeline, description } = body.value;
        const application = String(request.params.id);
        const sent = await sendOffer(service, asked, { application, amount: amount.value, timeline, description });
        return shown(service, asked, sent);
      },
      { status: 201, message: 'Offer sent successfully', data: (offer) => offer },
    ),
  );
  router.post(
    '/offers/:id/accept',
    onCommand(
      async (asked, request) => {
        const body = readBody(request, {});
        if (body.isErr()) return err(body.error);
        return shown(service, asked, await acceptOffer(service, asked, String(request.params.id)));
      },
      { message: 'Offer accepted successfully', data: (offer) => offer },
    ),
  );
  router.post(
    '/offers/:id/reject',
    onCommand(
      async (asked, request) => {
        const body = readBody(request, { reason: words(500) });
        if (body.isErr()) return err(body.error);
        const id = String(request.params.id);
        return shown(service, asked, await rejectOffer(service, asked, id, body.value.reason));
      },
      { message: 'Offer rejected successfully', data: (offer) => offer },
    ),
  );
  return router;
}

async function shown(
  service: Service,
  { caller }: Asked,
  id: Result<string, Trouble>,
): Promise<Result<OfferShape, Trouble>> {
  return id.isErr() ? err(id.error) : getOffer(service, caller, id.value);
}

const OFFER = { amount: z.unknown(), timeline: words(200), description: words(2_000) };
