import type { Instant } from '@holdfast/kernel';
import type { Machine, Transition } from './machine.ts';
import { allParts, isSameName, type NamedPart } from './parts.ts';
import type { PartName, Thing, Whole } from './thing.ts';

/** A thing among the others of its process. */
export interface Standpoint {
  readonly machine: Machine;
  readonly thing: Thing;
  /** Absent where it is the whole. */
  readonly about: PartName | undefined;
  readonly whole: Whole;
}

/**
 * Finds a part that stands in the way of a transition. What was cut from another part of the same kind stands in the way of that one.
 *
 * @source docs/rules/escrow.md, E-32
 */
export function barredBy({ unless }: Transition, whole: Whole, about: PartName | undefined): NamedPart | undefined {
  if (unless.length === 0) return undefined;
  return allParts(whole).find(
    ({ name, part }) =>
      unless.some(({ kind, status }) => kind === name.part && status === part.status) &&
      !isSameName(name, about) &&
      !(about && part.cutFrom?.part === about.part && part.cutFrom.id !== about.id),
  );
}

/** Says whether the clock may do anything that falls due here, as far as other parts let it. */
export function mayFire({ machine, thing, about, whole }: Standpoint): boolean {
  const fire = machine.states.get(thing.status)?.fire ?? [];
  return fire.some((name) => !barredBy(machine.transitions.get(name) as Transition, whole, about));
}

/** Says whether a thing is due, and so counts as having left its status. One that a part holds back has not left, unless that part is due itself. */
export function isLeft(standpoint: Standpoint, at: Instant): boolean {
  const { dueAt } = standpoint.thing;
  if (dueAt === undefined || at < dueAt) return false;
  return mayFire({ ...standpoint, whole: withoutDue(standpoint.whole, at) });
}

/** The whole with only those parts that are not due. */
function withoutDue(whole: Whole, at: Instant): Whole {
  if (!whole.parts) return whole;
  const parts = Object.entries(whole.parts).map(([kind, ofItsKind]) => {
    const standing = Object.entries(ofItsKind ?? {}).filter(([, { dueAt }]) => dueAt === undefined || at < dueAt);
    return [kind, Object.fromEntries(standing)] as const;
  });
  return { ...whole, parts: Object.fromEntries(parts) };
}
