import { Defect, type Duration, show } from '@holdfast/kernel';

/** How a piece of work ended. */
export type TimedEnd<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The time was over. The signal was fired; what the work still does is not waited for. */
  | { readonly kind: 'timed_out' }
  /** The caller gave up; likewise. */
  | { readonly kind: 'given_up' }
  | { readonly kind: 'threw'; readonly error: unknown };

/** Calls back once after a time and gives a way to stop that. `setTimeout`, where nothing else is given. */
export type Timer = (afterMs: number, call: () => void) => () => void;

/**
 * Runs work under a time-out. When the time is over, or the caller gives up, the work's signal fires, which closes its socket, and the end is told at once:
 * work that takes no notice of its signal keeps nobody waiting.
 *
 * @throws Defect where the time is not from 1 ms to 10 minutes.
 * @source docs/rules/providers.md, B-13
 */
export async function withTimeout<T>(
  work: (signal: AbortSignal) => Promise<T>,
  {
    timeout,
    signal,
    timer = processTimer,
  }: { readonly timeout: Duration; readonly signal?: AbortSignal; readonly timer?: Timer },
): Promise<TimedEnd<T>> {
  checkTimeout(timeout);
  if (signal?.aborted) return { kind: 'given_up' };
  const own = new AbortController();
  let end: (end: TimedEnd<T>) => void = () => undefined;
  const ended = new Promise<TimedEnd<T>>((resolve) => {
    end = resolve;
  });
  const stop = (kind: 'timed_out' | 'given_up') => {
    end({ kind });
    own.abort(new Error(kind === 'timed_out' ? `no answer within ${timeout.ms} ms` : 'the caller gave up'));
  };
  const giveUp = () => stop('given_up');
  signal?.addEventListener('abort', giveUp, { once: true });
  const cancel = timer(timeout.ms, () => stop('timed_out'));
  settle(work, own.signal, end);
  try {
    return await ended;
  } finally {
    cancel();
    signal?.removeEventListener('abort', giveUp);
  }
}

/** Checks a time-out when it is set, not when it is first needed. */
export function checkTimeout({ ms }: Duration): void {
  if (!Number.isInteger(ms) || ms < 1 || ms > MOST_MS)
    throw new Defect(`a time-out is from 1 to ${MOST_MS} ms, not ${show(ms)}`);
}

async function settle<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  end: (end: TimedEnd<T>) => void,
): Promise<void> {
  try {
    end({ kind: 'done', value: await work(signal) });
  } catch (error) {
    end({ kind: 'threw', error });
  }
}

const processTimer: Timer = (afterMs, call) => {
  const timer = setTimeout(call, afterMs);
  return () => clearTimeout(timer);
};

/** Ten minutes: far below what a timer can hold, above what a lease allows. */
const MOST_MS = 600_000;
