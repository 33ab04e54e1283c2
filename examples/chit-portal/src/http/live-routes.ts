import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LiveEvents } from '../live/live-events.ts';
import type { Portal } from '../portal.ts';
import { idPath } from './schemas.ts';
import { visibleScheme } from './scheme-routes.ts';
import { callerOf, signedIn } from './sign-in.ts';

/** The live auction of a scheme as server-sent events. */
export function liveRoutes(portal: Portal, live: LiveEvents): FastifyPluginAsyncZod {
  return async (app) => {
    const open = new Set<() => void>();
    app.addHook('preClose', async () => {
      for (const end of [...open]) end();
    });
    app.get(
      '/:id/events',
      {
        preHandler: signedIn(portal),
        schema: {
          tags: ['draws'],
          security: [{ bearer: [] }],
          summary:
            'Server-sent events of a scheme as they happen: draws, bids, winners, payments. Goes on behind `Last-Event-ID`',
          params: idPath,
          querystring: z.strictObject({
            after: z.coerce.number().int().min(0).optional().describe('the place in the journal to begin behind'),
          }),
        },
      },
      async (request, reply) => {
        const { id } = await visibleScheme(portal, request.params.id, callerOf(request));
        const [, last] = /^([0-9]{1,15})\.[0-9]+$/.exec(String(request.headers['last-event-id'] ?? '')) ?? [];
        const after = last === undefined ? (request.query.after ?? (await live.head())) : Number(last);
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // Kept alive behind its end it would hold the portal up when it closes.
          connection: 'close',
          'x-accel-buffering': 'no',
          'x-trace-id': request.id,
        });
        raw.write(`retry: 2000\nid: ${after}.0\nevent: hello\ndata: {}\n\n`);
        const stop = live.listen(id, after, (event) => {
          // Whoever cannot keep up is cut off, and comes back behind the last event that he has got.
          if (raw.writableLength > MOST_WAITING) return end();
          raw.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
        });
        const beat = setInterval(() => raw.write(': still here\n\n'), 15_000);
        const end = (): void => {
          open.delete(end);
          clearInterval(beat);
          stop();
          raw.end();
        };
        open.add(end);
        raw.on('close', end);
      },
    );
  };
}

const MOST_WAITING = 1_000_000;
