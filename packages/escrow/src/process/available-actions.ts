import type { Machine } from './machine.ts';
import { type Asking, permit } from './permit.ts';
import type { Thing } from './thing.ts';

/** The beginning of a command that somebody may ask now. */
export interface AvailableAction<Type extends string = string> {
  readonly type: Type;
}

/**
 * Says what an actor may ask now, as far as that can be known without the input: existence, authority, state and time.
 * Guards and amounts may still refuse it.
 *
 * @param thing - `undefined` where the process has not begun.
 */
export function availableActions(
  machine: Machine,
  thing: Thing | undefined,
  asking: Asking,
): readonly AvailableAction[] {
  return [...machine.transitions.values()]
    .filter((transition) => permit(machine, transition, thing, asking, undefined) === undefined)
    .map(({ name }) => ({ type: name }));
}
