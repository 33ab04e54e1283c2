import { type Context, freeText, type Seen } from '@holdfast/kernel';
import {
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
} from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { AssertAbsent, AssertPaid, PresumeSilence, Redrive, ReportLookup, ReportOutcome } from './commands.ts';
import type { PayoutEnvironment } from './environment.ts';
import type { AttemptStepped, PayoutEvent } from './events.ts';
import { evolvePayout } from './evolve.ts';
import { readItems } from './items-metadata.ts';
import type { Payout } from './payout.ts';
import type { PayoutRefusals } from './refusals.ts';
import { type StepContext, stepEvent } from './step-event.ts';

/** What a report is about an attempt that is known. */
export type AttemptReport = ReportOutcome | ReportLookup | PresumeSilence | AssertPaid | AssertAbsent | Redrive;

/**
 * Decides what was heard of an attempt, or said of it by an operator. What merely reports is never refused for state, time or want of money.
 *
 * @source docs/rules/payouts.md, P-17, P-19, P-22
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
  const known = payout.attempts.find(({ attempt }) => attempt.number === command.attempt);
  if (!known) return err({ code: 'attempt_unknown', payout: id, number: command.attempt });
  const { attempt } = known;
  const context = (by: AttemptStepped['by']): StepContext => ({ seen, payout, at, by, environment });
  switch (command.type) {
    case 'ReportOutcome':
      return ok([stepEvent(applyOutcome(attempt, command, at), context('outcome'))]);
    case 'ReportLookup':
      return ok(lookedUp(command, payout, context('lookup')));
    case 'PresumeSilence':
      return ok([stepEvent(presumeSilence(attempt, command.sentBefore, at), context('silence'))]);
    case 'AssertPaid': {
      const why = freeText(command.why);
      return assertPaid(attempt, command.reference, at).map((step) => [
        stepEvent(step, { ...context('operator'), why }),
      ]);
    }
    case 'AssertAbsent':
      return assertAbsent(attempt, command.evidence, at).map((step) => [stepEvent(step, context('operator'))]);
    case 'Redrive': {
      const why = freeText(command.why);
      return driveAgain(attempt, at).map((step) => [stepEvent(step, { ...context('operator'), why })]);
    }
  }
}

/**
 * Decides what a provider says of one of its objects. One of an attempt that the book does not know becomes its payout's attempt; where the payout is not
 * known either, it is made of what it said of itself to the provider.
 *
 * @source docs/rules/payouts.md, P-19, P-21
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
  const known = payout?.attempts.find(({ attempt }) =>
    mark
      ? mark.book === book && mark.payout === id && attempt.number === mark.number
      : attempt.objects.some(({ object }) => object === observation.object),
  );
  if (payout && known) {
    const step = applyObservation(known.attempt, observation, at);
    return ok([stepEvent(step, { seen, payout, at, by: 'observation', environment })]);
  }
  const notOurs = { code: 'observation_not_ours', book, object: observation.object } as const;
  if (!mark || mark.payout !== id || mark.book !== book) return err(notOurs);
  const sender = payout?.sender ?? `${observation.provider}.${observation.account}`;
  const power = environment.senders.get(sender)?.descriptor.operations[observation.kind];
  if (!power) return err({ code: 'sender_unknown', sender });
  return adoptAttempt({ book, power, observation }, at).map((step) =>
    adopted(seen, payout, { observation, sender, step, at, environment }),
  );
}

function lookedUp(command: ReportLookup, payout: Payout, context: StepContext): readonly PayoutEvent[] {
  const { attempt: number, lookup, lookedAt } = command;
  let current = payout;
  const events: AttemptStepped[] = [];
  const add = (step: AttemptStep): void => {
    const event = stepEvent(step, { ...context, payout: current, earlier: [...events] });
    events.push(event);
    current = evolvePayout(current, event);
  };
  const known = payout.attempts.find(({ attempt }) => attempt.number === number);
  if (!known) return [];
  const { step, others } = applyLookup(known.attempt, { lookup, lookedAt }, context.at);
  // What another attempt of the payout has at the provider comes first: it may have moved the money that this one would.
  for (const observation of others) {
    const mark = readAttemptMark(observation);
    const other = current.attempts.find(
      ({ attempt }) => mark?.payout === attempt.payout && mark.book === attempt.book && mark.number === attempt.number,
    );
    if (other) add(applyObservation(other.attempt, observation, context.at));
  }
  add(step);
  return events;
}

interface Adoption {
  readonly observation: Observation;
  readonly sender: string;
  readonly step: AttemptStep;
  readonly at: string;
  readonly environment: PayoutEnvironment;
}

function adopted(
  seen: Seen,
  payout: Payout | undefined,
  { observation, sender, step, at, environment }: Adoption,
): readonly PayoutEvent[] {
  if (payout) return [stepEvent(step, { seen, payout, at, by: 'adoption', environment })];
  const said = readItems(observation.metadata) ?? { payee: 'unknown', bundle: 'unknown', obligations: [] };
  const { currency } = observation.amount;
  const planned = { type: 'PayoutPlanned', sender, currency, ...said, at } as const;
  const made = evolvePayout(undefined, planned);
  return [planned, stepEvent(step, { seen, payout: made, at, by: 'adoption', environment })];
}
