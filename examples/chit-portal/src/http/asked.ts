import type { FastifyRequest } from 'fastify';
import type { Asked } from '../schemes/draft-scheme.ts';
import { callerOf } from './sign-in.ts';

/** Reads who asks and under which key, on a route whose schema has the header. */
export function askedBy(request: FastifyRequest): Asked {
  return { caller: callerOf(request), key: String(request.headers['idempotency-key']) };
}
