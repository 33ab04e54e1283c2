import type { Instant, ShapeInvalid } from '@holdfast/kernel';
import { isMoney, type Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { instantText, literal, optional } from '../shape/fields.ts';
import { type Field, readShape, shapeInvalid } from '../shape/read-shape.ts';
import { readTransfers, type TransferInput, typeOf } from '../transfer/commands.ts';
import type { EntryRefusals } from './refusals.ts';

/** Posts transfers that can be reversed later. The id of the record is the entry's. */
export interface RecordEntry {
  readonly type: 'RecordEntry';
  /** 1 to 100, since the record carries them. */
  readonly transfers: readonly TransferInput[];
  /** When it takes effect, where that was earlier than now. A reversal takes effect when it is posted. */
  readonly effectiveAt?: Instant;
}

/** Gives back what an entry moved: all that is left of it, or a part of each of its transfers. */
export interface ReverseEntry {
  readonly type: 'ReverseEntry';
  /** An amount for each transfer of the entry, in its order; zero for those that stay. All that is left where it is absent. */
  readonly amounts?: readonly Money[];
}

/** Any of the commands about an entry. */
export type AnyEntryCommand = RecordEntry | ReverseEntry;

/** The commands about entries, each with exactly what it may be refused for. */
export type EntryCommands = {
  readonly RecordEntry: { readonly command: RecordEntry; readonly refusal: EntryRefusals['RecordEntry'] };
  readonly ReverseEntry: { readonly command: ReverseEntry; readonly refusal: EntryRefusals['ReverseEntry'] };
};

/** Reads a command from outside. */
export function parseEntryCommand(command: unknown): Result<AnyEntryCommand, ShapeInvalid> {
  switch (typeOf(command)) {
    case 'RecordEntry':
      return readShape(command, RECORD).andThen(({ type, transfers, ...dated }) =>
        transfers.length > MOST
          ? err(shapeInvalid('transfers', transfers.length, `a list of 1 to ${MOST} transfers`))
          : readTransfers(transfers).map((read) => ({ type, transfers: read, ...dated })),
      );
    case 'ReverseEntry':
      return readShape(command, REVERSE).andThen(({ type, amounts }) =>
        amounts === undefined ? ok({ type }) : readAmounts(amounts).map((read) => ({ type, amounts: read })),
      );
    default:
      return err(shapeInvalid('type', typeOf(command), `'RecordEntry' or 'ReverseEntry'`));
  }
}

function readAmounts(amounts: readonly unknown[]): Result<readonly Money[], ShapeInvalid> {
  const allowed = 'an amount of money of zero or more';
  if (amounts.length > MOST) return err(shapeInvalid('amounts', amounts.length, `a list of 1 to ${MOST} amounts`));
  const read: Money[] = [];
  for (let index = 0; index < amounts.length; index++) {
    const amount = amounts[index];
    if (!isMoney(amount) || amount.minor < 0n) return err(shapeInvalid(`amounts.${index}`, amount, allowed));
    read.push(amount);
  }
  return ok(read);
}

const MOST = 100;
const list = (allowed: string): Field<unknown[]> => ({
  allowed,
  fits: Array.isArray as (value: unknown) => value is unknown[],
});
const RECORD = {
  type: literal('RecordEntry'),
  transfers: list('a list of transfers'),
  effectiveAt: optional(instantText),
};
const REVERSE = { type: literal('ReverseEntry'), amounts: optional(list('a list of amounts')) };
