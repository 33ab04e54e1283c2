/** Writes the page of a declared process: its diagram, its money and its commands, all out of its definition. */
import { readMachine } from '../packages/escrow/src/process/read-machine.ts';
import { cell } from './doc-comments.mjs';

/**
 * Writes `docs/processes/<kind>.md`.
 *
 * @param process - A declared process.
 * @param about - `name` of the export, `doc` of its comment, and the `note` on where the page comes from.
 */
export function processPage(process, { name, doc, note }) {
  const machine = readMachine(process.definition);
  const source = doc.tags.source?.replace(/^docs\/(rules\/[\w-]+\.md),\s*/, '[rules](../$1) ');
  return `${[
    `# The process \`${machine.kind}\``,
    '',
    note,
    '',
    doc.text,
    '',
    `\`${name}\` of \`@holdfast/escrow\`, version ${machine.version} of its events. ${source ? `See the ${source}.` : ''}`.trim(),
    '',
    '```mermaid',
    `${process.diagram()}\`\`\``,
    '',
    ...statesPart(machine),
    ...moneyPart(machine),
    ...commandsPart(machine),
    ...[...machine.parts.values()].flatMap(partPart),
    ...refusalsPart(process, machine),
  ].join('\n')}\n`;
}

/** Writes a part: a thing inside the process, with a small machine and money of its own. */
function partPart(part) {
  const fees = Object.keys(part.fees.rules).length > 0 ? `Fees of version \`${part.fees.version}\`.` : 'Without fees.';
  const ways = [...part.ways.values()].filter(({ isInherited }) => !isInherited);
  return [
    `## The part \`${part.kind}\``,
    '',
    [...part.transitions.values()].some(({ funds }) => funds) ? fees : 'Cut from what is there already.',
    ...(ways.length > 0 ? ['', ...waysTable(ways)] : []),
    '',
    '| state | how it ends |',
    '| --- | --- |',
    ...stateRows(part),
    '',
    ...commandsTable(part),
  ];
}

function stateRows({ states }) {
  return [...states.values()].map((state) => `| ${state.name} | ${cell(endOf(state))} |`);
}

function statesPart(machine) {
  const { parties, staff, claims } = machine;
  const rows = stateRows(machine);
  const people = [
    `Parties, known by their id: ${parties.join(', ')}.`,
    ...(staff.length > 0 ? [`Staff, known by their role: ${staff.join(', ')}.`] : []),
    'The clock acts on deadlines.',
  ];
  const held = claims.map(
    (claim) => `\`${claim.name.text}\` (${claim.while ? [...claim.while].join(', ') : 'until it is done'})`,
  );
  return [
    '## States',
    '',
    '| state | how it ends |',
    '| --- | --- |',
    ...rows,
    '',
    people.join(' '),
    '',
    ...(held.length > 0 ? [`Unique names that it holds: ${held.join(', ')}.`, ''] : []),
  ];
}

function endOf({ done, after, fire, whenDone, waits }) {
  const parts = [
    ...(done ? ['done: it holds nothing, and nothing starts here'] : []),
    ...(after === undefined ? [] : [`the clock asks for ${fire.join(', else ')} ${dueText(after)}`]),
    ...(whenDone === undefined ? [] : [`goes to ${whenDone} when it holds nothing and what was made of it is done`]),
    ...(waits === undefined ? [] : [`waits for ${waits}`]),
  ];
  return parts.join('; ');
}

function dueText(after) {
  if (typeof after === 'string') return `at \`${after}\``;
  const hours = after.ms / 3_600_000;
  return hours % 24 === 0 ? `after ${hours / 24} days` : `after ${hours} hours`;
}

