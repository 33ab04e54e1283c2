import { canonical, type Json, readCanonical } from '@holdfast/kernel';
import type { Moment, ProcessLaw } from './moment.ts';
import { isAllDone, isDone, type KnownThing, thingsOf } from './things.ts';

/** What holds for states and events as such. */
export const stateLaws: readonly ProcessLaw[] = [
  { about: 'change', name: 'what goes on by itself holds nothing and has no open part', broken: wentOnTooEarly },
  { about: 'change', name: 'what could go on by itself does', broken: staysBehind },
  { about: 'change', name: 'what is done waits for nothing and claims nothing', broken: doneStands },
  { about: 'change', name: 'the events of a history fold to its state', broken: unfoldable },
  { about: 'change', name: 'states and events come back from their stored form as they were', broken: unreadable },
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
  if (!state || (allEvents.length % 5 !== 0 && !isAllDone(process.definition, state))) return undefined;
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

/** Free texts are written as themselves: a stored one is known by its hash, which here is the text. */
function textOf(value: unknown): string {
  const text = canonical(value, ({ value: free }) => free);
  return typeof text === 'string' ? text : `no plain data at ${text.field}: ${text.given}`;
}
