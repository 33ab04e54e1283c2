import type { ProcessDefinition } from '../definition.ts';
import type { Machine, WholeMachine } from '../machine.ts';
import { readMachine } from '../read-machine.ts';
import { beginWalk, type Walked } from './begin-walk.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkBeginnings } from './check-beginnings.ts';
import { checkCommands } from './check-commands.ts';
import { checkEnds } from './check-ends.ts';
import { checkFollowing } from './check-following.ts';
import { checkOthers } from './check-others.ts';
import { checkStates } from './check-states.ts';
import { checkTimers } from './check-timers.ts';
import { checkWords } from './check-words.ts';
import { type Findings, Notes } from './findings.ts';
import { walkMachine } from './walk-machine.ts';
import { walkTogether } from './walk-together.ts';

/**
 * Looks for lost money, forgotten fees and dead ends in a definition, before anything runs: it walks every path of the whole, of each part
 * and of the two together, with lines in places instead of amounts, since a partial move changes how much lies somewhere and never where.
 *
 * It cannot prove that a guard is right or that a computed amount fits: that is what the fuzzer of `@holdfast/testkit` is for.
 *
 * @returns Problems, with which a process is refused, and lint. Where words are wrong, paths are not walked yet.
 * @source docs/rules/escrow.md, E-14
 */
export function checkProcess(definition: ProcessDefinition): Findings {
  const process = readMachine(definition);
  const notes = new Notes();
  const machines = [process, ...process.parts.values()];
  checkWords(process, definition, notes);
  for (const machine of machines) {
    checkAccounts(machine, definition.parts?.[machine.kind] ?? definition, notes);
    checkStates(machine, notes);
    checkCommands(machine, notes);
    checkBeginnings(process, machine, notes);
    checkOthers(process, machine, notes);
    checkFollowing(process, machine, notes);
  }
  if (notes.findings.problems.length === 0) walkAll(process, machines, notes);
  return notes.findings;
}

function walkAll(process: WholeMachine, machines: readonly Machine[], notes: Notes): void {
  const walked = new Map<string, Walked>();
  for (const machine of machines) {
    const walk = walkMachine(beginWalk(process, machine, walked, notes), notes);
    checkTimers(machine, walk, notes);
    checkEnds(process, machine, walk, notes);
    const whole = walked.get(process.kind)?.walk;
    const together = whole && walkTogether(process, machine, { whole, part: walk }, notes);
    walked.set(machine.kind, { walk, together });
  }
}
