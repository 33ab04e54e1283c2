import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Portal } from '../portal.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { channel, id, keyHeader, rupees, troubles, words } from './schemas.ts';
import { signedIn } from './sign-in.ts';
import { takeCommand, taken } from './taken.ts';

const ticketPath = z.strictObject({ id, ticket: z.coerce.number('a whole number').int().min(1).max(1_000) });

/** What becomes of a prize: security for the instalments to come, and its payment. */
export function prizeRoutes(portal: Portal): FastifyPluginAsyncZod {
  const security = [{ bearer: [] }];
  const usual = { tags: ['prizes'], security, headers: keyHeader, response: { 200: taken, ...troubles } };
  return async (app) => {
    app.post(
      '/:id/tickets/:ticket/security',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          ...usual,
          summary: 'Notes the security that a winner has given (foreman)',
          params: ticketPath,
          body: z.strictObject({
            kind: z.enum(['movable', 'immovable', 'surety', 'deposit']),
            value: rupees,
            reference: words(100),
          }),
        },
      },
      async (request) => {
        const { kind, value, reference } = request.body;
        const { ticket } = request.params;
        const given = { type: 'GiveSecurity', ticket, kind, value: rupeesOf(value), reference } as const;
        return takeCommand(portal, request, { id: request.params.id, command: given });
      },
    );
    app.post(
      '/:id/tickets/:ticket/prize',
      {
        preHandler: signedIn(portal, 'FOREMAN'),
        schema: {
          ...usual,
          summary: 'Pays a prize: out; less all instalments to come; or into an account apart (foreman)',
          params: ticketPath,
          body: z.strictObject({ how: z.enum(['pay', 'prepay', 'deposit']), channel: channel.default('bank') }),
        },
      },
      async (request) => {
        const { how, channel } = request.body;
        const { ticket } = request.params;
        const given = {
          pay: { type: 'PayPrize', ticket, channel },
          prepay: { type: 'PrepayPrize', ticket, channel },
          deposit: { type: 'DepositPrize', ticket },
        } as const;
        return takeCommand(portal, request, { id: request.params.id, command: given[how] });
      },
    );
  };
}
