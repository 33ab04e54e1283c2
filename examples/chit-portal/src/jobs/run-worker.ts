import type { Portal } from '../portal.ts';
import { type SweepOptions, sweep } from './sweep.ts';

/** What the portal does by itself. */
export interface Worker {
  /** Finishes what it is at, and does no more. */
  stop(): Promise<void>;
}

/** Sweeps over and over. */
export function runWorker(
  portal: Portal,
  { everyMs, ...options }: SweepOptions & { readonly everyMs: number },
): Worker {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let sweeping: Promise<unknown> = Promise.resolve();
  const begin = (): void => {
    sweeping = sweep(portal, options).then(() => {
      if (!stopped) timer = setTimeout(begin, everyMs);
    });
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
      clearTimeout(timer);
    },
  };
}
