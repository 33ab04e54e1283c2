import { type Actor, addDuration, clockActor, type Instant } from '@holdfast/kernel';
import { type Currency, eur, money } from '@holdfast/money';
import type { Random } from '../simulation/create-random.ts';
import { type FuzzableField, type FuzzableProcess, type FuzzableState, listOf } from './fuzzable-process.ts';

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
}

/** Makes a step: mostly something that may be asked now, sometimes anything by anybody. */
export function randomStep(ground: StepGround): FuzzStep {
  const { process, random } = ground;
  const at = randomInstant(ground);
  const open = openTo(ground, at);
  if (open.length > 0 && random.chance(75)) {
    const { actor, type } = random.pick(open);
    return { command: randomCommand(ground, type, at), actor, at };
  }
  const type = random.pick(Object.keys(process.definition.transitions));
  const actor = random.chance(70) ? actorFor(ground, type) : randomActor(ground);
  return { command: randomCommand(ground, type, at), actor, at };
}

/** What anybody may ask now. */
function openTo(
  { process, state }: StepGround,
  at: Instant,
): readonly { readonly actor: Actor; readonly type: string }[] {
  return everybody(process, state).flatMap((actor) =>
    process.availableActions(state, { at, actor }).map(({ type }) => ({ actor, type })),
  );
}

/** Time stands still, passes a little, or goes to a deadline: just before, exactly, just after. */
function randomInstant({ state, now, random }: StepGround): Instant {
  if (state?.dueAt !== undefined && random.chance(15)) {
    const near = addDuration(state.dueAt, { ms: random.integer(3) - 1 });
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
  const { parties, transitions } = ground.process.definition;
  const by = listOf(transitions[type]?.by);
  return by.length > 0 ? actorAs(ground.random.pick(by), parties, ground.state) : randomActor(ground);
}

function actorAs(who: string, parties: readonly string[], state: FuzzableState | undefined): Actor {
  if (who === 'clock') return clockActor;
  return parties.includes(who) ? { id: state?.parties[who] ?? idOf(who), role: who } : { id: `some-${who}`, role: who };
}

function randomCommand(ground: StepGround, type: string, at: Instant): Readonly<Record<string, unknown>> {
  const { process, random } = ground;
  const { parties, transitions } = process.definition;
  const transition = transitions[type];
  const command: Record<string, unknown> = { type };
  if (transition?.from === undefined) {
    command.parties = Object.fromEntries(parties.map((party) => [party, idOf(party)]));
    command.reference = 'R1';
  }
  if (transition?.funds !== undefined) command.amount = randomAmount(ground);
  for (const [name, field] of Object.entries(transition?.input ?? {})) {
    if (field.optional && random.chance(50)) continue;
    command[name] = randomValue(ground, field, at);
  }
  return command;
}

function randomValue(ground: StepGround, field: FuzzableField, at: Instant): unknown {
  const { random } = ground;
  switch (field.kind) {
    case 'amount':
      return randomAmount(ground);
    case 'instant':
      return addDuration(at, { ms: random.pick([-1, 0, 1, 3_600_000, 86_400_000]) });
    case 'oneOf':
      return random.pick(field.options ?? []);
    case 'word':
      return random.pick(['alpha', 'beta']);
    default:
      return random.pick(['', 'a reason', 'grüße 🎈']);
  }
}

/** Of all sizes, with a liking for what is held: all of it, a cent less, a cent more, a part. */
function randomAmount({ state, currency, random }: StepGround): unknown {
  if (random.chance(3)) return money(BigInt(1 + random.integer(1_000)), eur);
  if (random.chance(3)) return money(BigInt(-random.integer(2)), currency);
  let held = 0n;
  for (const { rest } of Object.values(state?.lines ?? {})) held += rest.minor;
  if (held > 0n && random.chance(70)) {
    const part = (held * BigInt(1 + random.integer(1_000))) / 1_000n;
    return money(random.pick([held, held - 1n, held + 1n, 1n, part, part, part / 10n]), currency);
  }
  const digits = 1 + random.integer(7);
  return money(BigInt(1 + random.integer(10 ** digits)), currency);
}

function idOf(party: string): string {
  return `${party}-1`;
}
