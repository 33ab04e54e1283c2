import type { Crown } from '../book/open-crown.ts';
import type { PublishEvents } from '../events/publish-events.ts';
import { adoptWhenDue } from '../services/adopt-when-due.ts';
import type { Webhooks } from '../webhooks/open-webhooks.ts';
import { taskHandlers } from './task-handlers.ts';

/** What a process does by itself. */
export interface Workers {
  /** Finishes what it is at, and does no more. */
  stop(): Promise<void>;
}

/** How the workers work. */
export interface WorkersOptions {
  /** Milliseconds between two looks. */
  readonly everyMs: number;
  readonly webhooks?: Pick<Webhooks, 'intake' | 'handlers'>;
  /** Publishes what happened since the last look. */
  readonly publish?: PublishEvents;
  /** Told of what went wrong; the next look tries again. */
  readonly onTrouble: (trouble: unknown) => void;
}

/** Does all that the queues would have done, in one plain process: adopts what a restored book has forgotten of charges, routes webhooks, goes on with charges, releases, plans, sends. As many may run as like. */
export function runWorkers(crown: Crown, options: WorkersOptions): Workers {
  const { everyMs, onTrouble } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      await lookOnce(crown, options);
    } catch (error) {
      onTrouble(error);
    }
    if (!stopped) timer = setTimeout(begin, everyMs);
  };
  const begin = (): void => {
    looking = look();
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

async function lookOnce(crown: Crown, { webhooks, publish, onTrouble }: WorkersOptions): Promise<void> {
  const adopted = await adoptWhenDue(crown);
  if (adopted.isErr()) onTrouble(adopted.error);
  const runs = [await crown.book.runDueTasks({ handlers: taskHandlers(crown) })];
  if (webhooks) runs.push(await webhooks.intake.runDueTasks({ handlers: webhooks.handlers }));
  for (const run of runs) {
    if (run.isErr()) onTrouble(run.error);
    else for (const trouble of run.value.troubles) onTrouble(trouble);
  }
  const published = await publish?.();
  if (published?.isErr()) onTrouble(published.error);
}
