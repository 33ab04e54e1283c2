import type { Command, WholeMachine } from './machine.ts';
import { partIds } from './parts.ts';
import { type Asking, permit } from './permit.ts';
import { setScene } from './scene.ts';
import type { Whole } from './thing.ts';

/** The beginning of a command that somebody may ask now: its type, and the ids of the parts that it is about, by what they are. */
export type AvailableAction<Type extends string = string, Part extends string = string> = { readonly type: Type } & {
  readonly [Name in Part]?: string;
};

/**
 * Says what an actor may ask now, as far as that can be known without the input: existence, authority, state and time.
 * Guards and amounts may still refuse it. A command that begins a part is still to be given the part's id.
 *
 * @param whole - `undefined` where the process has not begun.
 */
export function availableActions(
  process: WholeMachine,
  whole: Whole | undefined,
  asking: Asking,
): readonly AvailableAction[] {
  const actions: AvailableAction[] = [];
  for (const command of process.commands.values()) {
    for (const ids of idsFor(process, command, whole)) {
      const scene = setScene(process, command, whole, ids);
      const { name: type } = command.transition;
      if (permit(scene, asking, undefined) === undefined) actions.push({ type, ...ids });
    }
  }
  return actions;
}

/** The parts that a command could be about: one that exists, or what it could be cut from. */
function idsFor(
  process: WholeMachine,
  { machine, transition }: Command,
  whole: Whole | undefined,
): readonly Readonly<Record<string, string>>[] {
  if (machine.partOf === undefined) return [{}];
  const { begins, cuts } = transition;
  if (!begins) return idsOf(whole, machine.kind);
  return cuts && cuts.kind !== process.kind ? idsOf(whole, cuts.kind) : [{}];
}

function idsOf(whole: Whole | undefined, kind: string): readonly Readonly<Record<string, string>>[] {
  return partIds(whole, kind).map((id) => ({ [kind]: id }));
}
