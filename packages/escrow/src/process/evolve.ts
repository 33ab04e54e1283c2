import { beginWithCut, foldCut, foldMoney } from './fold-money.ts';
import type { Fact } from './inputs.ts';
import { changeThing, partNamed, putPart, thingNamed } from './parts.ts';
import type { Entry, Part, PartName, ProcessEvent, Thing, Whole } from './thing.ts';

/** Folds a step into a process. Knows nothing of the definition, so that what happened reads the same for ever. */
export function evolve(before: Whole | undefined, event: ProcessEvent): Whole {
  let after = event.about && before ? foldPart(before, event.about, event) : foldWhole(before, event);
  if (event.cuts) {
    const { cuts } = event;
    after = changeThing(after, cuts.from, (source) => foldCut(source, cuts));
  }
  for (const { about, ...entry } of event.goOn ?? []) {
    after = changeThing(after, about, (thing) => enter(thing, entry, event));
  }
  return after;
}

function foldWhole(before: Whole | undefined, event: ProcessEvent): Whole {
  const { id = '', parties = {}, reference } = before ?? event.begins ?? {};
  const { parts } = before ?? {};
  return {
    ...foldThing(before ?? blank(id, event), event),
    parties,
    ...(reference === undefined ? {} : { reference }),
    ...(parts ? { parts } : {}),
  };
}

function foldPart(whole: Whole, about: PartName, event: ProcessEvent): Whole {
  const before = partNamed(whole, about) ?? beginPart(whole, about, event);
  const { cutFrom, isDebt } = before;
  return putPart(whole, about, {
    ...foldThing(before, event),
    ...(cutFrom ? { cutFrom } : {}),
    ...(isDebt ? { isDebt } : {}),
  });
}

function beginPart(whole: Whole, { id }: PartName, event: ProcessEvent): Part {
  const { cuts } = event;
  if (!cuts) return blank(id, event);
  const source = thingNamed(whole, cuts.from) as Thing;
  return {
    ...blank(id, event),
    amount: cuts.amount,
    ...beginWithCut(source, cuts),
    ...(cuts.from ? { cutFrom: cuts.from } : {}),
    ...(cuts.bearers ? { isDebt: true } : {}),
  };
}

function foldThing(before: Thing, event: ProcessEvent): Thing {
  const { lines, left, cut, reclaimed } = foldMoney(before, event);
  const { status, since, dueAt, entered } = event.enters ? enter(before, event.enters, event) : before;
  const amount = event.freezes?.amount ?? before.amount;
  const schedule = event.freezes?.schedule ?? before.schedule;
  return {
    id: before.id,
    status,
    since,
    ...(dueAt === undefined ? {} : { dueAt }),
    entered,
    ...(amount === undefined ? {} : { amount }),
    ...(schedule === undefined ? {} : { schedule }),
    lines,
    left,
    ...(cut ? { cut } : {}),
    ...(reclaimed ? { reclaimed } : {}),
    facts: foldFacts(before.facts, event),
  };
}

function blank(id: string, { at }: ProcessEvent): Thing {
  return { id, status: '', since: at, lines: {}, left: {}, entered: {}, facts: {} };
}

function enter<One extends Thing>(thing: One, { status, dueAt }: Entry, { at, by }: ProcessEvent): One {
  const { dueAt: _before, ...others } = thing;
  const entered = { ...thing.entered, [status]: { at, by } };
  return { ...others, status, since: at, ...(dueAt === undefined ? {} : { dueAt }), entered } as One;
}

function foldFacts(facts: Thing['facts'], event: ProcessEvent): Thing['facts'] {
  if (!event.remembers) return facts;
  const remembered: Record<string, Fact> = { ...facts };
  for (const name of event.remembers) {
    const value = event.given?.[name];
    if (value !== undefined) remembered[name] = value;
  }
  return remembered;
}
