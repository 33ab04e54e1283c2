import type { Breaker } from '../src/breaker/breaker.ts';

/** How a breaker may misbehave: it tells the truth to nobody. */
export type Lie = 'open' | 'closed' | 'random' | 'throws' | 'hangs' | 'nonsense' | 'honest';

export const lies: readonly Lie[] = ['open', 'closed', 'random', 'throws', 'hangs', 'nonsense', 'honest'];

/** Makes a breaker that lies. */
export function lying(lie: Lie, chance: () => number): Breaker {
  const permit = { generation: 1, probe: 0 };
  const answer = async (): Promise<Awaited<ReturnType<Breaker['ask']>>> => {
    if (lie === 'throws') throw new Error('a bug');
    if (lie === 'hangs') return new Promise<never>(() => undefined);
    if (lie === 'nonsense') return undefined as never;
    const open = lie === 'open' || (lie === 'random' && chance() < 0.5);
    return open ? { retryAt: null } : { permit };
  };
  return {
    ask: answer,
    report: async () => {
      await answer();
    },
    forceOpen: async () => true,
    forceClose: async () => true,
    state: async () => ({ phase: 'closed', generation: 1, recent: [] }),
  };
}
