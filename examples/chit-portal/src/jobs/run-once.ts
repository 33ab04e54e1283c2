import { addDuration, minutes } from '@holdfast/kernel';
import type { Portal } from '../portal.ts';

/** A job that is done once in a day or a month. */
export interface Job {
  readonly name: string;
  /** Names the day or month that is due; nothing where none is. */
  readonly period: string | undefined;
  /** Says in a few words what it did. What it does must be as safe twice as once: a process may die before it is noted. */
  readonly work: () => Promise<string>;
}

/**
 * Does a job if nobody has done it for its period: however many processes sweep, one of them has the lease. A process that dies leaves the lease to run out,
 * and one that was down at the hour does the job when it is back.
 *
 * @returns Whether this call did it.
 */
export async function runOnce(portal: Portal, { name, period, work }: Job): Promise<boolean> {
  if (period === undefined) return false;
  const now = portal.clock();
  const lease = { leased_until: addDuration(now, minutes(10)) };
  const leased = await portal.database
    .insertInto('job_runs')
    .values({ job: name, period, ...lease, finished_at: null, outcome: null })
    .onConflict((conflict) =>
      conflict
        .columns(['job', 'period'])
        .doUpdateSet(lease)
        .where('job_runs.finished_at', 'is', null)
        .where('job_runs.leased_until', '<=', now),
    )
    .executeTakeFirst();
  if (leased.numInsertedOrUpdatedRows !== 1n) return false;
  const end = portal.metrics.jobs.startTimer({ job: name });
  try {
    const outcome = await work();
    await portal.database
      .updateTable('job_runs')
      .set({ finished_at: portal.clock(), outcome })
      .where('job', '=', name)
      .where('period', '=', period)
      .execute();
    end({ outcome: 'done' });
    return true;
  } catch (error) {
    end({ outcome: 'failed' });
    throw error;
  }
}
