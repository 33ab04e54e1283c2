/** What a closed loop came to. */
export interface LoopResult {
  readonly callers: number;
  readonly done: number;
  /** Calls that gave up. */
  readonly failed: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Lets callers ask again and again, each waiting for its answer before it asks again.
 *
 * @param work - One call; gets a number that no other call gets. `false`: it gave up, and counts as nothing.
 * @param options - `seconds` are measured after a quarter of that as warm-up.
 */
export async function closedLoop(
  work: (index: number) => Promise<unknown>,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<LoopResult> {
  const begin = performance.now();
  const from = begin + seconds * 250;
  const until = from + seconds * 1_000;
  const times: number[] = [];
  let next = 0;
  let failed = 0;
  const call = async (): Promise<void> => {
    for (;;) {
      const start = performance.now();
      if (start >= until) return;
      const given = await work(next++);
      if (given === false) failed++;
      const end = performance.now();
      if (given !== false && start >= from && end <= until) times.push(end - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  times.sort((left, right) => left - right);
  return {
    callers,
    done: times.length,
    failed,
    perSecond: Math.round(times.length / seconds),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

function percentile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return Math.round(value * 100) / 100;
}
