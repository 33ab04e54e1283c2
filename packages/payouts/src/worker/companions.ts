import { type Ask, addDuration, hours } from '@holdfast/kernel';
import type { Attempt, Observation, SubmitOutcome } from '@holdfast/providers';
import { readAttemptMark } from '@holdfast/providers';
import { readItems } from '../records/payout/items-metadata.ts';
import type { Payout } from '../records/payout/payout.ts';
import { findAttempt } from '../records/payout/reversals.ts';
import type { Desk } from './desk.ts';

/**
 * Gives what else a no means, to be done in the same unit: closing the sender, noting a shortage, holding the payee. A no to a reversal says nothing of what may be
 * sent.
 */
export function companionsOfOutcome(
  desk: Desk,
  payout: Payout,
  { reversal }: Pick<Attempt, 'reversal'>,
  outcome: SubmitOutcome,
): readonly Ask[] {
  if (outcome.outcome !== 'rejected') return [];
  const { payee, sender, currency } = payout;
  if (reversal !== undefined && outcome.advice !== 'close_provider') return [];
  switch (outcome.advice) {
    case 'close_provider':
      return [desk.sender.ask(sender, { type: 'StopSending', reason: 'credentials' })];
    case 'fund_platform':
      return [desk.sender.ask(sender, { type: 'ReportShortage', currency: currency.code })];
    case 'hold_payee':
      return [desk.payee.ask(payee, { type: 'AddHold', reason: 'provider' })];
    case 'fix_destination':
      return [desk.payee.ask(payee, { type: 'AddHold', reason: 'destination' })];
    default:
      return [];
  }
}

/**
 * Gives what else an observation means, to be done in the same unit. One of an attempt that the book does not know, or that had ended with a no, be it of a
 * reversal that a transfer tells of, closes the sender until the provider's list was adopted; a payout that is made of it takes up those of its obligations that are open.
 */
export async function companionsOfObservation(
  desk: Desk,
  id: string,
  payout: Payout | undefined,
  observation: Observation,
): Promise<readonly Ask[]> {
  const moved = observation.status === 'succeeded' || observation.returns.length > 0;
  const marks = [observation, ...observation.returns].flatMap((one) => readAttemptMark(one) ?? []);
  const ours = marks.filter((mark) => mark.book === desk.payouts.book && mark.payout === id);
  const attempts = ours.map((mark) => payout && findAttempt(payout, mark));
  if (attempts.length > 0 && attempts.every((one) => one && !(moved && hasEnded(one)))) return [];
  const sender = payout?.sender ?? `${observation.provider}.${observation.account}`;
  const from = addDuration(observation.createdAt, { ms: -hours(1).ms });
  const closing = desk.sender.ask(sender, { type: 'ReportUnknownAttempt', from });
  return payout ? [closing] : [closing, ...(await takeUps(desk, id, observation))];
}

function hasEnded({ state }: Attempt): boolean {
  return state.status === 'failed' || (state.status === 'due' && state.next === 'next_key');
}

/**
 * Asks the payouts that have what this one has handed over to look again, in the same unit: money that comes back may be owed to obligations that they
 * have done with.
 */
export async function rechecks(desk: Desk, id: string, payout: Payout | undefined): Promise<readonly Ask[]> {
  const holders = new Set<string>();
  for (const { obligation, place } of payout?.items ?? []) {
    if (place !== 'gone') continue;
    const read = await desk.obligation.read(obligation);
    const state = read.isOk() ? read.value.state : undefined;
    if (state?.status === 'taken' && state.payout !== undefined && state.payout !== id) holders.add(state.payout);
  }
  return [...holders].sort().map((holder) => desk.payout.ask(holder, { type: 'Recheck' }));
}

async function takeUps(desk: Desk, payout: string, { metadata }: Observation): Promise<readonly Ask[]> {
  const asks: Ask[] = [];
  for (const obligation of readItems(metadata)?.obligations ?? []) {
    const read = await desk.obligation.read(obligation);
    if (read.isOk() && read.value.state?.status === 'open')
      asks.push(desk.obligation.ask(obligation, { type: 'TakeUp', payout }));
  }
  return asks;
}
