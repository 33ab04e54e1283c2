import { ok } from 'neverthrow';
import type { Chart } from '../account.ts';

/** A chart for tests that knows every name: `world:*` and `free:*` have no floor, `strict:*` is a process's own, all others may not fall below zero. */
export const openChart: Chart = {
  open(name) {
    const floor = name.startsWith('world:') || name.startsWith('free:') ? null : 0n;
    return ok({
      type: name.startsWith('world:') ? 'asset' : 'liability',
      floor,
      breach: name.startsWith('strict:') ? 'defect' : 'refusal',
    });
  },
};
