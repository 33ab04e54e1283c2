import { faultyHosts } from './faulty-hosts.ts';
import { faultyLists } from './faulty-lists.ts';
import { faultyRounds } from './faulty-rounds.ts';
import { faultyRows } from './faulty-rows.ts';
import { faultyStandings } from './faulty-standings.ts';
import type { FaultyStore } from './faulty-store.ts';
import { faultyTasksAndLocks } from './faulty-tasks-and-locks.ts';

/** Stores with one real mistake each. A suite of laws that lets one of them pass is itself broken. */
export const faultyStores: readonly FaultyStore[] = [
  ...faultyRounds,
  ...faultyStandings,
  ...faultyRows,
  ...faultyLists,
  ...faultyTasksAndLocks,
  ...faultyHosts,
];
