import type { Instant } from '@holdfast/kernel';
import { type Breaker, createBreaker } from '../breaker/breaker.ts';
import type { BreakerPermit, BreakerResult } from '../breaker/state.ts';
import { withTimeout } from '../bulkhead/with-timeout.ts';
import type { FullGuardOptions } from './options.ts';

/** Leave to call, or from when it is worth asking again. */
export type Leave = { readonly permit: BreakerPermit } | { readonly permit?: never; readonly retryAt: Instant | null };

/** The breakers of one provider. */
export interface Breakers {
  of(name: string): Breaker;
  /** Asks for leave. A breaker that throws or does not answer lets the call through. */
  ask(name: string): Promise<Leave>;
  /** Tells what came of a call. Never fails, and waits for a breaker no longer than a second. */
  report(name: string, permit: BreakerPermit, result: BreakerResult): Promise<void>;
}

/** Keeps one breaker for each name, made when it is first asked for. */
export function keepBreakers({ clock, random, breaker, breakerFor, timer }: FullGuardOptions): Breakers {
  const kept = new Map<string, Breaker>();
  const of = (name: string): Breaker => {
    const known = kept.get(name) ?? breakerFor?.(name) ?? createBreaker({ clock, random, settings: breaker });
    kept.set(name, known);
    return known;
  };
  const patiently = <T>(work: () => Promise<T>) => withTimeout(work, { timeout: PATIENCE, ...(timer && { timer }) });
  return {
    of,
    async ask(name) {
      const end = await patiently(async () => of(name).ask());
      const answer = end.kind === 'done' ? end.value : undefined;
      if (answer?.permit) return answer;
      return answer && 'retryAt' in answer ? answer : { permit: { generation: 0, probe: 0 } };
    },
    async report(name, permit, result) {
      await patiently(async () => of(name).report(permit, result));
    },
  };
}

const PATIENCE = { ms: 1_000 };
