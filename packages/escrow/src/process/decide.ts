import { type Context, freeText, type Refusal } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { namesOf } from './account-of.ts';
import type { AmountFacts } from './amount-named.ts';
import { enteredBy, thingsGoingOn } from './enter-status.ts';
import { evolve } from './evolve.ts';
import { followersOf } from './followers.ts';
import type { Fact } from './inputs.ts';
import type { Command, Transition, WholeMachine } from './machine.ts';
import type { ParsedCommand } from './parse-command.ts';
import { permit } from './permit.ts';
import { type MoneyPlan, planMoney } from './plan-money.ts';
import { type Scene, setScene } from './scene.ts';
import type { ProcessEvent, Thing, Whole } from './thing.ts';

/** What a command does: one event, and one more for every part that follows it. */
export type Decided = readonly [ProcessEvent, ...ProcessEvent[]];

/**
 * Decides a command of a process: existence, authority, state, time, guards, money; the first that fails is the answer.
 *
 * @param whole - As it stands; `undefined` where it has not begun.
 * @param command - As the process's parser gave it.
 * @returns The event of the command, and those of the parts with which something happens then.
 * @source docs/rules/escrow.md, E-2
 */
export function decide(
  process: WholeMachine,
  whole: Whole | undefined,
  command: ParsedCommand,
  context: Context,
): Result<Decided, Refusal> {
  const asked = process.commands.get(command.type) as Command;
  const scene = setScene(process, asked, whole, command.parts);
  const answer = decideOne(scene, command, context);
  if (answer.isOk() || context.actor.role !== 'clock' || !scene.thing) return answer;
  // The clock takes the first of what is fired that is not refused.
  const fire = asked.machine.states.get(scene.thing.status)?.fire ?? [];
  const position = fire.indexOf(command.type);
  if (position === -1) return answer;
  for (const type of fire.slice(position + 1)) {
    const transition = asked.machine.transitions.get(type) as Transition;
    const otherwise = decideOne({ ...scene, transition }, { ...command, type }, context);
    if (otherwise.isOk()) return otherwise;
  }
  return answer;
}

function decideOne(scene: Scene, command: ParsedCommand, context: Context): Result<Decided, Refusal> {
  const notPermitted = permit(scene, context, command.parties);
  if (notPermitted) return err(notPermitted);
  const { at, actor } = context;
  const facts: AmountFacts = { input: command.input, at, actor, thing: scene.thing, whole: scene.whole };
  for (const guard of scene.transition.guards) {
    const refused = guard.refuses(facts);
    if (refused) return err(refused);
  }
  const planned = planMoney(planOf(scene, command, context, facts));
  if (planned.isErr()) return err(planned.error);
  // Nothing below refuses.
  return ok(tell(scene, eventOf(scene, command, context, planned.value), context));
}

/** Plans for a thing that is yet to begin as for one that has nothing. */
function planOf(scene: Scene, { parties }: ParsedCommand, { id }: Context, facts: AmountFacts) {
  const { machine, transition, whole, about, thing, source } = scene;
  const names = namesOf(whole ?? { id, parties: parties ?? {} }, about);
  return { machine, transition, thing: thing ?? NOTHING, source, names, facts };
}

function eventOf(scene: Scene, command: ParsedCommand, { id, at, actor }: Context, plan: MoneyPlan): ProcessEvent {
  const { transition, about } = scene;
  const given = givenBy(transition, command);
  const enters = enteredBy(scene, { given, plan, at });
  const { parties, reference } = command;
  return {
    type: transition.emits,
    at,
    by: actor.id,
    ...(about ? { about } : {}),
    ...(parties ? { begins: { id, parties, ...(reference === undefined ? {} : { reference }) } } : {}),
    ...(Object.keys(given).length > 0 ? { given } : {}),
    ...(transition.keeps.length > 0 ? { remembers: transition.keeps } : {}),
    ...plan,
    ...(enters ? { enters } : {}),
    ...(transition.asks.length > 0 ? { asks: transition.asks } : {}),
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

/** Adds what happens with the event: to parts that follow it, and to things that then have nothing left to wait for. */
function tell({ process, whole, transition }: Scene, event: ProcessEvent, context: Context): Decided {
  if (process.parts.size === 0) return [event];
  const events: [ProcessEvent, ...ProcessEvent[]] = [event];
  let after = evolve(whole, event);
  for (const follower of followersOf(process, transition, after)) {
    const following = eventOf(follower.scene, { type: '', input: {}, parts: {} }, context, follower.plan);
    events.push(following);
    after = evolve(after, following);
  }
  const goOn = thingsGoingOn(process, after, context.at);
  const last = events.pop() as ProcessEvent;
  events.push(goOn.length > 0 ? { ...last, goOn } : last);
  return events;
}

const NOTHING: Pick<Thing, 'lines' | 'left'> = { lines: {}, left: {} };
