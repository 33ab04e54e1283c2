import type { StripeClient } from './client.ts';

/** Counts what a client writes to the network under a key, from `begin` to `end`. */
export interface SendCounter {
  begin(key: string): { sends(): number; end(): void };
}

/**
 * Listens to a client once, for as long as it lives: a listener for each send would be one too many from the eleventh on.
 *
 * @source docs/rules/provider-stripe.md, ST-5
 */
export function countSends(stripe: StripeClient): SendCounter {
  const running = new Map<string, { count: number; open: number }>();
  stripe.on('request', ({ idempotency_key: key }) => {
    const one = key === undefined ? undefined : running.get(key);
    if (one !== undefined) one.count += 1;
  });
  return {
    begin(key) {
      // Two sends at once under one key count each other, which errs on the side of not knowing.
      const one = running.get(key) ?? { count: 0, open: 0 };
      running.set(key, one);
      one.open += 1;
      return {
        sends: () => one.count,
        end: () => {
          one.open -= 1;
          if (one.open === 0) running.delete(key);
        },
      };
    },
  };
}
