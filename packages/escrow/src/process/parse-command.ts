import { isId, isInstant, type ShapeInvalid, show } from '@holdfast/kernel';
import { currencies, isMoney, type Money, moneyFromJson } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type Field, LONGEST_TEXT } from './inputs.ts';
import type { Machine, Transition } from './machine.ts';

/** A command as the process decides it. */
export interface ParsedCommand {
  readonly type: string;
  /** Of a beginning command. */
  readonly parties?: Readonly<Record<string, string>>;
  readonly reference?: string;
  /** The fields of the transition, and `amount` where it funds. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Reads a command from outside. Runs no getter, trusts no prototype and refuses every field that the command does not have.
 *
 * @errors
 * - `shape_invalid`: names the field, what was given and what is allowed.
 * @source docs/rules/escrow.md, E-1
 */
export function parseCommand(machine: Machine, command: unknown): Result<ParsedCommand, ShapeInvalid> {
  const fields = readPlain(command);
  if (!fields) return err(invalid('', command, 'a plain object with a type'));
  const type = fields.get('type');
  const transition = typeof type === 'string' ? machine.transitions.get(type) : undefined;
  if (!transition) return err(invalid('type', type, [...machine.transitions.keys()].join(', ')));
  const unknown = [...fields.keys()].find((name) => !knows(transition, name));
  if (unknown !== undefined) return err(invalid(unknown.slice(0, 64), fields.get(unknown), 'no such field'));
  const input: Record<string, unknown> = {};
  for (const [name, field] of inputOf(transition)) {
    const value = readField(name, field, fields.get(name));
    if (value.isErr()) return err(value.error);
    if (value.value !== undefined) input[name] = value.value;
  }
  if (!transition.begins) return ok({ type: transition.name, input });
  const reference = readReference(machine, fields.get('reference'));
  if (reference.isErr()) return err(reference.error);
  const named = reference.value === undefined ? {} : { reference: reference.value };
  return readParties(machine, fields.get('parties')).map((parties) => ({
    type: transition.name,
    parties,
    ...named,
    input,
  }));
}

/** Gives the fields of a transition's command, with the amount that funds. */
function inputOf(transition: Transition): ReadonlyMap<string, Field> {
  return transition.funds ? new Map([['amount', { kind: 'amount' }], ...transition.input]) : transition.input;
}

/** Says whether a process has to be given a reference: it claims a name of it. */
function needsReference(machine: Machine): boolean {
  return machine.claims.some(({ name }) => name.names.includes('reference'));
}

function knows(transition: Transition, name: string): boolean {
  if (name === 'type' || transition.input.has(name)) return true;
  if (name === 'amount') return transition.funds !== undefined;
  return transition.begins && (name === 'parties' || name === 'reference');
}

function readParties(machine: Machine, given: unknown): Result<Readonly<Record<string, string>>, ShapeInvalid> {
  const fields = readPlain(given);
  if (!fields) return err(invalid('parties', given, `an object of ${machine.parties.join(', ')}`));
  const parties: Record<string, string> = {};
  for (const name of fields.keys()) {
    if (!machine.parties.includes(name)) {
      return err(
        invalid(
          `parties.${name.slice(0, 64)}`,
          fields.get(name),
          `no such party; there are ${machine.parties.join(', ')}`,
        ),
      );
    }
  }
  for (const party of machine.parties) {
    const id = fields.get(party);
    if (!isId(id)) return err(invalid(`parties.${party}`, id, ID_ALLOWED));
    const other = machine.parties.find((name) => parties[name] === id);
    if (other !== undefined && !machine.partiesMayBeSame) {
      return err(invalid(`parties.${party}`, id, `somebody other than the ${other}`));
    }
    parties[party] = id;
  }
  return ok(parties);
}

function readReference(machine: Machine, given: unknown): Result<string | undefined, ShapeInvalid> {
  if (given === undefined && !needsReference(machine)) return ok(undefined);
  return isId(given) ? ok(given) : err(invalid('reference', given, ID_ALLOWED));
}

function readField(name: string, field: Field, given: unknown): Result<unknown, ShapeInvalid> {
  if (given === undefined && field.optional) return ok(undefined);
  switch (field.kind) {
    case 'amount':
      return readAmount(name, given);
    case 'instant':
      return isInstant(given) ? ok(given) : err(invalid(name, given, 'an instant such as 2026-03-07T10:00:00.000Z'));
    case 'oneOf':
      return isOneOf(field, given) ? ok(given) : err(invalid(name, given, (field.options ?? []).join(', ')));
    case 'word':
      return isId(given) ? ok(given) : err(invalid(name, given, ID_ALLOWED));
    default:
      return isText(given) ? ok(given) : err(invalid(name, given, TEXT_ALLOWED));
  }
}

function readAmount(name: string, given: unknown): Result<Money, ShapeInvalid> {
  const read = isMoney(given) ? ok(given) : moneyFromJson(given, currencies, name);
  if (read.isErr()) {
    const { field, given: shown, allowed } = read.error;
    return err({ code: 'shape_invalid', field, given: shown, allowed });
  }
  return checkAmount(name, read.value);
}

function checkAmount(name: string, given: Money): Result<Money, ShapeInvalid> {
  const known = currencies.get(given.currency.code);
  if (known && known.scale !== given.currency.scale) {
    return err(invalid(name, `${given.currency.code} of scale ${given.currency.scale}`, `scale ${known.scale}`));
  }
  return given.minor < TOO_LARGE && given.minor > -TOO_LARGE
    ? ok(given)
    : err(invalid(name, given.minor, AMOUNT_ALLOWED));
}

function isOneOf(field: Field, given: unknown): given is string {
  return typeof given === 'string' && (field.options ?? []).includes(given);
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given.length <= LONGEST_TEXT && given.isWellFormed();
}

/** Reads the own data fields of a plain object once each; fields that are `undefined` are absent. */
function readPlain(given: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  try {
    const prototype: unknown = Object.getPrototypeOf(given);
    if (prototype !== Object.prototype && prototype !== null) return undefined;
    const fields = new Map<string, unknown>();
    for (const key of Reflect.ownKeys(given)) {
      const property = Object.getOwnPropertyDescriptor(given, key);
      if (typeof key !== 'string' || !property || !('value' in property)) return undefined;
      if (property.value !== undefined) fields.set(key, property.value);
    }
    return fields;
  } catch {
    return undefined; // A proxy may throw at any of these.
  }
}

function invalid(field: string, given: unknown, allowed: string): ShapeInvalid {
  return { code: 'shape_invalid', field, given: show(given), allowed };
}

/** Two digits fewer than a book can hold, so that fees on top still fit. */
const TOO_LARGE = 10n ** 36n;
const AMOUNT_ALLOWED = 'at most 36 digits in minor units';
const ID_ALLOWED = '1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit';
const TEXT_ALLOWED = `well-formed text of ${LONGEST_TEXT} characters at most`;
