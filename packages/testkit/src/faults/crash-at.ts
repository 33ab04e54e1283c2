import type { Store, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { interceptStore, type StoreCall } from './intercept-store.ts';

/** Where a process dies: at which call of its store, before the call had its effect or after. */
export interface CrashPoint {
  /** From 1. */
  readonly call: number;
  readonly side: 'before' | 'after';
}

/** A store of a process that dies. */
export interface CrashingStore<Client> {
  readonly store: Store<Client>;
  /** Ends when the process has died. */
  readonly died: Promise<StoreCall>;
  /** How many calls it has made. */
  calls(): number;
}

/** Thrown inside a dead process's locked work, so that its lock is let go, as a database does for a client that is gone. */
class Died extends Error {}

/**
 * Gives a store on which the calling process dies at a point: from then on no call of it is ever answered, and none has an effect.
 *
 * @param store - Lives on, for the process that comes after.
 */
export function crashAt<Client>(store: Store<Client>, point: CrashPoint): CrashingStore<Client> {
  let calls = 0;
  let dead = false;
  let die = (_call: StoreCall): void => {};
  const died = new Promise<StoreCall>((resolve) => {
    die = (call) => {
      dead = true;
      resolve(call);
    };
  });
  const silence = <T>(call: StoreCall): Promise<T> =>
    call.underLock ? Promise.reject(new Died()) : new Promise<T>(() => {});
  const around = async <T>(
    call: StoreCall,
    run: () => Promise<Result<T, StoreFault>>,
  ): Promise<Result<T, StoreFault>> => {
    if (dead) return silence(call);
    calls += 1;
    const here = calls === point.call;
    if (here && point.side === 'before') {
      die(call);
      return silence(call);
    }
    try {
      const answer = await run();
      if (here) die(call);
      return dead ? await silence(call) : answer;
    } catch (error) {
      if (error instanceof Died) return new Promise(() => {});
      throw error;
    }
  };
  return { store: interceptStore(store, around), died, calls: () => calls };
}
