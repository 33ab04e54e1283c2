import { type Machine, type State, type Transition, takesAmount } from '../machine.ts';
import type { Notes } from './findings.ts';
import type { Walk } from './walk-machine.ts';

/** Checks what the clock does: it knows when, it may do it, and it needs nothing that only a person can give. */
export function checkTimers(machine: Machine, walk: Walk, notes: Notes): void {
  for (const state of machine.states.values()) {
    const { name, after, fire } = state;
    const where = `${name} of ${machine.kind}`;
    notes.problem(fire.length > 0 && after === undefined, `${where} fires ${fire[0]}, but does not say when`);
    notes.problem(fire.length === 0 && after !== undefined, `${where} falls due, but fires nothing`);
    for (const command of fire) checkFired(where, state, command, machine.transitions.get(command), notes);
    checkRemembered(machine, state, walk, notes);
    for (const { name: command, from, by } of machine.transitions.values()) {
      const isTimeless = by.includes('clock') && from.includes(name) && !fire.includes(command);
      notes.problem(isTimeless, `the clock may ${command} from ${where}, but nothing there says when`);
    }
  }
}

function checkFired(
  where: string,
  { name, fire }: State,
  command: string,
  transition: Transition | undefined,
  notes: Notes,
): void {
  notes.problem(!transition?.from.includes(name), `${where} fires ${command}, which does not start there`);
  if (!transition) return;
  notes.problem(!transition.by.includes('clock'), `${where} fires ${command}, which the clock may not do`);
  const asked = [...transition.input].find(([, field]) => !field.optional);
  const needs = takesAmount(transition) ? 'amount' : asked?.[0];
  notes.problem(needs !== undefined, `${where} fires ${command}, but the clock has no ${needs} to give`);
  const mayBeRefused = transition.guards.length > 0 || transition.settles.some(({ amount }) => amount !== 'rest');
  const isLast = command === fire.at(-1);
  notes.lint(
    isLast && mayBeRefused,
    `${command} is the last thing that ${where} fires, and may be refused: then nothing happens`,
  );
}

/** An instant that is remembered has to be known by the time that it is looked at. */
function checkRemembered(machine: Machine, { name, after }: State, walk: Walk, notes: Notes): void {
  if (typeof after !== 'string') return;
  const where = `${name} of ${machine.kind}`;
  const isInstant = [...machine.transitions.values()].some(
    ({ input, keeps }) => input.get(after)?.kind === 'instant' && keeps.includes(after),
  );
  notes.problem(!isInstant, `${where} falls due at ${after}, which is no instant that is kept`);
  const isUnknown = [...walk.spots.values()].some(({ status, knows }) => status === name && !knows.includes(after));
  notes.problem(isUnknown, `${where} falls due at ${after}, which it can reach without having been told`);
}
