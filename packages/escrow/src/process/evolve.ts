import { type Money, money } from '@holdfast/money';
import type { Fact } from './inputs.ts';
import type { Holding } from './slice.ts';
import type { HeldLine, Leaving, ProcessEvent, Thing } from './thing.ts';

/** Folds a step into a thing. Knows nothing of the definition, so that what happened reads the same for ever. */
export function evolve(before: Thing | undefined, event: ProcessEvent): Thing {
  const { lines, left } = foldMoney(before, event);
  const thing = before ?? begin(event);
  const amount = event.freezes?.amount ?? thing.amount;
  const schedule = event.freezes?.schedule ?? thing.schedule;
  return {
    id: thing.id,
    ...foldStatus(thing, event),
    parties: thing.parties,
    ...(thing.reference === undefined ? {} : { reference: thing.reference }),
    ...(amount === undefined ? {} : { amount }),
    ...(schedule === undefined ? {} : { schedule }),
    lines,
    left,
    facts: foldFacts(thing.facts, event),
  };
}

/** Folds what comes in, is laid elsewhere and leaves. */
export function foldMoney(
  before: Pick<Thing, 'lines' | 'left'> | undefined,
  event: Pick<ProcessEvent, 'freezes' | 'shifts' | 'leaves'>,
): { lines: Holding; left: Thing['left'] } {
  let lines = (before?.lines ?? {}) as Holding;
  let left = before?.left ?? {};
  for (const leaving of event.leaves ?? []) {
    lines = takeFrom(lines, leaving);
    left = { ...left, [leaving.way]: addShares(left[leaving.way] ?? {}, leaving.lines) };
  }
  if (event.shifts) {
    const { shifts } = event;
    lines = mapLines(lines, (line, name) => ({ ...line, place: shifts[name] ?? line.place }));
  }
  if (event.freezes) {
    const { place } = event.freezes;
    lines = Object.fromEntries(
      Object.entries(event.freezes.lines).map(([name, frozen]) => [name, { frozen, rest: frozen, place }]),
    );
    left = {};
  }
  return { lines, left };
}

function begin(event: ProcessEvent): Thing {
  const { id = '', parties = {}, reference } = event.begins ?? {};
  return {
    id,
    status: '',
    since: event.at,
    parties,
    ...(reference === undefined ? {} : { reference }),
    lines: {},
    left: {},
    entered: {},
    facts: {},
  };
}

function foldStatus(thing: Thing, event: ProcessEvent): Pick<Thing, 'status' | 'since' | 'dueAt' | 'entered'> {
  if (!event.enters) {
    const { status, since, dueAt, entered } = thing;
    return { status, since, ...(dueAt === undefined ? {} : { dueAt }), entered };
  }
  const { status, dueAt } = event.enters;
  return {
    status,
    since: event.at,
    ...(dueAt === undefined ? {} : { dueAt }),
    entered: { ...thing.entered, [status]: { at: event.at, by: event.by } },
  };
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

function takeFrom(lines: Holding, leaving: Leaving): Holding {
  return mapLines(lines, (line, name) => {
    const share = leaving.lines[name];
    const rest = share ? money(line.rest.minor - share.minor, line.rest.currency) : line.rest;
    return leaving.inOrder ? { ...line, rest, basis: rest } : { ...line, rest };
  });
}

function addShares(
  shares: Readonly<Record<string, Money>>,
  more: Readonly<Record<string, Money>>,
): Readonly<Record<string, Money>> {
  const sum: Record<string, Money> = { ...shares };
  for (const [name, share] of Object.entries(more)) {
    sum[name] = money((shares[name]?.minor ?? 0n) + share.minor, share.currency);
  }
  return sum;
}

function mapLines(lines: Holding, change: (line: HeldLine, name: string) => HeldLine): Holding {
  const changed: Record<string, HeldLine> = {};
  for (const name in lines) changed[name] = change(lines[name] as HeldLine, name);
  return changed;
}
