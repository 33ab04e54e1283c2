/** Things to do at virtual instants, in milliseconds; of one instant, in the order in which they were put. */
export interface Agenda {
  readonly nowMs: () => number;
  /** Puts something in; what lies in the past is done next. */
  at(ms: number, work: () => void): void;
  /** Does everything, until nothing is left. */
  run(): void;
}

/** Makes an empty agenda. */
export function createAgenda(startMs: number): Agenda {
  let nowMs = startMs;
  let count = 0;
  const waiting: { readonly ms: number; readonly order: number; readonly work: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    at(ms, work) {
      const entry = { ms: Math.max(ms, nowMs), order: count++, work };
      let index = waiting.length;
      // Sorted backwards, so that the next one is taken from the end.
      while (index > 0 && isBefore(waiting[index - 1], entry)) index -= 1;
      waiting.splice(index, 0, entry);
    },
    run() {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        nowMs = next.ms;
        next.work();
      }
    },
  };
}

interface Entry {
  readonly ms: number;
  readonly order: number;
}

function isBefore(left: Entry | undefined, right: Entry): boolean {
  return left !== undefined && (left.ms < right.ms || (left.ms === right.ms && left.order < right.order));
}
