import type { Machine, State } from '../machine.ts';
import type { Notes } from './findings.ts';

const HUNDRED_YEARS_MS = 100 * 366 * 86_400_000;

/** Checks each state by itself: what is done rests, and a duration is one. */
export function checkStates(machine: Machine, notes: Notes): void {
  for (const state of machine.states.values()) {
    checkDone(machine, state, notes);
    checkDuration(machine, state, notes);
    const { name, whenDone } = state;
    const target = whenDone === undefined ? undefined : machine.states.get(whenDone);
    notes.problem(
      whenDone !== undefined && !target,
      `${name} of ${machine.kind} goes to ${whenDone}, which is no state`,
    );
    notes.problem(whenDone === name, `${name} of ${machine.kind} goes to itself when it holds nothing`);
  }
}

function checkDone({ kind }: Machine, { name, done, after, fire, whenDone, waits }: State, notes: Notes): void {
  if (!done) return;
  notes.problem(after !== undefined || fire.length > 0, `${name} of ${kind} is done, but something falls due there`);
  notes.problem(whenDone !== undefined, `${name} of ${kind} is done, but goes on to ${whenDone}`);
  notes.problem(waits !== undefined, `${name} of ${kind} is done, but waits for ${waits}`);
}

function checkDuration({ kind }: Machine, { name, after }: State, notes: Notes): void {
  if (after === undefined || typeof after === 'string') return;
  const fits = Number.isSafeInteger(after.ms) && after.ms > 0 && after.ms <= HUNDRED_YEARS_MS;
  notes.problem(
    !fits,
    `${name} of ${kind} falls due after ${after.ms} ms, which is not between a millisecond and a hundred years`,
  );
}
