import { canonical, type Json, readCanonical } from '@holdfast/kernel';
import type { Moment, ProcessLaw } from './moment.ts';
import { seenAs } from './seen-as.ts';
import { isAllDone, isDone, type KnownThing, thingsOf } from './things.ts';

/** What holds for states and events as such. */
export const stateLaws: readonly ProcessLaw[] = [
  { about: 'change', name: 'what goes on by itself holds nothing and has no open part', broken: wentOnTooEarly },
  { about: 'change', name: 'what could go on by itself does', broken: staysBehind },
  { about: 'change', name: 'what is done waits for nothing and claims nothing', broken: doneStands },
  { about: 'change', name: 'the events of a history fold to its state', broken: unfoldable },
  { about: 'change', name: 'states and events come back from their stored form as they were', broken: unreadable },
  { about: 'change', name: 'a state that was read back is answered like one that was kept', broken: answeredOtherwise },
];

function wentOnTooEarly({ process, before, events, state }: Moment): string | undefined {
  const { definition } = process;
  const things = thingsOf(definition, state);
  for (const one of things) {
    const { kind, partId, machine, thing } = one;
    const earlier = thingsOf(definition, before).find((other) => other.kind === kind && other.partId === partId);
    const whenDone = machine.states[earlier?.thing.status ?? '']?.whenDone;
    if (!earlier || thing.status === earlier.thing.status || thing.status !== whenDone) continue;
    const wasTold = Object.values(machine.transitions).some(
      ({ to, emits }) => to === whenDone && events.some(({ type }) => type === emits),
    );
    const [open] = wasTold ? [] : openPartsOf(one, things);
    if (open) return `${kind} is ${thing.status}, but ${open.kind} ${open.partId} is open`;
  }
  return undefined;
}

function staysBehind({ process, state }: Moment): string | undefined {
  const things = thingsOf(process.definition, state);
  for (const one of things) {
    if (one.machine.states[one.thing.status]?.whenDone === undefined || holdsAnything(one)) continue;
    if (openPartsOf(one, things).length === 0) return `${one.kind} is ${one.thing.status}, but nothing is left of it`;
  }
  return undefined;
}

function holdsAnything({ thing }: KnownThing): boolean {
  return Object.values(thing.lines).some(({ rest }) => rest.minor > 0n);
}

/** Of the whole all parts, of a part what was cut from it. */
function openPartsOf({ kind, partId }: KnownThing, things: readonly KnownThing[]): readonly KnownThing[] {
  return things.filter((other) => {
    if (other.partId === undefined || isDone(other)) return false;
    const { cutFrom } = other.thing;
    return partId === undefined || (cutFrom?.part === kind && cutFrom.id === partId);
  });
}

function doneStands({ process, state }: Moment): string | undefined {
  if (!state) return undefined;
  const { status, claims, deadlines } = process.standing(state);
  if (status !== state.status) return `it stands for ${status}, but is ${state.status}`;
  if (new Set(claims).size !== claims.length) return `it claims ${claims.join(', ')}`;
  const names = deadlines.map(({ name }) => name);
  if (new Set(names).size !== names.length) return `it has two deadlines of one name in ${names.join(', ')}`;
  if (!isAllDone(process.definition, state)) return undefined;
  return deadlines.length > 0 ? `${status} waits for ${deadlines[0]?.name}` : undefined;
}

function unfoldable({ process, allEvents, state }: Moment): string | undefined {
  // All of it each time would cost the square of the history.
  if (!state || !isTurn({ allEvents, process, state }, 5)) return undefined;
  let folded: unknown;
  for (const event of allEvents) folded = process.evolve(folded, event);
  return textOf(folded) === textOf(state) ? undefined : `${textOf(folded)} is not ${textOf(state)}`;
}

function unreadable({ process, state, events, allEvents }: Moment): string | undefined {
  const { codec } = process;
  if (!state) return undefined;
  if (isTurn({ allEvents, process, state }, 3)) {
    const stored = textOf(codec.encodeState(state));
    const again = textOf(codec.encodeState(codec.decodeState(readCanonical(stored) as Json)));
    if (again !== stored) return `the state ${stored} comes back as ${again}`;
  }
  for (const event of events) {
    const { type, version, data } = codec.encodeEvent(event);
    const text = textOf(data);
    const read = codec.encodeEvent(codec.decodeEvent({ type, version, data: readCanonical(text) as Json }));
    if (read.type !== type || textOf(read.data) !== text) return `the event ${text} comes back as ${textOf(read.data)}`;
  }
  return undefined;
}

/** What is read back has its fields in the order of their names, and a service may keep a state as long as it likes. */
function answeredOtherwise({ process, id, step, before, events }: Moment): string | undefined {
  const { codec } = process;
  const parsed = process.parse(step.command);
  if (!before || parsed.isErr()) return undefined;
  const read = codec.decodeState(readCanonical(textOf(codec.encodeState(before))) as Json);
  const { at, actor } = step;
  const again = process.decide(seenAs(read), parsed.value, { id, at, actor });
  if (again.isErr()) return `it is refused: ${again.error.code}`;
  const text = textOf(again.value);
  return text === textOf(events) ? undefined : `${text} is not ${textOf(events)}`;
}

/** What costs much is looked at after every so many events, and whenever everything is done. */
function isTurn(
  { allEvents, process, state }: Pick<Moment, 'allEvents' | 'process' | 'state'>,
  every: number,
): boolean {
  return allEvents.length % every === 0 || isAllDone(process.definition, state);
}

/** Free texts are written as themselves: a stored one is known by its hash, which here is the text. */
function textOf(value: unknown): string {
  const text = canonical(value, ({ value: free }) => free);
  return typeof text === 'string' ? text : `no plain data at ${text.field}: ${text.given}`;
}
