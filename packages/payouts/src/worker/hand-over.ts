import type { Ask, TaskEnd } from '@holdfast/kernel';
import { leavingOf } from '../records/payout/decider.ts';
import { asOne, type Desk, DONE, failed, readPayout, STALE } from './desk.ts';

/**
 * Hands the obligations over that a payout lets go of: in one unit they are its no more and open again.
 *
 * @source docs/rules/payouts.md, P-16
 */
export async function handOver(desk: Desk, id: string): Promise<TaskEnd> {
  const read = await readPayout(desk, id);
  if (read.isErr()) return failed(read.error);
  const { state, version } = read.value;
  const leaving = state ? leavingOf(state) : [];
  if (leaving.length === 0) return STALE;
  const asks: Ask[] = [desk.payout.ask(id, { type: 'HandOver' })];
  for (const obligation of leaving) {
    const known = await desk.obligation.read(obligation);
    if (known.isErr()) return failed(known.error);
    const { state: one } = known.value;
    // A payout that was made of what the provider said may have obligations that know nothing of it.
    if (one?.status === 'taken' && one.payout === id) asks.push(desk.obligation.ask(obligation, { type: 'Reopen' }));
  }
  const handed = await asOne(desk, asks, `hand-over:${id}:${version}`);
  return handed.isErr() ? failed(handed.error) : DONE;
}
