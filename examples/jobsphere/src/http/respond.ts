import type { ExecuteFault } from '@holdfast/kernel';
import type { Request, RequestHandler, Response } from 'express';
import type { Result } from 'neverthrow';
import type { JournalDiverged } from '../feed/follow-journal.ts';
import type { AnyRefusal } from '../service/answer.ts';
import type { Asked } from '../service/service.ts';
import { answerTo, answerToFault } from './answer-to.ts';
import { readAsked } from './read-request.ts';

/** Every answer that is none: a refusal, or a fault. */
export type Trouble = AnyRefusal | JournalDiverged | ExecuteFault;

/** What a good answer says. */
export interface Good<T> {
  readonly status?: number;
  readonly message: string;
  readonly data: (value: T) => unknown;
}

/** Makes a handler of a command: it needs a key, and is answered once the service has answered. */
export function onCommand<T>(
  work: (asked: Asked, request: Request) => Promise<Result<T, Trouble>>,
  good: Good<T>,
): RequestHandler {
  return async (request, response) => {
    const asked = readAsked(request, response);
    if (asked.isErr()) return respondTrouble(response, asked.error);
    respond(response, await work(asked.value, request), good);
  };
}

/** Answers in the seed's envelope `{ status, message, data }`; a refusal has its `code` and its fields as data. */
export function respond<T>(response: Response, result: Result<T, Trouble>, good: Good<T>): void {
  if (result.isErr()) {
    respondTrouble(response, result.error);
    return;
  }
  const { status = 200, message } = good;
  response.status(status).json({ status, message, data: good.data(result.value) });
}

/** Answers what went wrong. Of a fault no more is told than whether it helps to ask again. */
export function respondTrouble(response: Response, trouble: Trouble): void {
  const isFault = 'fault' in trouble || trouble.code === 'journal_diverged';
  const [status, message] = isFault ? answerToFault(trouble) : answerTo(trouble as AnyRefusal);
  if (status === 503) response.set('retry-after', '1');
  const data = isFault ? { code: 'retryable' in trouble && trouble.retryable ? 'try_again' : 'failed' } : trouble;
  response.status(status).json({ status, message, data });
}
