import { addDuration, type Instant } from '@holdfast/kernel';
import { eur, type Money, money } from '@holdfast/money';
import type { FuzzableField } from './fuzzable-process.ts';
import type { StepGround } from './random-step.ts';
import { commandsOf, type KnownCommand, type KnownThing, sourcePartOf, thingsOf } from './things.ts';

/** Makes a command of a type, with whatever is said of it already, such as the parts that it is about. */
export function randomCommand(
  ground: StepGround,
  said: { readonly type: string },
  at: Instant,
): Readonly<Record<string, unknown>> {
  const { parties } = ground.process.definition;
  const asked = commandsOf(ground.process.definition).get(said.type);
  const command: Record<string, unknown> = { ...said };
  if (!asked) return command;
  const { transition, isPart } = asked;
  if (isPart) Object.assign(command, randomParts(ground, asked), said);
  else if (transition.from === undefined) {
    command.parties = Object.fromEntries(parties.map((party) => [party, idOfParty(party)]));
    command.reference = 'R1';
  }
  const about = thingsAskedFor(ground, asked, command);
  const takesAmount = transition.funds !== undefined || transition.cuts !== undefined;
  if (takesAmount && !('amount' in (transition.amounts ?? {}))) command.amount = randomAmount(ground, about);
  for (const [name, field] of Object.entries(transition.input ?? {})) {
    if (field.optional && ground.random.chance(50)) continue;
    command[name] = randomValue(ground, field, at, about);
  }
  return command;
}

/** Gives the id under which the fuzzer knows a party. */
export function idOfParty(party: string): string {
  return `${party}-1`;
}

/** Names the parts of a command: a new one where it begins one, mostly, and some that are there. */
function randomParts(ground: StepGround, asked: KnownCommand): Readonly<Record<string, string>> {
  const { random } = ground;
  const source = sourcePartOf(ground.process.definition, asked);
  const isNew = asked.transition.from === undefined && random.chance(90);
  const id = isNew ? `${asked.kind}-${idsOf(ground, asked.kind).length + 1}` : anyOf(ground, asked.kind);
  return { [asked.kind]: id, ...(source === undefined ? {} : { [source]: anyOf(ground, source) }) };
}

function anyOf(ground: StepGround, kind: string): string {
  const ids = idsOf(ground, kind);
  return ids.length > 0 && ground.random.chance(95) ? ground.random.pick(ids) : 'nowhere';
}

function idsOf({ process, state }: StepGround, kind: string): readonly string[] {
  const things = thingsOf(process.definition, state);
  return things.flatMap((one) => (one.kind === kind && one.partId !== undefined ? [one.partId] : []));
}

/** The thing that a command is about, and what it is cut from. */
function thingsAskedFor(
  { process, state }: StepGround,
  { kind, isPart, transition }: KnownCommand,
  command: Readonly<Record<string, unknown>>,
): readonly KnownThing[] {
  const source = transition.cuts?.split('.')[0];
  return thingsOf(process.definition, state).filter((one) => {
    if (one.partId === undefined) return !isPart || source === one.kind;
    return (one.kind === kind || one.kind === source) && command[one.kind] === one.partId;
  });
}

function randomValue(ground: StepGround, field: FuzzableField, at: Instant, about: readonly KnownThing[]): unknown {
  const { random } = ground;
  switch (field.kind) {
    case 'amount':
      return randomAmount(ground, about);
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

/** Of all sizes, with a liking for what is there: all of it, a cent less, a cent more, a part, and what was kept of it before. */
function randomAmount({ currency, random }: StepGround, about: readonly KnownThing[]): unknown {
  if (random.chance(3)) return money(BigInt(1 + random.integer(1_000)), eur);
  if (random.chance(3)) return money(BigInt(-random.integer(2)), currency);
  const kept = about.flatMap(amountsKept);
  if (kept.length > 0 && random.chance(20)) return random.pick(kept);
  const there = about.map(({ thing }) => rest(thing)).find((minor) => minor > 0n) ?? gone(about);
  if (there > 0n && random.chance(70)) {
    const part = (there * BigInt(1 + random.integer(1_000))) / 1_000n;
    return money(random.pick([there, there - 1n, there + 1n, 1n, part, part, part / 10n]), currency);
  }
  const digits = 1 + random.integer(7);
  return money(BigInt(1 + random.integer(10 ** digits)), currency);
}

/** Amounts that a thing remembers, such as a price that was agreed. */
function amountsKept({ thing }: KnownThing): readonly Money[] {
  return Object.values(thing.facts ?? {}).filter(isMoneyLike);
}

function isMoneyLike(fact: unknown): fact is Money {
  return typeof fact === 'object' && fact !== null && 'minor' in fact;
}

function rest({ lines }: KnownThing['thing']): bigint {
  let minor = 0n;
  for (const line of Object.values(lines)) minor += line.rest.minor;
  return minor;
}

/** What left the last of the things: that is what debts are cut from. */
function gone(about: readonly KnownThing[]): bigint {
  let minor = 0n;
  for (const lines of Object.values(about.at(-1)?.thing.left ?? {})) {
    for (const amount of Object.values(lines)) minor += amount.minor;
  }
  return minor;
}
