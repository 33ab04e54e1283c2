import { type Deliver, deliverMessages } from './feed/deliver-messages.ts';
import { followJournal } from './feed/follow-journal.ts';
import type { Service } from './service/service.ts';

/** What the service does by itself. */
export interface Worker {
  /** Finishes what it is at, and does no more. */
  stop(): Promise<void>;
}

/** How the worker works. */
export interface WorkerOptions {
  /** Milliseconds between two looks. */
  readonly everyMs: number;
  readonly deliver: Deliver;
  /** Told of what went wrong; the next look tries again. */
  readonly onTrouble: (trouble: unknown) => void;
}

/** Expires what is due, follows the journal and delivers messages, over and over. As many processes may do so as like. */
export function runWorker(service: Service, { everyMs, deliver, onTrouble }: WorkerOptions): Worker {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const due = await service.book.runDueTasks();
      if (due.isErr()) onTrouble(due.error);
      else for (const trouble of due.value.troubles) onTrouble(trouble);
      const followed = await followJournal(service);
      if (followed.isErr()) onTrouble(followed.error);
      else await deliverMessages(service, deliver);
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
      clearTimeout(timer);
    },
  };
}
