import { hash } from 'node:crypto';
import { err, ok, type Result } from 'neverthrow';
import { isKey } from '../account.ts';
import { clockActor } from '../actor.ts';
import { reviveJson } from '../canonical.ts';
import type { Instant } from '../instant.ts';
import type { Receipt } from '../receipt.ts';
import type { Refusal } from '../refusals.ts';
import type { Ask } from '../request.ts';
import type { LeasedTask, Task, Tasks } from '../store.ts';
import type { TaskTrouble } from './book.ts';
import type { ExecuteFault } from './handle.ts';
import type { ExecuteOptions } from './options.ts';

/** What a handler made of a task. */
export type TaskEnd =
  /** Done, or the record had outrun it. */
  | { readonly end: 'done' | 'stale' }
  /** Nothing can be done yet: to be leased again so much later. Never parked for it. */
  | { readonly end: 'later'; readonly afterMs: number }
  /** It failed: to be leased again with back-off, and parked once that has happened too often. */
  | { readonly end: 'failed'; readonly code: string };

/** Does a task whose work is outside of the book, such as sending money. Whatever it does must be as safe twice as once: a lease may end under it. */
export type TaskHandler = (leased: LeasedTask) => Promise<TaskEnd>;

/** How a sweep of the tasks goes about it. */
export interface RunTasksOptions {
  /** The most tasks of this sweep; 100 where it is absent. */
  readonly limit?: number;
  /** How long a worker may take before another may try, in milliseconds; 60,000 where it is absent. */
  readonly leaseMs?: number;
  /** After how many leases a task that fails is parked; 10 where it is absent. */
  readonly maxAttempts?: number;
  /** By kind of record: tasks whose work is outside of the book, instead of their command. */
  readonly handlers?: { readonly [kind: string]: TaskHandler };
}

/** What came of a sweep. */
export interface TasksRun {
  readonly leased: number;
  /** Tasks whose command was done. */
  readonly done: number;
  /** Tasks that the record had outrun: there was nothing left to do. */
  readonly stale: number;
  /** Tasks of which a handler said that nothing can be done yet. */
  readonly later: number;
  readonly troubles: readonly TaskTrouble[];
}

/** What a sweep works with. */
export interface TaskWorker {
  readonly store: Tasks;
  readonly book: string;
  readonly now: () => Instant;
  /** Finds the ask for a record's deadline; nothing where no decider of that kind is in use. */
  readonly askFor: (record: string, command: unknown) => Ask | undefined;
  readonly execute: (ask: Ask, options: ExecuteOptions) => Promise<Result<Receipt, Refusal | ExecuteFault>>;
  /** Reads whether the record still has the task. */
  readonly stillThere: (leased: LeasedTask) => Promise<boolean>;
}

/**
 * Leases due tasks and asks for each as the clock. A task is a hint: its record decides again, so early, late and double runs change nothing.
 *
 * @source docs/rules/kernel.md, K-6
 */
export async function runDueTasks(
  worker: TaskWorker,
  options: RunTasksOptions = {},
): Promise<Result<TasksRun, ExecuteFault>> {
  const { limit = 100, leaseMs = 60_000, maxAttempts = 10, handlers = {} } = options;
  const leased = await worker.store.leaseTasks({ books: [worker.book], dueAt: worker.now(), limit, leaseMs });
  if (leased.isErr()) return err(leased.error);
  const ends = await Promise.all(
    leased.value.map((task) => {
      const handler = handlers[task.task.record.slice(0, task.task.record.indexOf('/'))];
      return handler ? handTask(worker, task, { handler, maxAttempts }) : runTask(worker, task, maxAttempts);
    }),
  );
  return ok({
    leased: ends.length,
    done: ends.filter((end) => end === 'done').length,
    stale: ends.filter((end) => end === 'stale').length,
    later: ends.filter((end) => end === 'later').length,
    troubles: ends.filter((end) => typeof end === 'object'),
  });
}

async function runTask(
  worker: TaskWorker,
  leased: LeasedTask,
  maxAttempts: number,
): Promise<'done' | 'stale' | TaskTrouble> {
  const ask = worker.askFor(leased.task.record, reviveJson(leased.task.command));
  if (!ask) return trouble(worker, leased, 'decider_unknown', maxAttempts);
  const answer = await attempt(() => worker.execute(ask, { actor: clockActor, key: keyOf(leased.task) }));
  if (typeof answer === 'string') return trouble(worker, leased, answer, maxAttempts);
  if (answer.isOk() && answer.value.status !== 'replayed') return 'done';
  const still = await attempt(() => worker.stillThere(leased));
  // A key that was used for the same deadline before does nothing now: silence would leave the task for ever.
  const code = answer.isErr() ? answer.error.code : 'key_replayed';
  if (still !== false) return trouble(worker, leased, code, maxAttempts);
  return answer.isOk() ? 'done' : 'stale';
}

async function handTask(
  worker: TaskWorker,
  leased: LeasedTask,
  { handler, maxAttempts }: { readonly handler: TaskHandler; readonly maxAttempts: number },
): Promise<'done' | 'stale' | 'later' | TaskTrouble> {
  const answer = await attempt(() => handler(leased));
  if (typeof answer === 'string') return trouble(worker, leased, answer, maxAttempts);
  if (answer.end === 'failed') return trouble(worker, leased, answer.code, maxAttempts);
  if (answer.end === 'later') await worker.store.giveBackTask(leased, answer.afterMs);
  return answer.end;
}

/** Gives the key of a task's command: the same from every worker that tries it. */
function keyOf({ id, dueAt }: Task): string {
  const key = `${id}@${dueAt}`;
  return isKey(key) ? key : hash('sha256', key, 'hex');
}

async function attempt<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return `defect: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function trouble(
  worker: TaskWorker,
  leased: LeasedTask,
  code: string,
  maxAttempts: number,
): Promise<TaskTrouble> {
  const parked = leased.attempts >= maxAttempts;
  if (parked) await worker.store.parkTask(leased, code);
  else await worker.store.giveBackTask(leased, Math.min(3_600_000, 1_000 * 2 ** leased.attempts));
  return { leased, code, parked };
}
