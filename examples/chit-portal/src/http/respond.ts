import type { FastifyReply } from 'fastify';
import type { Result } from 'neverthrow';
import type { PortalRefusal } from '../refusals.ts';
import { type AnyRefusal, answerTo } from './answer-to.ts';

/** A refusal, or a fault of the world. */
export type Trouble = PortalRefusal | AnyRefusal | (AnyRefusal & { readonly fault: true; readonly retryable: boolean });

/** Carries a trouble out of a handler to the one place that words it. */
export class Refused extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.code);
    this.trouble = trouble;
  }
}

/** Gives what a service answered, or leaves the handler with why it did not. */
export function granted<T>(result: Result<T, Trouble>): T {
  if (result.isErr()) throw new Refused(result.error);
  return result.value;
}

/** Answers a trouble: of a fault no more is told than whether it helps to ask again. */
export function respondTrouble(reply: FastifyReply, trouble: Trouble): FastifyReply {
  const traceId = reply.request.id;
  if ('fault' in trouble) {
    if (!trouble.retryable)
      return reply.status(500).send({ code: 'failed', message: 'Something went wrong.', traceId });
    const message = 'Busy. Please send the same request with the same Idempotency-Key again.';
    return reply.status(503).header('retry-after', '1').send({ code: 'try_again', message, traceId });
  }
  const { status, message, field } = answerTo(trouble);
  const said = { code: trouble.code, message, ...(field === undefined ? {} : { field }), traceId };
  return reply.status(status).send({ ...said, details: plain(trouble) });
}

/** What a refusal says besides its code, as JSON. */
function plain({ code: _code, ...details }: Trouble): unknown {
  return JSON.parse(JSON.stringify(details, (_key, value) => (typeof value === 'bigint' ? String(value) : value)));
}
