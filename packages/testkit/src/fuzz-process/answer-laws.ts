import type { Moment, ProcessLaw } from './moment.ts';
import { commandsOf, sourcePartOf } from './things.ts';

/** What holds for every answer. */
export const answerLaws: readonly ProcessLaw[] = [
  { about: 'answer', name: 'a refusal is one that the command is documented to give', broken: undocumented },
  { about: 'answer', name: 'what is offered is not refused, and what is not offered is', broken: wronglyOffered },
];

const BEFORE_INPUT = [
  'not_found',
  'already_started',
  'part_not_found',
  'actor_not_allowed',
  'wrong_status',
  'not_while',
  'blocked',
  'not_due',
  'overdue',
  'too_late',
];

function undocumented({ process, step, refusal }: Moment): string | undefined {
  if (!refusal || refusal.code === 'shape_invalid') return undefined;
  const codes = process.refusalsOf(`${step.command.type}`).map(({ code }) => code);
  return codes.includes(refusal.code) ? undefined : `${refusal.code} is none of ${codes.join(', ')}`;
}

function wronglyOffered({ process, step, before, refusal }: Moment): string | undefined {
  const { command } = step;
  const asked = commandsOf(process.definition).get(`${command.type}`);
  if (!asked) return undefined;
  const begins = asked.transition.from === undefined;
  // Which parties, and which id a part, will be given is part of the input.
  const isUnknown = begins && (!asked.isPart || refusal?.code === 'part_already_exists');
  if (isUnknown || refusal?.code === 'shape_invalid') return undefined;
  const named = asked.isPart ? (begins ? sourcePartOf(process.definition, asked) : asked.kind) : undefined;
  const isOffered = process
    .availableActions(before, step)
    .some((action) => action.type === command.type && (!named || idIn(action, named) === command[named]));
  const isOpen = refusal === undefined || !BEFORE_INPUT.includes(refusal.code);
  if (isOffered === isOpen) return undefined;
  return isOffered ? `offered, but ${refusal?.code}` : 'not offered, but not refused';
}

function idIn(action: object, part: string): unknown {
  return (action as Readonly<Record<string, unknown>>)[part];
}
