import type { Store } from '@holdfast/kernel';

/** Gives a store with some of its calls replaced. */
export function overStore<Client>(store: Store<Client>, calls: Partial<Store<Client>>): Store<Client> {
  return new Proxy(store, {
    get(target, name) {
      const own = Reflect.get(calls, name) as unknown;
      if (own !== undefined) return own;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
