import { Defect, show } from '@holdfast/kernel';

/** How many calls may be under way at once, and how many may wait for a place. */
export interface BulkheadSettings {
  readonly concurrent: number;
  readonly waiting: number;
}

/** Keeps a slow provider from taking all the process has. */
export interface Bulkhead {
  /** Runs the work, at once or when a place is free; answers `full` where no place is free and nobody else may wait. */
  run<T>(work: () => Promise<T>): Promise<T | 'full'>;
  /** Calls under way and waiting. */
  load(): { readonly running: number; readonly waiting: number };
}

/**
 * Makes a bulkhead: ten calls at once and none waiting where nothing else is said. Who waits is served in order.
 *
 * @throws Defect where a number cannot be: 1 to 10,000 at once, 0 to 10,000 waiting.
 * @source docs/rules/providers.md, B-12
 */
export function createBulkhead(given: Partial<BulkheadSettings> = {}): Bulkhead {
  const { concurrent, waiting } = { concurrent: 10, waiting: 0, ...given };
  check('concurrent', concurrent, 1);
  check('waiting', waiting, 0);
  const queue: (() => void)[] = [];
  let running = 0;
  const leave = () => {
    const next = queue.shift();
    // The place is handed on and never free between, so that nobody who comes now overtakes who waits.
    if (next) next();
    else running -= 1;
  };
  return {
    async run(work) {
      if (running >= concurrent && queue.length >= waiting) return 'full';
      if (running < concurrent) running += 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return await work();
      } finally {
        leave();
      }
    },
    load: () => ({ running, waiting: queue.length }),
  };
}

function check(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least || value > 10_000)
    throw new Defect(`${name} of a bulkhead is from ${least} to 10,000, not ${show(value)}`);
}
