import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Portal } from '../portal.ts';
import { Refused } from './respond.ts';
import { troubles } from './schemas.ts';

/** Says whether the portal works, and what it counted. */
export function healthRoutes(portal: Portal, metricsToken: string | undefined): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/health',
      {
        config: { rateLimit: false },
        schema: {
          tags: ['operations'],
          summary: 'Says whether the database and the book answer',
          response: {
            200: z.object({ status: z.literal('ok'), sequence: z.number() }),
            503: z.object({ status: z.literal('down') }),
            ...troubles,
          },
        },
      },
      async (_request, reply) => {
        const answers = await sql`select 1`.execute(portal.database).then(
          () => portal.book.head(),
          () => undefined,
        );
        if (!answers?.isOk()) return reply.status(503).send({ status: 'down' as const });
        return { status: 'ok' as const, sequence: answers.value.sequence };
      },
    );
    app.get(
      '/metrics',
      { config: { rateLimit: false }, schema: { tags: ['operations'], summary: 'What was counted, for Prometheus' } },
      async (request, reply) => {
        const isOpen = metricsToken === undefined || request.headers.authorization === `Bearer ${metricsToken}`;
        if (!isOpen) throw new Refused({ code: 'not_signed_in' });
        return reply.type(portal.metrics.registry.contentType).send(await portal.metrics.registry.metrics());
      },
    );
  };
}
