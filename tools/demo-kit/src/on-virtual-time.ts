import type { Changes, LeasedTask, Store, Task, Tasks } from '@holdfast/kernel';
import { ok } from 'neverthrow';
import { DemoFailed } from './demo-failed.ts';
import { watchAppends } from './watch-appends.ts';

/**
 * Lets leases run, and tasks that were given back wait, by the demo's clock. A store goes by its own, which is right for workers that share nothing but the
 * store, and would never end where an hour passes in a moment.
 *
 * Only for one process that works alone: it reads the tasks once and then follows its own units, so a sweep of an hour in which nothing is due asks the
 * database nothing. What is leased is known here alone, and whoever takes over from a process that was killed waits for nothing.
 */
export function onVirtualTime<Client>(store: Store<Client>, nowMs: () => number): Store<Client> {
  const books = new Map<string, KeptTasks>();
  let leases = 0;
  const of = (book: string): KeptTasks => {
    const kept = books.get(book) ?? new KeptTasks();
    books.set(book, kept);
    return kept;
  };
  const own: Pick<Tasks, 'leaseTasks' | 'giveBackTask' | 'parkTask'> = {
    leaseTasks: async ({ books: asked = [], dueAt, limit, leaseMs }) => {
      const leased: LeasedTask[] = [];
      for (const book of asked) {
        const kept = of(book);
        await kept.read(() => store.projectTasks(book));
        for (const one of kept.due(dueAt, nowMs()).slice(0, limit - leased.length)) {
          one.attempts += 1;
          one.freeAt = nowMs() + leaseMs;
          one.lease = `${++leases}`;
          leased.push({ book, task: one.task, attempts: one.attempts, lease: one.lease });
        }
      }
      return ok(leased);
    },
    giveBackTask: async ({ book, task, lease }, afterMs) => {
      const one = of(book).find(task.id);
      if (one?.lease !== lease) return ok(false);
      one.freeAt = nowMs() + afterMs;
      return ok(true);
    },
    parkTask: ({ task, attempts }, reason) => {
      throw new DemoFailed(`${task.id} failed ${attempts} times: ${reason}`);
    },
  };
  const watcher = {
    appended: (book: string, changes: Changes) => of(book).follow(changes),
    doubted: (book: string) => of(book).forget(),
  };
  return watchAppends(store, watcher, own);
}

/** A task with what a lease writes on it. */
interface KeptTask {
  readonly task: Task;
  attempts: number;
  /** In milliseconds of the demo's clock. */
  freeAt: number;
  lease: string;
}

/** The open tasks of a book. */
class KeptTasks {
  #tasks: Map<string, KeptTask> | undefined;
  /** Counts what was followed, so that a reading which was overtaken is done again. */
  #changes = 0;

  async read(project: () => AsyncIterable<Task>): Promise<void> {
    while (this.#tasks === undefined) {
      const changes = this.#changes;
      const tasks = new Map<string, KeptTask>();
      for await (const task of project()) tasks.set(task.id, kept(task));
      if (changes === this.#changes) this.#tasks = tasks;
    }
  }

  follow({ tasks }: Changes): void {
    this.#changes += 1;
    for (const change of tasks) {
      if ('finish' in change) this.#tasks?.delete(change.finish);
      else this.#tasks?.set(change.put.id, kept(change.put));
    }
  }

  forget(): void {
    this.#changes += 1;
    this.#tasks = undefined;
  }

  find(id: string): KeptTask | undefined {
    return this.#tasks?.get(id);
  }

  /** Those that are due and nobody's, oldest first. */
  due(dueAt: string, nowMs: number): readonly KeptTask[] {
    const due: KeptTask[] = [];
    for (const one of this.#tasks?.values() ?? []) if (one.task.dueAt <= dueAt && one.freeAt <= nowMs) due.push(one);
    return due.sort(({ task: left }, { task: right }) =>
      left.dueAt < right.dueAt || (left.dueAt === right.dueAt && left.id < right.id) ? -1 : 1,
    );
  }
}

function kept(task: Task): KeptTask {
  return { task, attempts: 0, freeAt: 0, lease: '' };
}
