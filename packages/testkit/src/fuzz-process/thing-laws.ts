import type { Moment, ProcessLaw } from './moment.ts';
import { isDone, type KnownThing, thingsOf } from './things.ts';

/** What holds for the whole and for each of its parts. */
export const thingLaws: readonly ProcessLaw[] = [
  {
    about: 'change',
    name: 'no line is below zero, and each is what it was less what left and what was cut from it',
    broken: ofEach(brokenLine),
  },
  { about: 'change', name: 'no more is reclaimed than had left', broken: ofEach(overReclaimed) },
  { about: 'change', name: 'done holds nothing', broken: ofEach(doneHolds) },
  {
    about: 'change',
    name: 'what is cut is what the parts that were cut from it have, and nothing else',
    broken: cutAmiss,
  },
];

function ofEach(broken: (thing: KnownThing) => string | undefined): ProcessLaw['broken'] {
  return ({ process, state }) => {
    for (const thing of thingsOf(process.definition, state)) {
      const how = broken(thing);
      if (how !== undefined) return thing.partId === undefined ? how : `${thing.kind} ${thing.partId}: ${how}`;
    }
    return undefined;
  };
}

function brokenLine({ thing }: KnownThing): string | undefined {
  for (const [name, { frozen, rest }] of Object.entries(thing.lines)) {
    if (rest.minor < 0n) return `${name} is ${rest}`;
    let left = 0n;
    for (const lines of Object.values(thing.left)) left += lines[name]?.minor ?? 0n;
    const cut = thing.cut?.[name]?.minor ?? 0n;
    if (frozen.minor !== rest.minor + left + cut) {
      return `${name} was ${frozen}, is ${rest}, ${left} left, and ${cut} was cut`;
    }
  }
  return undefined;
}

function overReclaimed({ thing }: KnownThing): string | undefined {
  for (const [way, lines] of Object.entries(thing.reclaimed ?? {})) {
    for (const [line, reclaimed] of Object.entries(lines)) {
      const left = thing.left[way]?.[line]?.minor ?? 0n;
      if (reclaimed.minor > left) return `${reclaimed} of ${line} is reclaimed, but only ${left} left by ${way}`;
    }
  }
  return undefined;
}

function doneHolds(one: KnownThing): string | undefined {
  if (!isDone(one)) return undefined;
  const holding = Object.entries(one.thing.lines).find(([, { rest }]) => rest.minor !== 0n);
  return holding && `${one.thing.status} holds ${holding[1].rest} of ${holding[0]}`;
}

/** Debts are cut from what is gone, so they count as reclaimed; all else counts as cut. */
function cutAmiss({ process, state }: Moment): string | undefined {
  const things = thingsOf(process.definition, state);
  for (const { kind, partId, thing } of things) {
    const made = { cut: 0n, reclaimed: 0n };
    for (const other of things) {
      const { thing: part, partId: id } = other;
      const isFunded = process.definition.parts?.[other.kind] && 'schedule' in part;
      const from =
        part.cutFrom ?? (id === undefined || isFunded ? undefined : { part: process.definition.kind, id: '' });
      if (from?.part !== kind || from.id !== (partId ?? '')) continue;
      made[part.isDebt ? 'reclaimed' : 'cut'] += part.amount?.minor ?? 0n;
    }
    const cut = total(Object.values(thing.cut ?? {}));
    const reclaimed = total(Object.values(thing.reclaimed ?? {}).flatMap((lines) => Object.values(lines)));
    if (cut !== made.cut) return `${cut} is cut from ${kind}, but its parts were made of ${made.cut}`;
    if (reclaimed !== made.reclaimed)
      return `${reclaimed} is reclaimed of ${kind}, but ${made.reclaimed} is owed for it`;
  }
  return undefined;
}

function total(amounts: readonly { readonly minor: bigint }[]): bigint {
  return amounts.reduce((sum, { minor }) => sum + minor, 0n);
}
