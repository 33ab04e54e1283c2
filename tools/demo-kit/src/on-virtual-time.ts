import type { LeasedTask, Store } from '@holdfast/kernel';

/**
 * Lets leases run, and tasks that were given back wait, by the demo's clock. A store goes by its own, which is right for workers that share nothing but the
 * store, and would never end where an hour passes in a moment. Only for one process that works alone.
 */
export function onVirtualTime<Client>(store: Store<Client>, nowMs: () => number): Store<Client> {
  const freeAt = new Map<string, number>();
  const nameOf = ({ book, task }: LeasedTask): string => `${book} ${task.id}`;
  const tasks: Pick<Store<Client>, 'leaseTasks' | 'giveBackTask'> = {
    leaseTasks: async (request) => {
      const leased = await store.leaseTasks({ ...request, leaseMs: SHORTEST_LEASE_MS });
      return leased.map((all) => {
        const free = all.filter((one) => (freeAt.get(nameOf(one)) ?? 0) <= nowMs());
        for (const one of free) freeAt.set(nameOf(one), nowMs() + request.leaseMs);
        return free;
      });
    },
    giveBackTask: (leased, afterMs) => {
      freeAt.set(nameOf(leased), nowMs() + afterMs);
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

/** The store lets go at once: whoever takes over from a process that was killed waits for nothing. */
const SHORTEST_LEASE_MS = 1;
