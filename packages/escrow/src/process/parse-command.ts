import { isId, isInstant, type ShapeInvalid, show } from '@holdfast/kernel';
import { currencies, isMoney, type Money, moneyFromJson } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { type Field, LONGEST_TEXT } from './inputs.ts';
import { type Command, type Transition, takesAmount, type WholeMachine } from './machine.ts';

/** A command as the process decides it. */
export interface ParsedCommand {
  readonly type: string;
  /** Of a beginning command. */
  readonly parties?: Readonly<Record<string, string>>;
  readonly reference?: string;
  /** The ids of the parts that it names, by what they are: its own, and what it is cut from. */
  readonly parts: Readonly<Record<string, string>>;
  /** The fields of the transition, and `amount` where it funds or cuts. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Reads a command from outside. Runs no getter, trusts no prototype and refuses every field that the command does not have.
 *
 * @errors
 * - `shape_invalid`: names the field, what was given and what is allowed.
 * @source docs/rules/escrow.md, E-1
 */
export function parseCommand(process: WholeMachine, command: unknown): Result<ParsedCommand, ShapeInvalid> {
  const fields = readPlain(command);
  if (!fields) return err(invalid('', command, 'a plain object with a type'));
  const type = fields.get('type');
  const asked = typeof type === 'string' ? process.commands.get(type) : undefined;
  if (!asked) return err(invalid('type', type, [...process.commands.keys()].join(', ')));
  const { transition } = asked;
  const partsNamed = partsNamedBy(process, asked);
  const unknown = [...fields.keys()].find((name) => !partsNamed.includes(name) && !knows(asked, name));
  if (unknown !== undefined) return err(invalid(unknown.slice(0, 64), fields.get(unknown), 'no such field'));
  const parts = readPartIds(partsNamed, fields);
  if (parts.isErr()) return err(parts.error);
  const input: Record<string, unknown> = {};
  for (const [name, field] of inputOf(transition)) {
    const value = readField(name, field, fields.get(name));
    if (value.isErr()) return err(value.error);
    if (value.value !== undefined) input[name] = value.value;
  }
  const read = { type: transition.name, parts: parts.value, input };
  if (!beginsProcess(asked)) return ok(read);
  const reference = readReference(process, fields.get('reference'));
  if (reference.isErr()) return err(reference.error);
  const named = reference.value === undefined ? {} : { reference: reference.value };
  return readParties(process, fields.get('parties')).map((parties) => ({ ...read, parties, ...named }));
}

/** Lists the parts that a command names: its own, and what that is cut from. */
export function partsNamedBy(process: WholeMachine, { machine, transition }: Command): readonly string[] {
  if (machine.partOf === undefined) return NO_NAMES;
  const source = transition.cuts?.kind ?? process.kind;
  return source === process.kind ? [machine.kind] : [machine.kind, source];
}

/** Gives the fields of a transition's command, with the amount that funds or cuts. */
function inputOf(transition: Transition): ReadonlyMap<string, Field> {
  return takesAmount(transition) ? new Map([['amount', { kind: 'amount' }], ...transition.input]) : transition.input;
}

function beginsProcess({ machine, transition }: Command): boolean {
  return transition.begins && machine.partOf === undefined;
}

/** Says whether a process has to be given a reference: it claims a name of it. */
function needsReference(machine: WholeMachine): boolean {
  return machine.claims.some(({ name }) => name.names.includes('reference'));
}

function knows(asked: Command, name: string): boolean {
  if (name === 'type' || asked.transition.input.has(name)) return true;
  if (name === 'amount') return takesAmount(asked.transition);
  return beginsProcess(asked) && (name === 'parties' || name === 'reference');
}

function readPartIds(
  names: readonly string[],
  fields: ReadonlyMap<string, unknown>,
): Result<Readonly<Record<string, string>>, ShapeInvalid> {
  if (names.length === 0) return NO_PARTS;
  const ids: Record<string, string> = {};
  for (const name of names) {
    const id = fields.get(name);
    if (typeof id !== 'string' || !PART_ID.test(id)) return err(invalid(name, id, PART_ID_ALLOWED));
    ids[name] = id;
  }
  return ok(ids);
}

function readParties(machine: WholeMachine, given: unknown): Result<Readonly<Record<string, string>>, ShapeInvalid> {
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

function readReference(machine: WholeMachine, given: unknown): Result<string | undefined, ShapeInvalid> {
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

/** An id without `.`, so that `{id}.{part}` names one part of one process, whatever their ids are. */
const PART_ID = /^[A-Za-z0-9][A-Za-z0-9_~-]{0,63}$/;
const PART_ID_ALLOWED = '1 to 64 of A-Z a-z 0-9 _ ~ -, beginning with a letter or digit';
/** Two digits fewer than a book can hold, so that fees on top still fit. */
const TOO_LARGE = 10n ** 36n;
const AMOUNT_ALLOWED = 'at most 36 digits in minor units';
const ID_ALLOWED = '1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit';
const TEXT_ALLOWED = `well-formed text of ${LONGEST_TEXT} characters at most`;
const NO_NAMES: readonly string[] = [];
const NO_PARTS = ok<Readonly<Record<string, string>>, ShapeInvalid>({});
