import type { Machine, WholeMachine } from '../machine.ts';
import type { Notes } from './findings.ts';
import { leadingTo } from './leading-to.ts';
import { holds, sayLies } from './lies.ts';
import type { Spot, Step, Walk } from './walk-machine.ts';

/** Checks how things end: every state can be reached, every path can end, and what is done holds nothing. */
export function checkEnds(process: WholeMachine, machine: Machine, walk: Walk, notes: Notes): void {
  const { kind, states } = machine;
  const spots = [...walk.spots];
  for (const name of states.keys()) {
    notes.problem(!spots.some(([, { status }]) => status === name), `${name} of ${kind} cannot be reached`);
  }
  const isDone = ({ status }: Spot): boolean => states.get(status)?.done === true;
  const waits = ({ status }: Spot): boolean => states.get(status)?.waits !== undefined;
  const ending = leadingTo(walk.steps, namesWhere(walk, isDone));
  const byItself = leadingTo(
    walk.steps.filter((step) => needsNobody(process, walk, step)),
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

/** The clock takes it, or it happens with something that the clock does to the whole. What holds money goes nowhere by itself. */
function needsNobody(process: WholeMachine, { spots }: Walk, { from, transition }: Step): boolean {
  if (!transition) return !holds((spots.get(from) as Spot).lies);
  const asked = transition.on === undefined ? transition : process.transitions.get(transition.on);
  return asked?.by.includes('clock') ?? false;
}

function namesWhere(walk: Walk, is: (spot: Spot) => boolean): ReadonlySet<string> {
  return new Set([...walk.spots].filter(([, spot]) => is(spot)).map(([name]) => name));
}
