import { hash } from 'node:crypto';
import { type Actor, canonical, Defect, type LeasedTask, type TaskEnd } from '@holdfast/kernel';
import { bodiesOf } from './decide-delivery.ts';
import { deliveries } from './decider.ts';
import type { InboxOptions } from './options.ts';
import { routeDelivery } from './route-delivery.ts';

/**
 * Does a task of a delivery: routes it, or raises the alarm about it. As safe twice as once, and by two workers at once: what is applied has keys made of the
 * event, and what is reported has keys made of the pass and of its end.
 *
 * @throws Defect where a report is refused, which nothing that happens can bring about.
 * @source docs/rules/providers.md, IN-4, IN-6
 */
export async function handleDelivery(options: InboxOptions, actor: Actor, leased: LeasedTask): Promise<TaskEnd> {
  const { record, dueAt, id: task } = leased.task;
  const records = options.book.use(deliveries);
  const id = record.slice(record.indexOf('/') + 1);
  const read = await records.read(id);
  if (read.isErr()) return later(leased);
  const { state } = read.value;
  if (!state) return { end: 'stale' };
  if (task.endsWith('/alarm')) {
    const raised = await records.execute(id, { type: 'AlarmDelivery' }, { actor, key: `alarm:${id}:${dueAt}` });
    if (raised.isErr() && 'fault' in raised.error) return later(leased);
    return { end: raised.isOk() ? 'done' : 'stale' };
  }
  if (state.nextTryAt !== dueAt) return { end: 'stale' };
  const end = await routeDelivery(options, actor, { id, state });
  if (end.isErr()) return later(leased);
  const key = `routed:${id}:${state.tries}:${state.others.length}:${hash('sha256', `${canonical(end.value)}`, 'hex').slice(0, 32)}`;
  const reported = await records.execute(
    id,
    { type: 'ReportRouting', bodies: bodiesOf(state), end: end.value },
    { actor, key },
  );
  if (reported.isOk()) return { end: 'done' };
  if ('fault' in reported.error) return later(leased);
  throw new Defect(`a report of routing was refused: ${reported.error.code}`);
}

/** The world failed: the delivery is as due as before, and never parked for it. */
function later({ attempts }: LeasedTask): TaskEnd {
  return { end: 'later', afterMs: Math.min(600_000, 1_000 * 2 ** Math.min(attempts, 20)) };
}
