import type { DomainEvent, Transfer } from '@holdfast/kernel';
import { money } from '@holdfast/money';
import type { FuzzableProcess } from '@holdfast/testkit';
import type { ProcessEvent, Whole } from '../src/index.ts';

/** Plants a fault in a process as it runs. */
export type Fault = (sound: FuzzableProcess) => Partial<FuzzableProcess>;

/** Folds events otherwise. */
export const evolveOtherwise =
  (change: (after: Whole, event: ProcessEvent, before: Whole | undefined) => Whole): Fault =>
  ({ evolve }) => ({
    evolve: (before, event) => change(evolve(before, event), event as ProcessEvent, before),
  });

/** Tells other transfers. */
export const transferOtherwise =
  (change: (transfers: readonly Transfer[], event: ProcessEvent) => readonly Transfer[]): Fault =>
  ({ transfers }) => ({ transfers: (event: DomainEvent) => change(transfers(event), event as ProcessEvent) });

/** The same transfer of more. */
export const more = ({ amount, ...transfer }: Transfer, by: bigint): Transfer => ({
  ...transfer,
  amount: money(amount.minor + by, amount.currency),
});