function moneyPart(machine) {
  const places = [...machine.places.values()].map(
    ({ name, account, inside }) => `| ${name} | \`${account.text}\` | ${inside ? 'inside' : 'outside'} |`,
  );
  const fees = Object.entries(machine.fees.rules).map(([line, rule]) => {
    const { payer, mode, rate, rounding, fixed, minimum, maximum } = rule;
    const bounds = [fixed && `${fixed} more`, minimum && `at least ${minimum}`, maximum && `at most ${maximum}`];
    const cells = [line, payer, mode, rateText(rate), rounding, bounds.filter(Boolean).join(', ')];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return [
    '## Money',
    '',
    `Fees of version \`${machine.fees.version}\`; \`payout\` is the line that takes the rest. Additive ones come on top of the amount, deductive`,
    'ones out of it.',
    '',
    '| line | borne by | mode | rate | rounding | bounds |',
    '| --- | --- | --- | --- | --- | --- |',
    ...fees,
    '',
    'A place is a name for an account. What lies inside is still held by the process; outside it has left.',
    '',
    '| place | account | |',
    '| --- | --- | --- |',
    ...places,
    '',
    'A way says where every line leaves to.',
    '',
    ...waysTable([...machine.ways.values()]),
    '',
  ];
}

function waysTable(ways) {
  const rows = ways.flatMap(({ name, to, kindOf }) =>
    [...to].map(([line, place]) => `| ${name} | ${line} | ${place} | \`${kindOf.get(line)}\` |`),
  );
  return ['| way | line | to | kind of transfer |', '| --- | --- | --- | --- |', ...rows];
}

/** A fraction as a percentage where it has an end; rates of fees are never more than a whole. */
function rateText({ num, den }) {
  const scaled = num * 100n * 10n ** 8n;
  if (scaled % den !== 0n) return `${num}/${den}`;
  const digits = (scaled / den).toString().padStart(9, '0');
  const decimals = digits.slice(-8).replace(/0+$/, '');
  return `${digits.slice(0, -8)}${decimals && `.${decimals}`} %`;
}

function commandsPart(machine) {
  return ['## Commands', '', ...commandsTable(machine)];
}

function commandsTable(machine) {
  const rows = [...machine.transitions.values()].map((transition) => {
    const { name, by, on, from, to, emits } = transition;
    const cells = [
      name,
      on === undefined ? by.join(', ') : `with ${on}`,
      `${from.join(', ') || 'none'} → ${to ?? 'stays'}${othersText(transition)}`,
      moves(machine, transition),
      emits,
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return ['| command | who | from → to | what moves | event |', '| --- | --- | --- | --- | --- |', ...rows, ''];
}

/** How others have to stand. */
function othersText(transition) {
  const named = (list) => list.map(({ kind, status }) => `${kind}.${status}`).join(' or ');
  const parts = [
    ...(transition.while.length > 0 ? [`while ${named(transition.while)}`] : []),
    ...(transition.unless.length > 0 ? [`unless ${named(transition.unless)}`] : []),
  ];
  return parts.length > 0 ? `, ${parts.join(', ')}` : '';
}

function moves({ fundKind }, { funds, shifts, settles, passes, cuts, owes }) {
  const words = [
    ...passes.map(({ kind, amount, from, to }) => `${amount} from ${from} to ${to} (\`${kind}\`)`),
    ...settles.map(({ way, amount }) => `${amount === 'rest' ? 'all that is held' : `\`${amount}\``} by ${way}`),
    ...shifts.map(({ kind, line, from, to }) => `${line} from ${from} to ${to} (\`${kind}\`)`),
    ...(funds ? [`the charge from ${funds.from} to ${funds.to} (\`${fundKind}\`)`] : []),
    ...(cuts
      ? [`cut from ${cuts.way === undefined ? `what ${cuts.kind} holds` : `what left ${cuts.kind} by ${cuts.way}`}`]
      : []),
    ...(owes ? [`borne by ${owes.way}, paid to ${owes.to}`] : []),
  ];
  return words.join('; ') || 'nothing';
}

function refusalsPart(process, machine) {
  const tables = [...machine.commands.keys()].flatMap((command) => [
    `### ${command}`,
    '',
    '| | code | when | a retry may help |',
    '| --- | --- | --- | --- |',
    ...process
      .refusalsOf(command)
      .map(
        ({ code, says, retryHelps }, index) =>
          `| ${index + 1} | \`${code}\` | ${says} | ${retryHelps ? 'yes' : 'no'} |`,
      ),
    '',
  ]);
  return [
    '## Refusals, in the order in which they are checked',
    '',
    'Before them come those of the key and of the shape, after them those of claims, accounts and floors, which',
    '[any unit](../refusals.md#holdfastkernel) may be refused for.',
    '',
    ...tables,
  ].slice(0, -1);
}
