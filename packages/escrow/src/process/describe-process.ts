import { diagram } from './diagram.ts';
import type { Machine, Transition } from './machine.ts';
import { inputOf, needsReference } from './parse-command.ts';
import { type RefusalDescription, refusalsOf } from './refusals-of.ts';

/** Writes a process as Markdown: its diagram, who may do what, and why each command may be refused. */
export function describeProcess(machine: Machine): string {
  const commands = [...machine.transitions.values()];
  return [
    '```mermaid',
    `${diagram(machine)}\`\`\``,
    '',
    '| command | who | from | to | input | event |',
    '| --- | --- | --- | --- | --- | --- |',
    ...commands.map((transition) => commandRow(machine, transition)),
    '',
    '| command | is refused with, in this order |',
    '| --- | --- |',
    ...commands.map((transition) => `| ${transition.name} | ${tell(refusalsOf(machine, transition))} |`),
    '',
  ].join('\n');
}

function commandRow(machine: Machine, transition: Transition): string {
  const { name, by, from, to, emits } = transition;
  const cells = [name, by.join(', '), from.join(', ') || '–', to ?? 'stays', inputRow(machine, transition), emits];
  return `| ${cells.join(' | ')} |`;
}

function inputRow(machine: Machine, transition: Transition): string {
  const fields = [...inputOf(transition)].map(([name, field]) => (field.optional ? `${name}?` : name));
  const begins = ['parties', needsReference(machine) ? 'reference' : 'reference?'];
  return [...(transition.begins ? begins : []), ...fields].join(', ') || '–';
}

function tell(refusals: readonly RefusalDescription[]): string {
  return refusals.map(({ code, says }) => `\`${code}\` (${says})`).join(', ');
}
