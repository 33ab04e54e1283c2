import { createServer } from 'node:net';
import type { Operation } from '@holdfast/providers';
import { type SpawnedStripePeer, spawnStripePeer } from '@holdfast/stripe-peer';

/** The marketplace's account at the peer. */
export const account = 'acct_platform';
/** Signs the peer's webhooks. */
export const secret = 'whsec_b2YgYSB3b3JrZXIgdGhhdCBkaWVz';

/** Has every card pay. */
export function cardOf({ kind }: Pick<Operation, 'kind'>): { readonly [parameter: string]: string } {
  return kind === 'collect' ? { payment_method: 'pm_card_visa', confirm: 'true' } : {};
}

/** Starts the peer as a process of its own, with faults and webhooks that follow from the seed. */
export async function spawnRoughPeer(seed: number, webhooksPort: number): Promise<SpawnedStripePeer> {
  return spawnStripePeer({
    chances: {
      seed: `kills ${seed}`,
      post: {
        lost: 0.06,
        cut: 0.04,
        failed: 0.02,
        failedWithEffect: 0.02,
        repaired: 0.02,
        throttled: 0.03,
        truncated: 0.02,
      },
    },
    webhooks: {
      url: `http://127.0.0.1:${webhooksPort}/webhooks/stripe`,
      secret,
      auto: true,
      shuffled: true,
      lost: 0.15,
      duplicated: 0.2,
      lateMs: 3 * 3_600_000,
    },
  });
}

/** Gives a port of loopback that nobody listens on, below those that systems give to connections: workers take it one after the other. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
