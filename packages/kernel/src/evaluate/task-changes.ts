import { canonical } from '../canonical.ts';
import type { Deadline } from '../decider.ts';
import { Defect } from '../faults.ts';
import { isInstant } from '../instant.ts';
import type { Json } from '../json.ts';
import { show } from '../refusals.ts';
import type { TaskChange } from '../store.ts';
import { standingOf } from './check-claims.ts';
import type { Changed, Draft } from './draft.ts';

/** Gives the difference in deadlines between what the unit's records stood for and stand for now. */
export function taskChanges(draft: Draft): readonly TaskChange[] {
  if (draft.records.size === 0) return NONE;
  const changes: TaskChange[] = [];
  for (const record of draft.records.values()) {
    const before = deadlines(record.before?.deadlines);
    const now = deadlines(standingOf(record).deadlines);
    for (const name of before.keys()) if (!now.has(name)) changes.push({ finish: taskId(record, name) });
    for (const [name, deadline] of now) {
      const same = before.get(name);
      if (same && same.dueAt === deadline.dueAt && canonical(same.command) === canonical(deadline.command)) continue;
      const { dueAt } = deadline;
      if (!isInstant(dueAt)) throw new Defect(`deadline ${name} of ${record.key} is due at ${show(dueAt)}`);
      changes.push({ put: { id: taskId(record, name), dueAt, record: record.key, command: plain(deadline) } });
    }
  }
  return changes;
}

function taskId(record: Changed, name: string): string {
  return `${record.key}/${name}`;
}

function deadlines(list: readonly Deadline[] | undefined): ReadonlyMap<string, Deadline> {
  return new Map((list ?? []).map((deadline) => [deadline.name, deadline]));
}

function plain({ name, command }: Deadline): Json {
  const text = canonical(command);
  if (typeof text !== 'string') throw new Defect(`the command of deadline ${name} holds ${text.given}`);
  return JSON.parse(text) as Json;
}

const NONE: readonly TaskChange[] = [];
