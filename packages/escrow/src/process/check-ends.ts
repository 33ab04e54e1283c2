import type { Notes } from './findings.ts';
import type { Machine } from './machine.ts';
import { holds, type Spot, type Step, sayLies, type Walk } from './walk-machine.ts';

/** Checks how things end: every state can be reached, every path can end, and what is done holds nothing. */
export function checkEnds(machine: Machine, walk: Walk, notes: Notes): void {
  const { kind, states } = machine;
  const spots = [...walk.spots];
  for (const name of states.keys()) {
    notes.problem(!spots.some(([, { status }]) => status === name), `${name} of ${kind} cannot be reached`);
  }
  const isDone = ({ status }: Spot): boolean => states.get(status)?.done === true;
  const waits = ({ status }: Spot): boolean => states.get(status)?.waits !== undefined;
  const ending = leadingTo(walk.steps, namesWhere(walk, isDone));
  const byItself = leadingTo(
    walk.steps.filter(({ transition }) => transition.by.includes('clock')),
    namesWhere(walk, (spot) => !holds(spot.lies) || waits(spot)),
  );
  for (const [name, spot] of spots) {
    const { status, lies } = spot;
    const held = holds(lies) ? `, and holds ${sayLies(lies)}` : '';
    notes.problem(isDone(spot) && holds(lies), `${status} of ${kind} is done, but ${sayLies(lies)} stays`);
    notes.problem(!ending.has(name), `${status} of ${kind} can never end${held}`);
    notes.lint(
      holds(lies) && !byItself.has(name),
      `${status} of ${kind} holds money, and if nobody acts it stays there for ever`,
    );
  }
}

function namesWhere(walk: Walk, is: (spot: Spot) => boolean): ReadonlySet<string> {
  return new Set([...walk.spots].filter(([, spot]) => is(spot)).map(([name]) => name));
}

/** The spots from which some path of steps leads to a target. */
function leadingTo(steps: readonly Step[], targets: ReadonlySet<string>): ReadonlySet<string> {
  const reached = new Set(targets);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { from, to } of steps) if (reached.has(to)) reached.add(from);
  }
  return reached;
}
