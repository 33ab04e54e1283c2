import type { Receipt } from '@holdfast/kernel';
import type { Response } from 'express';
import type { Result } from 'neverthrow';

/** Words what the book said: a receipt, a refusal (409), or a fault, after which the same request helps later (503). */
export function answer(
  response: Response,
  done: Result<Receipt, { readonly code: string }>,
  status = 200,
  more: object = {},
): void {
  if (done.isOk()) return void response.status(status).json({ ...more, sequence: done.value.sequence });
  const { error } = done;
  if ('fault' in error) response.status(503).set('retry-after', '1').json({ code: error.code });
  else response.status(409).json(error);
}
