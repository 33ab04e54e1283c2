import { type Chits, chitsChart, defineChits } from '@holdfast/chit-fund';
import { type DemoStore, onVirtualTime, type VirtualClock } from '@holdfast/demo-kit';
import { type Book, openBook } from '@holdfast/kernel';
import { defineChart } from '@holdfast/ledger';

/** What the demo plays on. */
export interface Stage {
  readonly book: Book;
  readonly chits: Chits['chit'];
  readonly clock: VirtualClock;
}

/** Opens the book of chit funds on a store. */
export function openStage({ store, limits }: DemoStore, name: string, clock: VirtualClock): Stage {
  const { chit: chits } = defineChits();
  const book = openBook({
    store: onVirtualTime(store, clock.nowMs),
    name,
    chart: defineChart(chitsChart),
    clock: clock.now,
    ...(limits ? { limits } : {}),
  });
  return { book, chits, clock };
}
