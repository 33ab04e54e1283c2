import type { Changes } from '../store.ts';

/**
 * Copies changes deeply and freezes the copy, so that a caller who changes what it gave, or what it got, changes nothing that is kept.
 *
 * Units, lines and rows are flat but for an account's state, a record's touches and a task's command.
 */
export function copyChanges(changes: Changes): Changes {
  return {
    head: Object.freeze({ ...changes.head }),
    units: changes.units.map((unit) => Object.freeze({ ...unit })),
    lines: changes.lines.map((line) => Object.freeze({ ...line })),
    accounts: changes.accounts.map((row) =>
      Object.freeze({
        ...row,
        state: Object.freeze({ ...row.state, currency: Object.freeze({ ...row.state.currency }) }),
      }),
    ),
    records: changes.records.map((row) => Object.freeze({ ...row, touches: Object.freeze([...row.touches]) })),
    claims: changes.claims.map((row) => Object.freeze({ ...row })),
    tasks: changes.tasks.map((change) =>
      'finish' in change
        ? change
        : { put: Object.freeze({ ...change.put, command: freeze(structuredClone(change.put.command)) }) },
    ),
    texts: changes.texts.map((text) => Object.freeze({ ...text })),
  };
}

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) freeze(item);
  return Object.freeze(value);
}
