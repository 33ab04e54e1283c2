import { addDuration, type Context, freeText, type Instant, type Refusal } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Facts } from '../guards.ts';
import { foldMoney } from './evolve.ts';
import type { Fact } from './inputs.ts';
import type { Machine, State, Transition } from './machine.ts';
import type { ParsedCommand } from './parse-command.ts';
import { permit } from './permit.ts';
import { type MoneyPlan, planMoney } from './plan-money.ts';
import { type Holding, restOf } from './slice.ts';
import type { ProcessEvent, Thing } from './thing.ts';

/**
 * Decides a command of a process: existence, authority, state, time, guards, money; the first that fails is the answer.
 *
 * @param thing - As it stands; `undefined` where it has not begun.
 * @param command - As the process's parser gave it.
 * @returns One event.
 * @source docs/rules/escrow.md, E-2
 */
export function decide(
  machine: Machine,
  thing: Thing | undefined,
  command: ParsedCommand,
  context: Context,
): Result<readonly [ProcessEvent], Refusal> {
  const asked = machine.transitions.get(command.type) as Transition;
  const answer = decideOne(machine, asked, thing, command, context);
  if (answer.isOk() || context.actor.role !== 'clock' || !thing) return answer;
  // The clock takes the first of what is fired that is not refused.
  const fire = machine.states.get(thing.status)?.fire ?? [];
  const position = fire.indexOf(asked.name);
  if (position === -1) return answer;
  for (const name of fire.slice(position + 1)) {
    const other = machine.transitions.get(name) as Transition;
    const otherwise = decideOne(machine, other, thing, { ...command, type: name }, context);
    if (otherwise.isOk()) return otherwise;
  }
  return answer;
}

function decideOne(
  machine: Machine,
  transition: Transition,
  thing: Thing | undefined,
  command: ParsedCommand,
  context: Context,
): Result<readonly [ProcessEvent], Refusal> {
  const notPermitted = permit(machine, transition, thing, context, command.parties);
  if (notPermitted) return err(notPermitted);
  const facts: Facts<typeof command.input> = { input: command.input, at: context.at, actor: context.actor, thing };
  for (const guard of transition.guards) {
    const refused = guard.refuses(facts);
    if (refused) return err(refused);
  }
  const about = thing ?? { id: context.id, parties: command.parties ?? {}, lines: {}, left: {} };
  const planned = planMoney({ machine, transition, thing: about, facts });
  if (planned.isErr()) return err(planned.error);
  // Nothing below refuses.
  return ok([eventOf(machine, transition, thing, command, context, planned.value)]);
}

function eventOf(
  machine: Machine,
  transition: Transition,
  thing: Thing | undefined,
  command: ParsedCommand,
  { id, at, actor }: Context,
  plan: MoneyPlan,
): ProcessEvent {
  const given = givenBy(transition, command);
  const enters = whereTo(machine, transition, thing, given, plan, at);
  const { parties, reference } = command;
  return {
    type: transition.emits,
    at,
    by: actor.id,
    ...(parties ? { begins: { id, parties, ...(reference === undefined ? {} : { reference }) } } : {}),
    ...(Object.keys(given).length > 0 ? { given } : {}),
    ...(transition.keeps.length > 0 ? { remembers: transition.keeps } : {}),
    ...plan,
    ...(enters ? { enters } : {}),
  };
}

/** The input as the event tells it. Free text is marked, so that the kernel keeps it beside the journal. */
function givenBy(transition: Transition, { input }: ParsedCommand): Readonly<Record<string, Fact>> {
  const given: Record<string, Fact> = {};
  for (const [name, field] of transition.input) {
    const value = input[name] as Fact | undefined;
    if (value === undefined) continue;
    given[name] = field.kind === 'text' ? freeText(value as string) : value;
  }
  return given;
}

/** The status that the step enters: where it goes, and further where nothing is held any more. */
function whereTo(
  machine: Machine,
  transition: Transition,
  thing: Thing | undefined,
  given: Readonly<Record<string, Fact>>,
  plan: MoneyPlan,
  at: Instant,
): ProcessEvent['enters'] {
  const target = machine.states.get(transition.to ?? (thing as Thing).status) as State;
  const closes = target.whenDone !== undefined && restOf(foldMoney(thing, plan).lines as Holding) === 0n;
  const status = closes ? target.whenDone : transition.to;
  if (status === undefined) return undefined;
  const dueAt = dueIn(machine.states.get(status) as State, { ...thing?.facts, ...given }, at);
  return { status, ...(dueAt === undefined ? {} : { dueAt }) };
}

function dueIn({ after }: State, facts: Readonly<Record<string, Fact>>, at: Instant): Instant | undefined {
  if (typeof after === 'string') return facts[after] as Instant;
  return after && addDuration(at, after);
}
