import type { Instant } from '@holdfast/kernel';
import { resultOfOutcome } from '../breaker/result-of.ts';
import type { Bulkhead } from '../bulkhead/bulkhead.ts';
import { withTimeout } from '../bulkhead/with-timeout.ts';
import type { Send } from '../port/operation.ts';
import type { NotSent, SubmitOutcome } from '../port/outcome.ts';
import type { Provider } from '../port/provider.ts';
import type { Breakers } from './breakers.ts';
import type { FullGuardOptions } from './options.ts';

/** What a guarded send goes through. */
export interface SubmitGuard {
  readonly provider: Provider;
  readonly breakers: Breakers;
  readonly bulkhead: Bulkhead;
  readonly options: FullGuardOptions;
}

/**
 * Sends once, or not at all: Breaker(Bulkhead(Timeout)). A time-out, a caller who gives up under way and an adapter that throws are all `unknown`; there is
 * no other answer that a guard may give for a send that has begun.
 *
 * @source docs/rules/providers.md, B-14, B-15
 */
export async function guardSubmit(guard: SubmitGuard, send: Send, signal?: AbortSignal): Promise<SubmitOutcome> {
  const { provider, breakers, bulkhead } = guard;
  const { kind, amount } = send.operation;
  if (!canDo(provider, kind, amount.currency.code)) return { outcome: 'not_sent', reason: 'not_capable' };
  if (signal?.aborted) return { outcome: 'not_sent', reason: 'given_up' };
  const name = `submit:${kind}`;
  const leave = await breakers.ask(name);
  if (!leave.permit) return breakerOpen(leave.retryAt);
  const outcome = await bulkhead.run(() => sendOnce(guard, send, signal));
  const ended: SubmitOutcome = outcome === 'full' ? { outcome: 'not_sent', reason: 'bulkhead_full' } : outcome;
  await breakers.report(name, leave.permit, resultOfOutcome(ended));
  return ended;
}

function breakerOpen(retryAt: Instant | null): NotSent {
  const refused = { outcome: 'not_sent', reason: 'breaker_open' } as const;
  return retryAt === null ? refused : { ...refused, retryAt };
}

/** Says whether a provider claims to be able to do a kind of operation in a currency. */
export function canDo({ descriptor }: Pick<Provider, 'descriptor'>, kind: string, currency: string): boolean {
  const { operations } = descriptor;
  const power = Object.hasOwn(operations, kind) ? operations[kind as keyof typeof operations] : undefined;
  return power !== undefined && (power.currencies === 'any' || power.currencies.includes(currency));
}

async function sendOnce({ provider, options }: SubmitGuard, send: Send, signal?: AbortSignal): Promise<SubmitOutcome> {
  const { submitTimeout: timeout, timer } = options;
  let begun = false;
  const end = await withTimeout(
    (own) => {
      begun = true;
      return provider.submit(send, own);
    },
    { timeout, ...(signal && { signal }), ...(timer && { timer }) },
  );
  if (end.kind === 'done') return isOutcome(end.value) ? end.value : silence('the adapter gave no outcome');
  if (!begun) return { outcome: 'not_sent', reason: 'given_up' };
  if (end.kind === 'timed_out') return silence(`no answer within ${timeout.ms} ms`);
  if (end.kind === 'given_up') return silence('the caller gave up under way');
  return silence(`the adapter threw: ${end.error instanceof Error ? end.error.message : String(end.error)}`);
}

function isOutcome(value: SubmitOutcome | undefined): value is SubmitOutcome {
  return OUTCOMES.has(value?.outcome as string);
}

function silence(detail: string): SubmitOutcome {
  return { outcome: 'unknown', reason: 'silence', detail };
}

const OUTCOMES: ReadonlySet<string> = new Set<SubmitOutcome['outcome']>([
  'accepted',
  'action_required',
  'rejected',
  'not_sent',
  'unknown',
  'conflict',
]);
