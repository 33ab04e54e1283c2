import { type Money, money } from '@holdfast/money';
import type { Holding } from './slice.ts';
import type { Cut, HeldLine, Leaving, LineAmounts, ProcessEvent, Thing } from './thing.ts';

/** The money of a thing. */
export type MoneyOf = Pick<Thing, 'left' | 'cut' | 'reclaimed'> & { readonly lines: Holding };

/** Folds what comes in, is laid elsewhere and leaves. */
export function foldMoney(
  before: Pick<Thing, 'lines' | 'left' | 'cut' | 'reclaimed'> | undefined,
  event: Pick<ProcessEvent, 'freezes' | 'shifts' | 'leaves'>,
): MoneyOf {
  let lines = (before?.lines ?? {}) as Holding;
  let left = before?.left ?? {};
  for (const leaving of event.leaves ?? []) {
    lines = takeFrom(lines, leaving);
    left = { ...left, [leaving.way]: addAmounts(left[leaving.way] ?? {}, leaving.lines) };
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
    return { lines, left: {} };
  }
  return { lines, left, ...partedFrom(before) };
}

/** Gives the money with which a part begins that is cut from another thing. */
export function beginWithCut(source: Pick<Thing, 'lines'>, { lines, bearers }: Cut): MoneyOf {
  const begun: Record<string, HeldLine> = {};
  for (const [name, frozen] of Object.entries(lines)) {
    const place = bearers?.[name] ?? source.lines[name]?.place ?? '';
    begun[name] = { frozen, rest: frozen, place };
  }
  return { lines: begun, left: {} };
}

/** Takes what a part is cut from out of the thing that it is cut from; a debt only marks what had left as reclaimed. */
export function foldCut<Source extends Thing>(source: Source, { way, lines }: Cut): Source {
  if (way !== undefined) {
    const reclaimed = { ...source.reclaimed, [way]: addAmounts(source.reclaimed?.[way] ?? {}, lines) };
    return { ...source, reclaimed };
  }
  return {
    ...source,
    lines: takeFrom(source.lines as Holding, { way: '', lines }),
    cut: addAmounts(source.cut ?? {}, lines),
  };
}

function partedFrom(thing: Pick<Thing, 'cut' | 'reclaimed'> | undefined): Pick<Thing, 'cut' | 'reclaimed'> {
  const { cut, reclaimed } = thing ?? {};
  return { ...(cut ? { cut } : {}), ...(reclaimed ? { reclaimed } : {}) };
}

function takeFrom(lines: Holding, leaving: Leaving): Holding {
  return mapLines(lines, (line, name) => {
    const share = leaving.lines[name];
    const rest = share ? money(line.rest.minor - share.minor, line.rest.currency) : line.rest;
    return leaving.inOrder ? { ...line, rest, basis: rest } : { ...line, rest };
  });
}

function addAmounts(amounts: LineAmounts, more: LineAmounts): LineAmounts {
  const sum: Record<string, Money> = { ...amounts };
  for (const [name, share] of Object.entries(more)) {
    sum[name] = money((amounts[name]?.minor ?? 0n) + share.minor, share.currency);
  }
  return sum;
}

function mapLines(lines: Holding, change: (line: HeldLine, name: string) => HeldLine): Holding {
  const changed: Record<string, HeldLine> = {};
  for (const name in lines) changed[name] = change(lines[name] as HeldLine, name);
  return changed;
}
