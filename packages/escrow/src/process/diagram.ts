import type { Machine, Transition } from './machine.ts';

/** Draws a process as a Mermaid state diagram. */
export function diagram(machine: Machine): string {
  const lines = ['stateDiagram-v2'];
  for (const transition of machine.transitions.values()) {
    const { name, by, begins, from, to } = transition;
    for (const start of begins ? ['[*]'] : from) {
      lines.push(`  ${start} --> ${to ?? start}: ${name} (${by.join(', ')})${moneyOf(transition)}`);
    }
  }
  for (const { name, done, whenDone } of machine.states.values()) {
    if (whenDone !== undefined) lines.push(`  ${name} --> ${whenDone}: holds nothing`);
    if (done) lines.push(`  ${name} --> [*]`);
  }
  return `${lines.join('\n')}\n`;
}

function moneyOf({ funds, shifts, settles }: Transition): string {
  const words = [
    ...settles.map(({ way, amount }) => `${way} ${amount}`),
    ...shifts.map(({ line, from, to }) => `${line} ${from} to ${to}`),
    ...(funds ? [`charge ${funds.from} to ${funds.to}`] : []),
  ];
  return words.length > 0 ? `, ${words.join(', ')}` : '';
}
