import { checkAccounts } from './check-accounts.ts';
import { checkCommands } from './check-commands.ts';
import { checkEnds } from './check-ends.ts';
import { checkStates } from './check-states.ts';
import { checkTimers } from './check-timers.ts';
import { checkWords } from './check-words.ts';
import type { ProcessDefinition } from './definition.ts';
import { type Findings, Notes } from './findings.ts';
import { readMachine } from './machine.ts';
import { walkMachine } from './walk-machine.ts';

/**
 * Looks for lost money, forgotten fees and dead ends in a definition, before anything runs: it walks every path with lines in places instead
 * of amounts, since a partial move changes how much lies somewhere and never where.
 *
 * It cannot prove that a guard is right or that a computed amount fits: that is what the fuzzer of `@holdfast/testkit` is for.
 *
 * @returns Problems, with which a process is refused, and lint. Where words are wrong, paths are not walked yet.
 * @source docs/rules/escrow.md, E-14
 */
export function checkProcess(definition: ProcessDefinition): Findings {
  const machine = readMachine(definition);
  const notes = new Notes();
  checkWords(machine, definition, notes);
  checkAccounts(machine, definition, notes);
  checkStates(machine, notes);
  checkCommands(machine, notes);
  if (notes.findings.problems.length > 0) return notes.findings;
  const walk = walkMachine(machine, notes);
  checkTimers(machine, walk, notes);
  checkEnds(machine, walk, notes);
  return notes.findings;
}
