import type { Store } from '@holdfast/kernel';
import { type CrashPoint, crashAt } from './crash-at.ts';

/** What {@link crashAtEveryCall} sweeps over. */
export interface CrashSweep<Client> {
  /** Opens a store on fresh data for each point. */
  open(): Promise<{ readonly store: Store<Client> /** Ends what was opened. */; close(): Promise<void> }>;
  /**
   * What a process does with its store, from opening its book on: called once to die at the point, and once more, with the same keys,
   * as the process that comes after.
   */
  run(store: Store<Client>): Promise<void>;
  /** Looks at what is left, and throws where it is wrong. */
  check(store: Store<Client>, point: CrashPoint): Promise<void>;
  /** The most calls to sweep; 1,000 where it is absent. */
  readonly mostCalls?: number;
}

/**
 * Lets a process die at each of its store calls, before the call and after it, and asks again with the same keys.
 *
 * @returns How many points were swept: all of them, or it throws.
 */
export async function crashAtEveryCall<Client>(sweep: CrashSweep<Client>): Promise<{ readonly points: number }> {
  const { mostCalls = 1_000 } = sweep;
  let points = 0;
  for (let call = 1; call <= mostCalls; call++) {
    for (const side of ['before', 'after'] as const) {
      const reached = await crashOnce(sweep, { call, side });
      if (!reached) return { points };
      points += 1;
    }
  }
  throw new RangeError(`The run makes more than ${mostCalls} calls.`);
}

async function crashOnce<Client>(sweep: CrashSweep<Client>, point: CrashPoint): Promise<boolean> {
  const opened = await sweep.open();
  try {
    const first = crashAt(opened.store, point);
    const end = await Promise.race([first.died.then(() => 'died'), sweep.run(first.store).then(() => 'ran')]);
    if (end === 'ran' && first.calls() < point.call) return false;
    await sweep.run(opened.store);
    await sweep.check(opened.store, point);
    return true;
  } catch (error) {
    throw new Error(`after a crash ${point.side} call ${point.call}`, { cause: error });
  } finally {
    await opened.close();
  }
}
