import { canonical, type DomainEvent, type Json, type Refusal, readCanonical, type Transfer } from '@holdfast/kernel';
import type { FuzzableProcess, FuzzableState } from './fuzzable-process.ts';
import type { FuzzStep } from './random-step.ts';

/** A history at the moment after a step. */
export interface Moment {
  readonly process: FuzzableProcess;
  readonly id: string;
  readonly step: FuzzStep;
  readonly before: FuzzableState | undefined;
  /** Of the step; none where it was refused. */
  readonly events: readonly DomainEvent[];
  readonly refusal: Refusal | undefined;
  readonly state: FuzzableState | undefined;
  /** Of the whole history. */
  readonly allEvents: readonly DomainEvent[];
  /** What the transfers of the history did to each account: `name CODE` to minor units. */
  readonly balances: ReadonlyMap<string, bigint>;
}

/** Something that holds for every declared process after every step. */
export interface ProcessLaw {
  /** A present-tense fact. */
  readonly name: string;
  /** Whether it is about every answer, or about what was changed. */
  readonly about: 'answer' | 'change';
  /** Says how it does not hold. */
  readonly broken: (moment: Moment) => string | undefined;
}

/** The laws, in the order in which they are checked. */
export const processLaws: readonly ProcessLaw[] = [
  { about: 'answer', name: 'a refusal is one that the command is documented to give', broken: undocumented },
  { about: 'answer', name: 'what is offered is not refused, and what is not offered is', broken: wronglyOffered },
  {
    about: 'change',
    name: 'every transfer moves more than nothing from one account to another',
    broken: emptyTransfer,
  },
  { about: 'change', name: 'no line is below zero, and each is what it was less what left', broken: brokenLine },
  { about: 'change', name: 'what lies inside is what the things hold', broken: strayMoney },
  { about: 'change', name: 'no more comes back than came in', broken: moreOutThanIn },
  { about: 'change', name: 'done holds nothing', broken: doneHolds },
  { about: 'change', name: 'what is done waits for nothing and claims nothing', broken: doneStands },
  { about: 'change', name: 'the events of a history fold to its state', broken: unfoldable },
  { about: 'change', name: 'states and events come back from their stored form as they were', broken: unreadable },
];

const BEFORE_INPUT = [
  'not_found',
  'already_started',
  'actor_not_allowed',
  'wrong_status',
  'not_due',
  'overdue',
  'too_late',
];

function undocumented({ process, step, refusal }: Moment): string | undefined {
  if (!refusal || refusal.code === 'shape_invalid') return undefined;
  const codes = process.refusalsOf(`${step.command.type}`).map(({ code }) => code);
  return codes.includes(refusal.code) ? undefined : `${refusal.code} is none of ${codes.join(', ')}`;
}

function wronglyOffered({ process, step, before, refusal }: Moment): string | undefined {
  const isBegun = process.definition.transitions[`${step.command.type}`]?.from === undefined;
  if (isBegun || refusal?.code === 'shape_invalid') return undefined;
  const isOffered = process.availableActions(before, step).some(({ type }) => type === step.command.type);
  const isOpen = refusal === undefined || !BEFORE_INPUT.includes(refusal.code);
  if (isOffered === isOpen) return undefined;
  return isOffered ? `offered, but ${refusal?.code}` : 'not offered, but not refused';
}

function emptyTransfer({ process, events }: Moment): string | undefined {
  const wrong = transfersOf(process, events).find(({ from, to, amount }) => amount.minor <= 0n || from === to);
  return wrong && `${wrong.amount} from ${wrong.from} to ${wrong.to}`;
}

function brokenLine({ state }: Moment): string | undefined {
  for (const [name, { frozen, rest }] of Object.entries(state?.lines ?? {})) {
    if (rest.minor < 0n) return `${name} is ${rest}`;
    let left = 0n;
    for (const lines of Object.values(state?.left ?? {})) left += lines[name]?.minor ?? 0n;
    if (frozen.minor !== rest.minor + left) return `${name} was ${frozen}, is ${rest}, and ${left} left`;
  }
  return undefined;
}

