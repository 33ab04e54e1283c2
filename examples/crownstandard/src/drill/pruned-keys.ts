import { HOUR_MS } from '@holdfast/demo-kit';
import type { Drill } from './drill.ts';

/** Has the provider forget its keys every few hours, and lose answers besides: what is in doubt is looked up, and a key is never all that keeps money from going twice. */
export function prunedKeys(): Drill {
  return {
    name: 'prunedKeys',
    says: 'the provider forgets all keys every four hours, and loses answers of transfers',
    afterHour: async ({ stage, clock }, { count }) => {
      const { peer } = stage();
      if ((clock.nowMs() / HOUR_MS) % EVERY_HOURS !== 0) return;
      await peer.pruneKeys();
      count('timesPruned');
      await peer.clearScript();
      await peer.script({ method: 'POST', path: '^/v1/transfers$', times: 2, meets: { fault: 'cut', effect: 'now' } });
    },
    afterwards: async ({ stage }, { count }) => {
      const { peer } = stage();
      const calls = (await peer.requests()).filter(({ method, url }) => method === 'POST' && url === '/v1/transfers');
      count('answersLost', calls.filter(({ answered }) => answered === 'cut').length);
      count('transfers', (await peer.transfers()).length);
    },
  };
}

const EVERY_HOURS = 4;
