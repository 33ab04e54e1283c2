import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ChitCommandGiven } from '../book/chits.ts';
import type { Portal } from '../portal.ts';
import { commandScheme } from '../schemes/command-scheme.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { askedBy } from './asked.ts';
import { granted } from './respond.ts';
import { channel, id, keyHeader, rupees, troubles, words } from './schemas.ts';
import { signedIn } from './sign-in.ts';

const ticketPath = z.strictObject({ id, ticket: z.coerce.number('a whole number').int().min(1).max(1_000) });
const taken = z.object({ sequence: z.number(), replayed: z.boolean() });

/** What becomes of a prize: security for the instalments to come, and its payment. */
export function prizeRoutes(portal: Portal): FastifyPluginAsyncZod {
  const command = async (request: Parameters<typeof askedBy>[0], schemeId: string, given: ChitCommandGiven) => {
    const { sequence, status } = granted(
      await commandScheme(portal, askedBy(request), { id: schemeId, command: given }),
    );
    return { sequence, replayed: status === 'replayed' };
  };
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
        return command(request, request.params.id, {
          type: 'GiveSecurity',
          ticket,
          kind,
          value: rupeesOf(value),
          reference,
        });
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
        return command(request, request.params.id, given[how]);
      },
    );
  };
}
