import type { Machine, Transition, WholeMachine } from './machine.ts';
import { partNamed } from './parts.ts';
import { machineOf } from './read-machine.ts';
import type { PartName, Thing, Whole } from './thing.ts';

/** A transition, and what it is about, as things stand before it. */
export interface Scene {
  readonly process: WholeMachine;
  readonly machine: Machine;
  readonly transition: Transition;
  readonly whole: Whole | undefined;
  /** The part's name; absent where it is about the whole. */
  readonly about: PartName | undefined;
  /** The whole or the part; absent where it is yet to begin. */
  readonly thing: Thing | undefined;
  /** What a part is cut from; absent where none is cut. */
  readonly source: SourceThing | undefined;
}

/** What a part is cut from. */
export interface SourceThing {
  readonly machine: Machine;
  /** Absent where it is the whole. */
  readonly name: PartName | undefined;
  /** Absent where there is no such part. */
  readonly thing: Thing | undefined;
}

/**
 * Sets the scene for a transition.
 *
 * @param ids - Of the parts that the command names, by what they are.
 */
export function setScene(
  process: WholeMachine,
  { machine, transition }: Pick<Scene, 'machine' | 'transition'>,
  whole: Whole | undefined,
  ids: Readonly<Record<string, string>>,
): Scene {
  const about = machine.partOf === undefined ? undefined : nameOf(machine.kind, ids);
  const thing = about ? partNamed(whole, about) : whole;
  return { process, machine, transition, whole, about, thing, source: sourceOf(process, transition, whole, ids) };
}

function sourceOf(
  process: WholeMachine,
  { cuts }: Transition,
  whole: Whole | undefined,
  ids: Readonly<Record<string, string>>,
): SourceThing | undefined {
  if (!cuts) return undefined;
  const machine = machineOf(process, cuts.kind) as Machine;
  if (cuts.kind === process.kind) return { machine, name: undefined, thing: whole };
  const name = nameOf(cuts.kind, ids);
  return { machine, name, thing: partNamed(whole, name) };
}

function nameOf(part: string, ids: Readonly<Record<string, string>>): PartName {
  return { part, id: ids[part] ?? '' };
}
