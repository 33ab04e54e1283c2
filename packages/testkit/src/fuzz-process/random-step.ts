import { type Actor, addDuration, clockActor, type Instant } from '@holdfast/kernel';
import type { Currency } from '@holdfast/money';
import type { Random } from '../simulation/create-random.ts';
import { type FuzzableProcess, type FuzzableState, listOf } from './fuzzable-process.ts';
import { idOfParty, randomCommand } from './random-command.ts';
import { commandsOf, isDone, thingsOf } from './things.ts';

/** A command that somebody asks at some instant. */
export interface FuzzStep {
  readonly command: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly at: Instant;
}

/** What a random step is made for. */
export interface StepGround {
  readonly process: FuzzableProcess;
  readonly state: FuzzableState | undefined;
  /** The instant of the step before. */
  readonly now: Instant;
  readonly currency: Currency;
  readonly random: Random;
  /** How often each command was done so far, in all histories. */
  readonly done: Readonly<Record<string, number>>;
}

/** Makes a step: mostly something that may be asked now, sometimes anything by anybody. */
export function randomStep(ground: StepGround): FuzzStep {
  const { process, random } = ground;
  const at = randomInstant(ground);
  const open = openTo(ground, at);
  if (open.length > 0 && random.chance(75)) {
    // By the command first, so that many parts of one kind do not crowd out the rest.
    const types = [...new Set(open.map(({ action }) => action.type))];
    const few = types.filter((type) => !wouldCrowd(ground, type));
    const type = lessDone(ground, few.length > 0 && random.chance(90) ? few : types);
    const { actor, action } = random.pick(open.filter((one) => one.action.type === type));
    return { command: randomCommand(ground, action, at), actor, at };
  }
  const type = random.pick([...commandsOf(process.definition).keys()]);
  const actor = random.chance(70) ? actorFor(ground, type) : randomActor(ground);
  return { command: randomCommand(ground, { type }, at), actor, at };
}

/** Of two commands the one that was done less often, so that the rare ones are not left out. */
function lessDone({ random, done }: StepGround, types: readonly string[]): string {
  const [one, other] = [random.pick(types), random.pick(types)];
  return (done[one] ?? 0) <= (done[other] ?? 0) ? one : other;
}

/** Two open parts of a kind are enough for most histories; more would leave none of them its end. */
function wouldCrowd({ process, state }: StepGround, type: string): boolean {
  const asked = commandsOf(process.definition).get(type);
  if (!asked?.isPart || asked.transition.from !== undefined) return false;
  return thingsOf(process.definition, state).filter((one) => one.kind === asked.kind && !isDone(one)).length >= 2;
}

interface Open {
  readonly actor: Actor;
  readonly action: { readonly type: string };
}

/** What anybody may ask now. */
function openTo({ process, state }: StepGround, at: Instant): readonly Open[] {
  return everybody(process, state).flatMap((actor) =>
    process.availableActions(state, { at, actor }).map((action) => ({ actor, action })),
  );
}

/** Time stands still, passes a little, or goes to a deadline: just before, exactly, just after. */
function randomInstant({ process, state, now, random }: StepGround): Instant {
  const due = thingsOf(process.definition, state).flatMap(({ thing: { dueAt } }) =>
    dueAt === undefined ? [] : [dueAt],
  );
  if (due.length > 0 && random.chance(15)) {
    const near = addDuration(random.pick(due), { ms: random.integer(3) - 1 });
    return near > now ? near : now;
  }
  if (random.chance(80)) return now;
  return addDuration(now, { ms: random.pick([1, 60_000, 3_600_000, 3_600_000, 86_400_000]) });
}

function randomActor({ process, state, random }: StepGround): Actor {
  return random.chance(10) ? { id: 'stranger', role: 'nobody' } : random.pick(everybody(process, state));
}

function everybody(process: FuzzableProcess, state: FuzzableState | undefined): readonly Actor[] {
  const { parties, staff = [] } = process.definition;
  return [...parties, ...staff, 'clock'].map((who) => actorAs(who, parties, state));
}

function actorFor(ground: StepGround, type: string): Actor {
  const { definition } = ground.process;
  const by = listOf(commandsOf(definition).get(type)?.transition.by);
  return by.length > 0 ? actorAs(ground.random.pick(by), definition.parties, ground.state) : randomActor(ground);
}

function actorAs(who: string, parties: readonly string[], state: FuzzableState | undefined): Actor {
  if (who === 'clock') return clockActor;
  if (!parties.includes(who)) return { id: `some-${who}`, role: who };
  return { id: state?.parties[who] ?? idOfParty(who), role: who };
}