function strayMoney(moment: Moment): string | undefined {
  const { process, state, balances } = moment;
  if (!state?.amount) return undefined;
  const { code } = state.amount.currency;
  const held = new Map<string, bigint>();
  for (const { rest, place } of Object.values(state.lines)) {
    const account = accountOf(moment, place);
    held.set(account, (held.get(account) ?? 0n) + rest.minor);
  }
  for (const [place, given] of Object.entries(process.definition.places)) {
    if (typeof given === 'string') continue;
    const account = accountOf(moment, place);
    const lies = balances.get(`${account} ${code}`) ?? 0n;
    if (lies !== (held.get(account) ?? 0n))
      return `${lies} lies in ${account}, where ${held.get(account) ?? 0n} is held`;
  }
  return undefined;
}

function moreOutThanIn({ process, id, allEvents, state }: Moment): string | undefined {
  if (!state) return undefined;
  const inside = new Set<string>();
  for (const given of Object.values(process.definition.places)) {
    if (typeof given !== 'string') inside.add(fill(given.account, id, state));
  }
  let within = 0n;
  for (const { from, to, amount } of transfersOf(process, allEvents)) {
    if (inside.has(to)) within += amount.minor;
    if (inside.has(from)) within -= amount.minor;
    if (within < 0n) return `${-within} more left than came in`;
  }
  return undefined;
}

function doneHolds({ process, state }: Moment): string | undefined {
  if (!state || !isDone(process, state)) return undefined;
  const holding = Object.entries(state.lines).find(([, { rest }]) => rest.minor !== 0n);
  return holding && `${state.status} holds ${holding[1].rest} of ${holding[0]}`;
}

function doneStands({ process, state }: Moment): string | undefined {
  if (!state) return undefined;
  const { status, claims, deadlines } = process.standing(state);
  if (status !== state.status) return `it stands for ${status}, but is ${state.status}`;
  if (new Set(claims).size !== claims.length) return `it claims ${claims.join(', ')}`;
  if (!isDone(process, state)) return undefined;
  return deadlines.length > 0 ? `${status} waits for ${deadlines[0]?.name}` : undefined;
}

function unfoldable({ process, allEvents, state }: Moment): string | undefined {
  // All of it each time would cost the square of the history.
  if (!state || (allEvents.length % 5 !== 0 && !isDone(process, state))) return undefined;
  let folded: unknown;
  for (const event of allEvents) folded = process.evolve(folded, event);
  return textOf(folded) === textOf(state) ? undefined : `${textOf(folded)} is not ${textOf(state)}`;
}

function unreadable({ process, state, events }: Moment): string | undefined {
  const { codec } = process;
  if (!state) return undefined;
  const stored = textOf(codec.encodeState(state));
  const again = textOf(codec.encodeState(codec.decodeState(readCanonical(stored) as Json)));
  if (again !== stored) return `the state ${stored} comes back as ${again}`;
  for (const event of events) {
    const { type, version, data } = codec.encodeEvent(event);
    const text = textOf(data);
    const read = codec.encodeEvent(codec.decodeEvent({ type, version, data: readCanonical(text) as Json }));
    if (read.type !== type || textOf(read.data) !== text) return `the event ${text} comes back as ${textOf(read.data)}`;
  }
  return undefined;
}

function isDone(process: FuzzableProcess, { status }: FuzzableState): boolean {
  return process.definition.states[status]?.done === true;
}

function transfersOf(process: FuzzableProcess, events: readonly DomainEvent[]): readonly Transfer[] {
  return events.flatMap((event) => process.transfers(event));
}

function accountOf({ process, id, state }: Moment, place: string): string {
  const given = process.definition.places[place] ?? '';
  return fill(typeof given === 'string' ? given : given.account, id, state as FuzzableState);
}

function fill(template: string, id: string, { parties }: FuzzableState): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => (name === 'id' ? id : (parties[name] ?? '')));
}

/** Free texts are written as themselves: a stored one is known by its hash, which here is the text. */
function textOf(value: unknown): string {
  const text = canonical(value, ({ value: free }) => free);
  return typeof text === 'string' ? text : `no plain data at ${text.field}: ${text.given}`;
}
