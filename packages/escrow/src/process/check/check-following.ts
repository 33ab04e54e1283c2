import type { Machine, Transition, WholeMachine } from '../machine.ts';
import type { Notes } from './findings.ts';

/** Checks what happens to a part with a command of the whole: there is such a command, and nothing can stand in its way. */
export function checkFollowing(process: WholeMachine, machine: Machine, notes: Notes): void {
  const following = [...machine.transitions.values()].filter(({ on }) => on !== undefined);
  for (const transition of following) {
    const { name, on } = transition;
    const isCommand = process.transitions.has(on as string);
    notes.problem(!isCommand, `${name} happens with ${on}, which is no command of ${process.kind}`);
    notes.problem(machine.partOf === undefined, `${name} is of the whole, and so a command of its own`);
    for (const obstacle of obstaclesIn(transition)) {
      notes.problem(true, `${name} happens with ${on} and cannot be refused, but ${obstacle}`);
    }
    const rival = following.find(
      (other) => other.on === on && other.name < name && other.from.some((state) => transition.from.includes(state)),
    );
    notes.problem(rival !== undefined, `${rival?.name} and ${name} both happen with ${on}, from the same state`);
  }
}

function obstaclesIn(transition: Transition): readonly string[] {
  const { by, begins, input, guards, within, unless, settles, passes, funds } = transition;
  const all: readonly (string | false)[] = [
    by.length > 0 && 'says who may do it',
    begins && 'begins something',
    input.size > 0 && 'takes an input',
    guards.length > 0 && 'has a guard',
    within !== undefined && 'has so long and no longer',
    (transition.while.length > 0 || unless.length > 0) && 'looks at others',
    settles.some(({ amount }) => amount !== 'rest') && 'settles something other than the rest',
    passes.length > 0 && 'passes money',
    funds !== undefined && 'funds',
  ];
  return all.filter((one) => one !== false);
}
