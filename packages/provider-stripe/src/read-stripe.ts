import type { ProviderFault } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { StripeClient } from './client.ts';
import { type FormFields, writeForm } from './form.ts';
import { failure, listPage } from './objects.ts';
import { redact } from './redact.ts';
import { callStripe, fieldOf, type RawAnswer } from './send.ts';

/** How Stripe is read. */
export interface Reader {
  readonly stripe: StripeClient;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Reads one object or list; `undefined` where Stripe says that there is none. */
export async function readStripe(
  { stripe, timeoutMs, signal }: Reader,
  path: string,
  query: FormFields = {},
): Promise<Result<unknown, ProviderFault>> {
  const asked = writeForm(query);
  const whole = asked === '' ? path : `${path}?${asked}`;
  const answer = await callStripe(stripe, { method: 'GET', path: whole, timeoutMs, signal });
  if (answer.raw !== 'answer') return err(faultOf(answer));
  if (answer.status === 200) return ok(answer.body);
  return isMissing(answer) ? ok(undefined) : err(faultOf(answer));
}

/** Reads a list, page after page, newest first. A list that does not end is a fault. */
export async function readPages(
  reader: Reader,
  path: string,
  query: FormFields,
  { first, mostPages = 1000 }: { readonly first?: Page; readonly mostPages?: number } = {},
): Promise<Result<readonly unknown[], ProviderFault>> {
  const all: unknown[] = [...(first?.data ?? [])];
  let after = first?.last;
  for (let pages = 0; pages < mostPages; pages += 1) {
    if (first?.hasMore === false) return ok(all);
    const page = await readPage(reader, path, { ...query, ...(after === undefined ? {} : { starting_after: after }) });
    if (page.isErr()) return err(page.error);
    all.push(...page.value.data);
    if (!page.value.hasMore) return ok(all);
    if (page.value.last === undefined || page.value.last === after) break;
    after = page.value.last;
  }
  return err(unreadable(`${path} does not end`));
}

/** One page of a list. */
export interface Page {
  readonly data: readonly unknown[];
  readonly hasMore: boolean;
  readonly last: string | undefined;
}

/** Reads one page of a hundred. */
export async function readPage(reader: Reader, path: string, query: FormFields): Promise<Result<Page, ProviderFault>> {
  const read = await readStripe(reader, path, { limit: '100', ...query });
  if (read.isErr()) return err(read.error);
  if (read.value === undefined) return ok({ data: [], hasMore: false, last: undefined });
  const page = listPage.safeParse(read.value);
  if (!page.success) return err(unreadable(`${path} is no list`));
  const last = fieldOf(page.data.data.at(-1), 'id');
  return ok({ data: page.data.data, hasMore: page.data.has_more, last: typeof last === 'string' ? last : undefined });
}

/** Says that Stripe answered what cannot be read. */
export function unreadable(message: string): ProviderFault {
  return fault('provider_unreadable', message, true);
}

/** Says that Stripe, or this adapter, does not give what was asked for. */
export function refused(message: string): ProviderFault {
  return fault('provider_refused', message, false);
}

function isMissing({ status, body }: Extract<RawAnswer, { raw: 'answer' }>): boolean {
  const parsed = failure.safeParse(body);
  return status === 404 && parsed.success && parsed.data.error.code === 'resource_missing';
}

function faultOf(answer: RawAnswer): ProviderFault {
  switch (answer.raw) {
    case 'given_up':
      return fault('provider_timeout', 'given up while Stripe was silent', true);
    case 'unreadable':
      return unreadable(answer.detail);
    case 'broken': {
      const isTimeout = answer.code === 'ETIMEDOUT' && !answer.connecting;
      return fault(isTimeout ? 'provider_timeout' : 'provider_unavailable', `${answer.code} ${answer.detail}`, true);
    }
    case 'answer': {
      const said = `${answer.status}: ${JSON.stringify(answer.body) ?? ''}`;
      if (answer.status >= 500 || answer.status === 429 || answer.status === 409) {
        return fault('provider_unavailable', said, true);
      }
      return answer.status >= 400 ? fault('provider_refused', said, false) : unreadable(said);
    }
  }
}

function fault(code: ProviderFault['code'], message: string, retryable: boolean): ProviderFault {
  return { fault: true, code, message: redact(message), retryable, effect: 'none' };
}
