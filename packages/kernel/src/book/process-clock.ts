import { type Instant, instantAt } from '../instant.ts';

/** Gives the clock of this process, which writes each millisecond once. */
export function processClock(): () => Instant {
  let last = Number.NaN;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== last) text = instantAt(now);
    last = now;
    return text;
  };
}
