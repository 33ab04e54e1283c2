import { dayOf } from '../day-of.ts';
import type { Channels } from '../messages/channels.ts';
import { deliverOutbox } from '../messages/deliver-outbox.ts';
import type { Portal } from '../portal.ts';
import { checkDocuments, remindOfDocuments } from './check-documents.ts';
import { finishPayments } from './finish-payments.ts';
import { remindMembers } from './remind-members.ts';
import { reportMonth } from './report-month.ts';
import { type Job, runOnce } from './run-once.ts';
import { scoreMembers } from './score-members.ts';

/** What a sweep needs besides the portal. */
export interface SweepOptions {
  readonly channels: Channels;
  /** Told of what went wrong; the rest goes on, and the next sweep tries again. */
  readonly onTrouble: (trouble: unknown, action: string) => void;
}

/** What a sweep did, by its parts. */
export interface Swept {
  /** Deadlines of schemes that were kept. */
  readonly deadlines: number;
  /** Jobs of a day or month that this sweep did. */
  readonly jobs: readonly string[];
  readonly sent: number;
}

/**
 * Does all that is due: deadlines of the book, what the journal says, documents and payments that wait, the jobs of the day and of the month by Indian time,
 * and the messages. Any number of processes may sweep.
 */
export async function sweep(portal: Portal, { channels, onTrouble }: SweepOptions): Promise<Swept> {
  const jobs: string[] = [];
  const guarded = async <T>(action: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      onTrouble(error, action);
      return undefined;
    }
  };
  const deadlines = await guarded('job.deadlines', () => keepDeadlines(portal, onTrouble));
  await guarded('job.payments', () => finishPayments(portal));
  await guarded('job.documents', () => checkDocuments(portal));
  await guarded('job.follow', () => follow(portal, onTrouble));
  for (const job of jobsOf(portal)) {
    if (await guarded(`job.${job.name}`, () => runOnce(portal, job))) jobs.push(job.name);
  }
  const sent = await guarded('job.outbox', () => deliverOutbox(portal, channels));
  return { deadlines: deadlines ?? 0, jobs, sent: sent?.sent ?? 0 };
}

/** The jobs with the day or month that each is due for: what was missed while nobody ran is done once, for today. */
function jobsOf(portal: Portal): readonly Job[] {
  const today = dayOf(portal.clock());
  const lastMonth = monthBefore(today);
  return [
    { name: 'scores', period: today, work: () => scoreMembers(portal, today) },
    { name: 'reminders', period: today, work: () => remindMembers(portal, today) },
    { name: 'documents', period: today, work: () => remindOfDocuments(portal, today) },
    { name: 'report', period: lastMonth, work: () => reportMonth(portal, lastMonth, today) },
  ];
}

async function keepDeadlines(portal: Portal, onTrouble: SweepOptions['onTrouble']): Promise<number> {
  let done = 0;
  for (;;) {
    const run = await portal.book.runDueTasks();
    if (run.isErr()) {
      onTrouble(run.error, 'job.deadlines');
      return done;
    }
    for (const trouble of run.value.troubles) onTrouble(trouble, 'job.deadlines');
    done += run.value.done;
    if (run.value.done === 0) return done;
  }
}

async function follow(portal: Portal, onTrouble: SweepOptions['onTrouble']): Promise<void> {
  const followed = await portal.feed.follow();
  if (followed.isErr()) onTrouble(followed.error, 'job.follow');
}

function monthBefore(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
