import type { Machine, WholeMachine } from '../machine.ts';
import type { Notes } from './findings.ts';
import { leadingTo } from './leading-to.ts';
import type { Spot, Walk } from './walk-machine.ts';

/** Every way in which a part and the whole can stand at the same time. */
export interface Together {
  /** In which statuses the whole may be when the part stands in a spot. */
  wholeIn(spot: string): readonly string[];
}

interface Pair {
  readonly spot: string;
  readonly wholeIn: string;
}

interface PairStep {
  readonly from: string;
  readonly to: string;
}

/**
 * Walks a part together with the whole, and notes where the part would be left behind when the whole goes on: that it can never end, or
 * that its clock is refused.
 */
export function walkTogether(
  process: WholeMachine,
  part: Machine,
  walks: { readonly whole: Walk; readonly part: Walk },
  notes: Notes,
): Together {
  const pairs = new Map<string, Pair>();
  const steps: PairStep[] = [];
  const waiting: Pair[] = walks.part.begun.flatMap(({ to, wholeIn }) =>
    wholeIn.map((status) => ({ spot: to, wholeIn: status })),
  );
  for (let pair = waiting.shift(); pair; pair = waiting.shift()) {
    if (pairs.has(nameOf(pair))) continue;
    pairs.set(nameOf(pair), pair);
    for (const next of nextOf(process, part, walks, pair)) {
      steps.push({ from: nameOf(pair), to: nameOf(next) });
      waiting.push(next);
    }
  }
  checkFollowed(part, walks, [...pairs.values()], notes);
  const spotOf = ({ spot }: Pair): Spot => walks.part.spots.get(spot) as Spot;
  const isDone = (pair: Pair): boolean => part.states.get(spotOf(pair).status)?.done === true;
  const ends = leadingTo(steps, new Set([...pairs].filter(([, pair]) => isDone(pair)).map(([name]) => name)));
  for (const [name, pair] of pairs) {
    const { status } = spotOf(pair);
    const { kind } = process;
    notes.problem(
      !ends.has(name),
      `a ${part.kind} that is ${status} when the ${kind} is ${pair.wholeIn} can never end`,
    );
    const last = part.states.get(status)?.fire.at(-1);
    const isRefused = last !== undefined && !isAllowedIn(process, part, last, pair.wholeIn);
    notes.problem(
      isRefused,
      `${status} of ${part.kind} may fall due when the ${kind} is ${pair.wholeIn}, and then ${last} is refused`,
    );
  }
  return {
    wholeIn: (spot) => [...pairs.values()].filter((pair) => pair.spot === spot).map(({ wholeIn }) => wholeIn),
  };
}

function nextOf(
  process: WholeMachine,
  part: Machine,
  walks: { readonly whole: Walk; readonly part: Walk },
  { spot, wholeIn }: Pair,
): readonly Pair[] {
  const status = walks.part.spots.get(spot)?.status as string;
  const next: Pair[] = [];
  for (const { from, to, transition } of walks.part.steps) {
    if (from !== spot || transition?.on !== undefined) continue;
    if (!transition || isAllowedIn(process, part, transition.name, wholeIn)) next.push({ spot: to, wholeIn });
  }
  for (const { from, to, transition } of walks.whole.steps) {
    if (walks.whole.spots.get(from)?.status !== wholeIn) continue;
    // The whole goes on by itself only when no part is open.
    if (!transition || transition.unless.some((one) => one.kind === part.kind && one.status === status)) continue;
    const after = walks.whole.spots.get(to)?.status as string;
    const follows = walks.part.steps.filter((step) => step.from === spot && step.transition?.on === transition.name);
    for (const one of follows.length > 0 ? follows.map((step) => step.to) : [spot])
      next.push({ spot: one, wholeIn: after });
  }
  return next;
}

/** What happens with a command of the whole can happen: at some time the part stands where it starts, and the whole where that command does. */
function checkFollowed(
  part: Machine,
  walks: { readonly whole: Walk; readonly part: Walk },
  pairs: readonly Pair[],
  notes: Notes,
): void {
  for (const { name, on, from } of part.transitions.values()) {
    if (on === undefined) continue;
    const starts = walks.whole.steps.filter(({ transition }) => transition?.name === on);
    const wholeIn = new Set(starts.map((step) => walks.whole.spots.get(step.from)?.status));
    const isPossible = pairs.some(
      (pair) => wholeIn.has(pair.wholeIn) && from.includes(walks.part.spots.get(pair.spot)?.status ?? ''),
    );
    notes.problem(!isPossible, `${name} happens with ${on}, but no ${part.kind} is ever ${from.join(' or ')} then`);
  }
}

function isAllowedIn(process: WholeMachine, part: Machine, name: string, wholeIn: string): boolean {
  const ofWhole = part.transitions.get(name)?.while.filter(({ kind }) => kind === process.kind) ?? [];
  return ofWhole.length === 0 || ofWhole.some(({ status }) => status === wholeIn);
}

function nameOf({ spot, wholeIn }: Pair): string {
  return `${wholeIn} | ${spot}`;
}
