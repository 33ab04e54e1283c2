import type { TaskEnd } from '@holdfast/kernel';
import type { Attempt, SubmitOutcome } from '@holdfast/providers';
import type { Payout } from '../records/payout/payout.ts';
import { attemptsOf, nameOf } from '../records/payout/reversals.ts';
import { alarmsBetween } from './alarms.ts';
import { companionsOfOutcome, rechecks } from './companions.ts';
import { asOne, type Desk, DONE, failed, readPayout, STALE } from './desk.ts';
import { factKey } from './fact-key.ts';
import { inTime } from './in-time.ts';

/**
 * Makes the call that a unit has stored, and reports how it ended. Only to be called with the receipt of that unit, and only where it says `committed`:
 * a crash anywhere in here leaves a send without an answer, which is looked up.
 *
 * @param sequence - Of the unit that stored the send.
 * @param reversal - The reversal that it is of, where it is of one.
 * @source docs/rules/payouts.md, P-23
 */
export async function sendAttempt(desk: Desk, id: string, sequence: number, reversal?: number): Promise<TaskEnd> {
  const read = await readPayout(desk, id, sequence);
  if (read.isErr()) return failed(read.error);
  const payout = read.value.state;
  const attempt = payout && attemptsOf(payout, reversal).find(({ state }) => state.status === 'sending');
  const send = attempt?.sends.at(-1);
  // Settled without a call.
  if (!payout || !attempt || !send) return STALE;
  const outcome = await submit(desk, payout.sender, attempt);
  const { number } = attempt;
  const named = reversal === undefined ? {} : { reversal };
  const command = { type: 'ReportOutcome', ...named, attempt: number, send: send.number, outcome } as const;
  // What comes back beyond a debt may be owed to obligations that other payouts have done with.
  const again = reversal === undefined ? [] : await rechecks(desk, id, payout);
  const asks = [desk.payout.ask(id, command), ...companionsOfOutcome(desk, payout, attempt, outcome), ...again];
  const about = `${nameOf(id, reversal)}.${number}.${send.number}`;
  const told = await asOne(desk, asks, factKey('outcome', about, outcome));
  if (told.isErr()) return failed(told.error);
  const after = await readPayout(desk, id, told.value.sequence);
  if (after.isOk() && after.value.state)
    for (const alarm of alarmsBetween(id, payout, after.value.state)) desk.alarm(alarm);
  await tellOfSender(desk, payout, { attempt, outcome }, told.value.sequence);
  return DONE;
}

async function submit(desk: Desk, sender: string, attempt: Attempt): Promise<SubmitOutcome> {
  const provider = desk.providers.get(sender);
  if (!provider) return { outcome: 'not_sent', reason: 'not_capable' };
  const { operation, key, body } = attempt;
  const silence = (detail: string): SubmitOutcome => ({ outcome: 'unknown', reason: 'silence', detail });
  return inTime(desk.sendTimeoutMs, (signal) => provider.submit({ operation, key, body }, signal), silence);
}

/** Tells of what the unit changed of the sender: a shortage once, until it was funded. */
async function tellOfSender(
  desk: Desk,
  payout: Payout,
  { attempt, outcome }: { readonly attempt: Attempt; readonly outcome: SubmitOutcome },
  sequence: number,
): Promise<void> {
  if (outcome.outcome !== 'rejected') return;
  const { sender, currency } = payout;
  const before = await desk.sender.read(sender, { asOf: sequence - 1 });
  const known = before.isOk() ? before.value.state : undefined;
  if (outcome.advice === 'fund_platform' && attempt.reversal === undefined && !known?.short.includes(currency.code))
    desk.alarm({ alarm: 'fund_provider', sender, currency: currency.code });
  if (outcome.advice === 'close_provider' && !known?.stopped.includes('credentials'))
    desk.alarm({ alarm: 'sending_closed', sender, because: outcome.code });
}
