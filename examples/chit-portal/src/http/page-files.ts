import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

/** The page for people: the files of `page/`, at `/`. It loads nothing from elsewhere and runs nothing that stands in the document. */
export function pageFiles(): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', POLICY);
    });
    // One route for each file that is there, so that no address reaches another.
    await app.register(fastifyStatic, { root: fileURLToPath(PAGE), wildcard: false, decorateReply: false });
  };
}

const PAGE = new URL('../../page/', import.meta.url);
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
