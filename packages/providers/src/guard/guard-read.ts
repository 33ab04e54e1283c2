import { err, type Result } from 'neverthrow';
import { resultOfFault } from '../breaker/result-of.ts';
import type { Bulkhead } from '../bulkhead/bulkhead.ts';
import { type TimedEnd, withTimeout } from '../bulkhead/with-timeout.ts';
import type { ProviderFault } from '../port/provider.ts';
import { nextRetry } from '../retry/next-retry.ts';
import type { Breakers } from './breakers.ts';
import { type FullGuardOptions, MOST_WAIT_MS } from './options.ts';

/** What a guarded read goes through. */
export interface ReadGuard {
  readonly breakers: Breakers;
  readonly bulkhead: Bulkhead;
  readonly options: FullGuardOptions;
}

/**
 * Reads, and tries again where that may help: Retry(Breaker(Bulkhead(Timeout))), so that each try asks the breaker.
 *
 * @param name - Of the breaker.
 * @source docs/rules/providers.md, B-14
 */
export async function guardRead<T>(
  guard: ReadGuard,
  name: string,
  read: (signal: AbortSignal) => Promise<Result<T, ProviderFault>>,
  signal?: AbortSignal,
): Promise<Result<T, ProviderFault>> {
  const { clock, random, readRetries } = guard.options;
  for (let failures = 1; ; failures++) {
    const answer = await readOnce(guard, name, read, signal);
    if (answer.kind === 'read' && (answer.result.isOk() || !answer.result.error.retryable)) return answer.result;
    const fault = answer.kind === 'read' ? answer.result : err(answer.fault);
    if (answer.kind === 'refused' || signal?.aborted) return fault;
    const at = clock();
    const next = nextRetry(readRetries, { at, failures, random: random() });
    if (next === 'spent') return fault;
    const waitMs = Date.parse(next.dueAt) - Date.parse(at);
    if (waitMs > MOST_WAIT_MS || !(await wait(guard.options, waitMs, signal))) return fault;
  }
}

type Read<T> =
  | { readonly kind: 'read'; readonly result: Result<T, ProviderFault> }
  /** It was never begun, and asking again in the process would hear the same. */
  | { readonly kind: 'refused'; readonly fault: ProviderFault };

async function readOnce<T>(
  { breakers, bulkhead, options }: ReadGuard,
  name: string,
  read: (signal: AbortSignal) => Promise<Result<T, ProviderFault>>,
  signal?: AbortSignal,
): Promise<Read<T>> {
  const leave = await breakers.ask(name);
  if (!leave.permit) {
    const until = leave.retryAt === null ? 'somebody closes it' : leave.retryAt;
    return { kind: 'refused', fault: unavailable(`the breaker of ${name} is open until ${until}`) };
  }
  const { readTimeout: timeout, timer } = options;
  const end = await bulkhead.run(() =>
    withTimeout(read, { timeout, ...(signal && { signal }), ...(timer && { timer }) }),
  );
  const result = end === 'full' ? err(unavailable('too many reads are under way')) : resultOf(end, timeout.ms);
  const givenUp = end === 'full' || end.kind === 'given_up';
  await breakers.report(
    name,
    leave.permit,
    givenUp ? 'ignore' : result.isOk() ? 'success' : resultOfFault(result.error),
  );
  return { kind: 'read', result };
}

function resultOf<T>(end: TimedEnd<Result<T, ProviderFault>>, timeoutMs: number): Result<T, ProviderFault> {
  switch (end.kind) {
    case 'done':
      return end.value;
    case 'timed_out':
      return err(fault('provider_timeout', `no answer within ${timeoutMs} ms`));
    case 'given_up':
      return err(fault('provider_timeout', 'the caller gave up'));
    case 'threw':
      return err({ ...fault('provider_unreadable', `the adapter threw: ${end.error}`), retryable: false });
  }
}

function unavailable(message: string): ProviderFault {
  return fault('provider_unavailable', message);
}

function fault(code: ProviderFault['code'], message: string): ProviderFault {
  return { fault: true, code, message, retryable: true, effect: 'none' };
}

/** Waits, unless the caller gives up. */
async function wait({ timer }: FullGuardOptions, ms: number, signal?: AbortSignal): Promise<boolean> {
  const forever = () => new Promise<never>(() => undefined);
  const end = await withTimeout(forever, {
    timeout: { ms: Math.max(1, ms) },
    ...(signal && { signal }),
    ...(timer && { timer }),
  });
  return end.kind === 'timed_out';
}
