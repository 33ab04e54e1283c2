import type { Ask, ReadTrouble, Receipt } from '@holdfast/kernel';
import { type InboxTarget, type Observation, readAttemptMark } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { Payout } from '../records/payout/payout.ts';
import { findAttempt } from '../records/payout/reversals.ts';
import { alarmsBetween } from './alarms.ts';
import { companionsOfObservation, rechecks } from './companions.ts';
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
  const asks = await asksOf(desk, observation);
  if (asks.isErr()) return err(asks.error);
  if (asks.value.length === 0) {
    const { object } = observation;
    return err({ code: 'observation_not_ours', book: desk.payouts.book, object } as never);
  }
  // What else follows from it may differ the next time that the same is observed: then it is another unit.
  const named = asks.value.map(({ decider, id, command }) => [decider.kind, id, command]);
  const told = await asOne(desk, asks.value, factKey('observation', observation.object, named));
  if (told.isOk()) await tell(desk, observation, told.value);
  return told;
}

/** Makes the target of an inbox: webhooks that name this book are applied to its payouts. */
export function inboxTarget(desk: Desk): InboxTarget {
  return {
    book: desk.book,
    knows: async (observation) => {
      const read = await payoutOf(desk, observation);
      if (read.isErr()) return err(read.error);
      const mark = readAttemptMark(observation);
      const attempt = read.value && mark && findAttempt(read.value, mark);
      if (!attempt) return ok('unknown');
      const known = attempt.objects.find(({ object }) => object === observation.object);
      const failed = observation.status === 'failed' || observation.status === 'cancelled';
      return ok(known?.succeeded && failed ? 'contradicts' : 'agrees');
    },
    asks: (observation) => asksOf(desk, observation),
    applied: (observation, receipt) => void tell(desk, observation, receipt),
  };
}

/** Names the commands that apply an observation, as one unit; none where it is not of this book. */
async function asksOf(desk: Desk, observation: Observation): Promise<Result<readonly Ask[], ReadTrouble>> {
  const mark = readAttemptMark(observation);
  if (mark?.book !== desk.payouts.book) return ok([]);
  const read = await payoutOf(desk, observation);
  if (read.isErr()) return err(read.error);
  // Of a payout that the book does not know its transfer tells first.
  if (!read.value && mark.reversal !== undefined) return ok([]);
  const companions = await companionsOfObservation(desk, mark.payout, read.value, observation);
  const again = await rechecks(desk, mark.payout, read.value);
  return ok([desk.payout.ask(mark.payout, { type: 'ReportObservation', observation }), ...companions, ...again]);
}

async function payoutOf(desk: Desk, observation: Observation): Promise<Result<Payout | undefined, ReadTrouble>> {
  const mark = readAttemptMark(observation);
  if (mark?.book !== desk.payouts.book) return ok(undefined);
  return (await readPayout(desk, mark.payout)).map(({ state }) => state);
}

/** Raises the alarms that follow from what a unit changed. */
async function tell(desk: Desk, observation: Observation, { sequence, status }: Receipt): Promise<void> {
  const id = readAttemptMark(observation)?.payout;
  if (id === undefined || status !== 'committed') return;
  const before = await readPayout(desk, id, sequence - 1);
  const after = await readPayout(desk, id, sequence);
  if (before.isErr() || after.isErr() || !after.value.state) return;
  for (const alarm of alarmsBetween(id, before.value.state, after.value.state)) desk.alarm(alarm);
  const { sender } = after.value.state;
  const gates = await Promise.all([sequence - 1, sequence].map((asOf) => desk.sender.read(sender, { asOf })));
  const [was, is] = gates.map((read) => (read.isOk() ? read.value.state?.gate.closed : undefined));
  if (!was && is) desk.alarm({ alarm: 'sending_closed', sender, because: is.because });
}
