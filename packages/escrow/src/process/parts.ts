import { Defect } from '@holdfast/kernel';
import type { Part, PartName, Thing, Whole } from './thing.ts';

/** A part, with what it is. */
export interface NamedPart {
  readonly name: PartName;
  readonly part: Part;
}

/** Gives a part of a process by its name. */
export function partNamed(whole: Whole | undefined, name: PartName): Part | undefined {
  const ofItsKind = whole?.parts?.[name.part];
  // An id may be any word, such as `constructor`.
  return ofItsKind && Object.hasOwn(ofItsKind, name.id) ? ofItsKind[name.id] : undefined;
}

/** Lists all parts of a process, in the order of their names: a state that was read back lists them as one that was kept does. */
export function allParts(whole: Whole | undefined): readonly NamedPart[] {
  if (!whole?.parts) return NO_PARTS;
  const all: NamedPart[] = [];
  for (const part of Object.keys(whole.parts).sort()) {
    for (const id of partIds(whole, part)) all.push({ name: { part, id }, part: whole.parts[part]?.[id] as Part });
  }
  return all;
}

/** Lists the ids of the parts of one name, in order. */
export function partIds(whole: Whole | undefined, part: string): readonly string[] {
  return Object.keys(whole?.parts?.[part] ?? {}).sort();
}

/** Gives the part, or the whole where there is no name. */
export function thingNamed(whole: Whole, name: PartName | undefined): Thing | undefined {
  return name ? partNamed(whole, name) : whole;
}

/** Changes a part, or the whole where there is no name. */
export function changeThing(
  whole: Whole,
  name: PartName | undefined,
  change: <One extends Thing>(thing: One) => One,
): Whole {
  if (!name) return change(whole);
  const part = partNamed(whole, name);
  if (!part) throw new Defect(`there is no ${name.part} ${name.id} to change`);
  return putPart(whole, name, change(part));
}

/** Puts a part into a process, in the place of the one of that name where there is one. */
export function putPart(whole: Whole, { part, id }: PartName, one: Part): Whole {
  return { ...whole, parts: { ...whole.parts, [part]: { ...whole.parts?.[part], [id]: one } } };
}

/** Says whether two names are of the same thing; none is the whole's. */
export function isSameName(left: PartName | undefined, right: PartName | undefined): boolean {
  return left?.part === right?.part && left?.id === right?.id;
}

const NO_PARTS: readonly NamedPart[] = [];
