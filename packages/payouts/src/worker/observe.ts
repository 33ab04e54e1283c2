import { type Observation, readAttemptMark } from '@holdfast/providers';
import { err } from 'neverthrow';
import { alarmsBetween } from './alarms.ts';
import { companionsOfObservation } from './companions.ts';
import { type Answer, asOne, type Desk, readPayout } from './desk.ts';
import { factKey } from './fact-key.ts';

/**
 * Applies what a provider says of one of its objects, from a webhook, a look-up or its list. The same again changes nothing.
 *
 * @errors
 * - `observation_not_ours`: it carries no mark of a payout of this book.
 * @source docs/rules/payouts.md, P-19, P-21
 */
export async function observe(desk: Desk, observation: Observation): Promise<Answer> {
  const mark = readAttemptMark(observation);
  const { book } = desk.payouts;
  if (!mark || mark.book !== book)
    return err({ code: 'observation_not_ours', book, object: observation.object } as never);
  const id = mark.payout;
  const before = await readPayout(desk, id);
  if (before.isErr()) return err(before.error);
  const payout = before.value.state;
  const companions = await companionsOfObservation(desk, id, payout, observation);
  const command = { type: 'ReportObservation', observation } as const;
  // What else follows from it may differ the next time that the same is observed: then it is another unit.
  const also = companions.map(({ decider, id: other, command: asked }) => [decider.kind, other, asked]);
  const key = factKey('observation', id, [observation, also]);
  const told = await asOne(desk, [desk.payout.ask(id, command), ...companions], key);
  if (told.isErr()) return told;
  const after = await readPayout(desk, id, told.value.sequence);
  if (after.isErr() || !after.value.state) return told;
  for (const alarm of alarmsBetween(id, payout, after.value.state)) desk.alarm(alarm);
  if (companions.length > 0 && told.value.status === 'committed')
    desk.alarm({ alarm: 'sending_closed', sender: after.value.state.sender, because: 'unknown_attempt' });
  return told;
}
