import type { LeasedTask, Store } from '@holdfast/kernel';
import { ok } from 'neverthrow';

/**
 * Lets tasks that were given back wait by the demo's clock. A store lets them wait by its own, which is right for workers that share nothing but the
 * store, and would never end where an hour passes in a moment.
 */
export function onVirtualTime<Client>(store: Store<Client>, nowMs: () => number): Store<Client> {
  const waiting = new Map<string, number>();
  const nameOf = ({ book, task }: LeasedTask): string => `${book} ${task.id}`;
  const tasks: Pick<Store<Client>, 'leaseTasks' | 'giveBackTask'> = {
    async leaseTasks(request) {
      const leased = await store.leaseTasks(request);
      if (leased.isErr()) return leased;
      const ready: LeasedTask[] = [];
      for (const one of leased.value) {
        if ((waiting.get(nameOf(one)) ?? 0) <= nowMs()) ready.push(one);
        else await store.giveBackTask(one, 0);
      }
      for (const one of ready) waiting.delete(nameOf(one));
      return ok(ready);
    },
    giveBackTask(leased, afterMs) {
      waiting.set(nameOf(leased), nowMs() + afterMs);
      return store.giveBackTask(leased, 0);
    },
  };
  return new Proxy(store, {
    get(target, name) {
      const own = Reflect.get(tasks, name) as unknown;
      if (own !== undefined) return own;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
