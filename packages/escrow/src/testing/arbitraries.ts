import { type Currency, usd } from '@holdfast/money';
import { anyMoney } from '@holdfast/money/testing';
import * as fc from 'fast-check';
import type { ProcessDefinition } from '../process/definition.ts';
import { type Field, LONGEST_TEXT } from '../process/inputs.ts';
import { type Command, takesAmount, type WholeMachine } from '../process/machine.ts';
import { partsNamedBy } from '../process/parse-command.ts';
import { readMachine } from '../process/read-machine.ts';

/** What commands are made of. */
export interface CommandOptions {
  /** Of the amounts; US dollars where it is absent. */
  readonly currency?: Currency;
  /** The ids of the parties; `party-1` for each where it is absent. */
  readonly parties?: Readonly<Record<string, string>>;
}

/** A command as it comes from outside. */
export interface AnyCommand {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * Makes commands of a process and of its parts: of their shape, with amounts of every size and sign, about a few parts over and over.
 * Whether they are refused is the process's affair.
 *
 * @param definition - The process as data, as in `jobOffer.definition`.
 */
export function anyCommandOf(definition: ProcessDefinition, options: CommandOptions = {}): fc.Arbitrary<AnyCommand> {
  const process = readMachine(definition);
  return fc.oneof(...[...process.commands.values()].map((command) => anyCommand(process, command, options)));
}

function anyCommand(
  process: WholeMachine,
  { machine, transition }: Command,
  options: CommandOptions,
): fc.Arbitrary<AnyCommand> {
  const { name: type, begins, input } = transition;
  const fields: Record<string, fc.Arbitrary<unknown>> = { type: fc.constant(type) };
  const optional: string[] = [];
  for (const part of partsNamedBy(process, { machine, transition })) fields[part] = fc.constantFrom('P1', 'P2', 'P3');
  if (begins && machine.partOf === undefined) {
    const ids = options.parties ?? Object.fromEntries(process.parties.map((party) => [party, `${party}-1`]));
    fields.parties = fc.constant(ids);
    fields.reference = anyId();
  }
  if (takesAmount(transition)) fields.amount = anyAmount(options);
  for (const [name, field] of input) {
    fields[name] = anyValue(field, options);
    if (field.optional) optional.push(name);
  }
  const requiredKeys = Object.keys(fields).filter((name) => !optional.includes(name));
  return fc.record(fields, { requiredKeys, noNullPrototype: true }).map((command) => command as unknown as AnyCommand);
}

function anyValue(field: Field, options: CommandOptions): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'amount':
      return anyAmount(options);
    case 'instant':
      return fc
        .date({ min: new Date(0), max: new Date(LATEST), noInvalidDate: true })
        .map((date) => date.toISOString());
    case 'oneOf':
      return fc.constantFrom(...(field.options ?? []));
    case 'word':
      return anyId();
    default:
      return fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => text.length <= LONGEST_TEXT);
  }
}

function anyAmount({ currency = usd }: CommandOptions): fc.Arbitrary<unknown> {
  const most = 10n ** 36n - 1n;
  return fc.oneof(anyMoney(currency, { min: -most, max: most }), anyMoney(currency, { min: 1n, max: 1_000_000n }));
}

function anyId(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,20}$/);
}

const LATEST = Date.parse('2100-01-01T00:00:00.000Z');
