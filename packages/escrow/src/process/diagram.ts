import type { Machine, Transition, WholeMachine } from './machine.ts';

/** Draws a process as a Mermaid state diagram, with a diagram of its own for each part inside. */
export function diagram(process: WholeMachine): string {
  const lines = ['stateDiagram-v2', ...linesOf(process, '  ', (state) => state)];
  for (const [name, part] of process.parts) {
    // Names of states are global in a diagram, so those of a part are told apart by its name.
    const idOf = (state: string): string => `${name}_${state}`;
    lines.push(`  state "${name} (part)" as ${name} {`);
    for (const state of part.states.keys()) lines.push(`    state "${state}" as ${idOf(state)}`);
    lines.push(...linesOf(part, '    ', idOf), '  }');
  }
  return `${lines.join('\n')}\n`;
}

function linesOf(machine: Machine, indent: string, idOf: (state: string) => string): readonly string[] {
  const lines: string[] = [];
  for (const transition of machine.transitions.values()) {
    const { name, by, on, begins, from, to } = transition;
    const who = on === undefined ? by.join(', ') : `with ${on}`;
    for (const start of begins ? ['[*]'] : from.map(idOf)) {
      lines.push(
        `${indent}${start} --> ${to === undefined ? start : idOf(to)}: ${name} (${who})${moneyOf(transition)}`,
      );
    }
  }
  for (const { name, done, whenDone } of machine.states.values()) {
    if (whenDone !== undefined) lines.push(`${indent}${idOf(name)} --> ${idOf(whenDone)}: holds nothing`);
    if (done) lines.push(`${indent}${idOf(name)} --> [*]`);
  }
  return lines;
}

function moneyOf({ funds, shifts, settles, cuts, owes }: Transition): string {
  const words = [
    ...settles.map(({ way, amount }) => `${way} ${amount}`),
    ...shifts.map(({ line, from, to }) => `${line} ${from} to ${to}`),
    ...(funds ? [`charge ${funds.from} to ${funds.to}`] : []),
    ...(cuts ? [`cut from ${cuts.kind}${cuts.way === undefined ? '' : `, what left by ${cuts.way}`}`] : []),
    ...(owes ? [`${owes.way} to ${owes.to}`] : []),
  ];
  return words.length > 0 ? `, ${words.join(', ')}` : '';
}
