import { type Context, freeText, type Instant, type Seen } from '@holdfast/kernel';
import {
  type Attempt,
  type AttemptMark,
  type AttemptStep,
  adoptAttempt,
  applyLookup,
  applyObservation,
  applyOutcome,
  assertAbsent,
  assertPaid,
  driveAgain,
  type Observation,
  presumeSilence,
  readAttemptMark,
  type SubmitOutcome,
} from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { AssertAbsent, AssertPaid, PresumeSilence, Redrive, ReportLookup, ReportOutcome } from './commands.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { AttemptStepped, PayoutEvent } from './events.ts';
import { evolvePayout } from './evolve.ts';
import { Hearing } from './hearing.ts';
import { readItems } from './items-metadata.ts';
import type { Payout } from './payout.ts';
import type { PayoutRefusals } from './refusals.ts';
import { allAttempts, findAttempt, findReversal } from './reversals.ts';
import type { StepContext } from './step-event.ts';

/** What a report is about an attempt that is known. */
export type AttemptReport = ReportOutcome | ReportLookup | PresumeSilence | AssertPaid | AssertAbsent | Redrive;

/**
 * Decides what was heard of an attempt, or said of it by an operator. What merely reports is never refused for state, time or want of money.
 *
 * @source docs/rules/payouts.md, P-17, P-19, P-22, P-29
 */
export function decideReport(
  seen: Seen,
  payout: Payout,
  command: AttemptReport,
  { id, at, actor }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals[AttemptReport['type']]> {
  const isWord = command.type === 'AssertPaid' || command.type === 'AssertAbsent' || command.type === 'Redrive';
  if (isWord && !environment.operators.includes(actor.role)) return err({ code: 'operator_needed', role: actor.role });
  const { reversal } = command;
  if (reversal !== undefined && !findReversal(payout, reversal))
    return err({ code: 'reversal_unknown', payout: id, reversal });
  const attempt = findAttempt(payout, { ...(reversal === undefined ? {} : { reversal }), number: command.attempt });
  if (!attempt) return err({ code: 'attempt_unknown', payout: id, number: command.attempt });
  const hearing = (by: AttemptStepped['by']): Hearing => new Hearing({ seen, id, payout, at, by, environment });
  const said = (step: AttemptStep, how: Pick<StepContext, 'by' | 'why'>): readonly PayoutEvent[] => {
    const word = new Hearing({ seen, id, payout, at, environment, ...how });
    word.step(step);
    return word.events;
  };
  const by = 'operator';
  switch (command.type) {
    case 'ReportOutcome':
      return ok(answered(command, attempt, hearing('outcome'), at));
    case 'ReportLookup':
      return ok(lookedUp(command, attempt, hearing('lookup'), at));
    case 'PresumeSilence':
      return ok(said(presumeSilence(attempt, command.sentBefore, at), { by: 'silence' }));
    case 'AssertPaid':
      return assertPaid(attempt, command.reference, at).map((step) => said(step, { by, why: freeText(command.why) }));
    case 'AssertAbsent':
      return assertAbsent(attempt, command.evidence, at).map((step) => said(step, { by }));
    case 'Redrive':
      return driveAgain(attempt, at).map((step) => said(step, { by, why: freeText(command.why) }));
  }
}

/**
 * Decides what a provider says of one of its objects. One of an attempt that the book does not know becomes its payout's attempt; where the payout is not
 * known either, it is made of what it said of itself to the provider.
 *
 * @source docs/rules/payouts.md, P-19, P-21, P-30
 */
export function decideObservation(
  seen: Seen,
  payout: Payout | undefined,
  observation: Observation,
  { id, at }: Context,
  environment: PayoutEnvironment,
): Result<readonly PayoutEvent[], PayoutRefusals['ReportObservation']> {
  const { book } = environment;
  const mark = readAttemptMark(observation);
  const notOurs = { code: 'observation_not_ours', book, object: observation.object } as const;
  const isOurs = mark?.book === book && mark.payout === id;
  const known = payout && attemptOf(payout, observation, mark, isOurs);
  const sender = payout?.sender ?? `${observation.provider}.${observation.account}`;
  const context = { seen, id, at, environment };
  if (payout && known) {
    const hearing = new Hearing({ ...context, payout, by: 'observation' });
    hearing.returnsOf(observation);
    hearing.step(applyObservation(findAttempt(hearing.payout, known) ?? known, observation, at));
    return ok(hearing.events);
  }
  if (!mark || !isOurs) return err(notOurs);
  const power = environment.senders.get(sender)?.descriptor.operations[observation.kind];
  if (!power) return err({ code: 'sender_unknown', sender });
  // Of a payout that the book does not know its transfer tells first.
  if (mark.reversal !== undefined && !payout) return err(notOurs);
  const said = readItems(observation.metadata) ?? { payee: 'unknown', bundle: 'unknown', obligations: [] };
  const planned = { type: 'PayoutPlanned', sender, currency: observation.amount.currency, ...said, at } as const;
  const hearing = new Hearing({ ...context, payout: payout ?? evolvePayout(undefined, planned), by: 'adoption' });
  hearing.returnsOf(observation);
  if (mark.reversal !== undefined) hearing.reversal(observation);
  else adoptAttempt({ book, power, observation }, at).map((step) => hearing.step(step));
  return ok(payout ? hearing.events : [planned, ...hearing.events]);
}

/** Finds the attempt that an observation is of: by its mark, and without any by the object. */
function attemptOf(payout: Payout, { object }: Observation, mark: AttemptMark | undefined, isOurs: boolean) {
  if (mark) return isOurs ? findAttempt(payout, mark) : undefined;
  return allAttempts(payout).find(({ objects }) => objects.some((one) => one.object === object));
}

function answered({ send, outcome }: ReportOutcome, attempt: Attempt, hearing: Hearing, at: Instant) {
  if ('observation' in outcome && outcome.observation) hearing.returnsOf(outcome.observation);
  const now = findAttempt(hearing.payout, attempt) ?? attempt;
  const heard = attempt.reversal === undefined ? outcome : ofReversal(outcome);
  hearing.step(applyOutcome(now, { send, outcome: heard }, at));
  return hearing.events;
}

/** What a no asks for where money is taken back: neither our balance nor what the payee may receive is short, but what the payee has left there. */
function ofReversal(outcome: SubmitOutcome): SubmitOutcome {
  if (outcome.outcome !== 'rejected') return outcome;
  const { advice } = outcome;
  return advice === 'fund_platform' || advice === 'hold_payee' ? { ...outcome, advice: 'retry_later' } : outcome;
}

function lookedUp({ lookup, lookedAt }: ReportLookup, attempt: Attempt, hearing: Hearing, at: Instant) {
  for (const observation of lookup.found) hearing.returnsOf(observation);
  const now = (): Attempt => findAttempt(hearing.payout, attempt) ?? attempt;
  // What another attempt of the payout has at the provider comes first: it may have moved the money that this one would.
  for (const observation of applyLookup(now(), { lookup, lookedAt }, at).others) {
    const mark = readAttemptMark(observation);
    const isOurs = mark?.payout === attempt.payout && mark.book === attempt.book;
    const other = mark && isOurs ? findAttempt(hearing.payout, mark) : undefined;
    if (other) hearing.step(applyObservation(other, observation, at));
  }
  hearing.step(applyLookup(now(), { lookup, lookedAt }, at).step);
  return hearing.events;
}
