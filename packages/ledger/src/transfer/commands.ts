import type { Instant, ShapeInvalid } from '@holdfast/kernel';
import type { Currency, Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import {
  accountName,
  currencyValue,
  idText,
  instantText,
  kindName,
  literal,
  optional,
  positiveAmount,
} from '../shape/fields.ts';
import { readShape, shapeInvalid } from '../shape/read-shape.ts';
import type { TransferRefusals } from './refusals.ts';

/** What moves from where to where. */
export interface TransferInput {
  readonly from: string;
  readonly to: string;
  /** More than zero. */
  readonly amount: Money;
  /** 1 to 64 of `a-z 0-9 _ .`. */
  readonly kind: string;
}

/** Asks for one transfer. */
export interface TransferCommand extends TransferInput {
  readonly type: 'Transfer';
  /** An id of the host's own, which the journal carries: an order, an invoice. */
  readonly reference?: string;
  /** When it takes effect, where that was earlier than now. */
  readonly effectiveAt?: Instant;
}

/** Asks for a transfer of all that an account has, its overdraft not included. */
export interface TransferAll {
  readonly type: 'TransferAll';
  readonly from: string;
  readonly to: string;
  readonly currency: Currency;
  readonly kind: string;
  readonly reference?: string;
  /** When it takes effect, where that was earlier than now. */
  readonly effectiveAt?: Instant;
}

/** Asks for several transfers that happen as a whole. */
export interface PostEntry {
  readonly type: 'PostEntry';
  /** 1 to 10,000, in the order in which they are posted; floors bind what is left after the last. */
  readonly transfers: readonly TransferInput[];
  readonly reference?: string;
  /** When all of them take effect, where that was earlier than now. */
  readonly effectiveAt?: Instant;
}

/** The commands that move money, each with exactly what it may be refused for. */
export type TransferCommands = {
  readonly Transfer: { readonly command: TransferCommand; readonly refusal: TransferRefusals['Transfer'] };
  readonly TransferAll: { readonly command: TransferAll; readonly refusal: TransferRefusals['TransferAll'] };
  readonly PostEntry: { readonly command: PostEntry; readonly refusal: TransferRefusals['PostEntry'] };
};

/** Any of the commands that move money. */
export type AnyTransferCommand = TransferCommand | TransferAll | PostEntry;

/** Reads a command from outside. */
export function parseTransferCommand(command: unknown): Result<AnyTransferCommand, ShapeInvalid> {
  switch (typeOf(command)) {
    case 'Transfer':
      return readShape(command, TRANSFER).andThen(notToItself);
    case 'TransferAll':
      return readShape(command, TRANSFER_ALL).andThen(notToItself);
    case 'PostEntry':
      return readShape(command, POST_ENTRY).andThen((given) =>
        readTransfers(given.transfers).map((transfers) => ({ ...given, transfers })),
      );
    default:
      return err(shapeInvalid('type', typeOf(command), `'Transfer', 'TransferAll' or 'PostEntry'`));
  }
}

/**
 * Reads a list of transfers.
 *
 * @param transfers - Anything; a list without holes, of 1 to 10,000.
 */
export function readTransfers(transfers: unknown): Result<readonly TransferInput[], ShapeInvalid> {
  if (!Array.isArray(transfers)) return err(shapeInvalid('transfers', transfers, 'a list of transfers'));
  const { length } = transfers;
  if (length === 0 || length > MOST_TRANSFERS)
    return err(shapeInvalid('transfers', length, 'a list of 1 to 10,000 transfers'));
  const read: TransferInput[] = [];
  for (let index = 0; index < length; index++) {
    const path = `transfers.${index}`;
    const transfer = readShape(transfers[index], ONE, path).andThen((given) => notToItself(given, path));
    if (transfer.isErr()) return err(transfer.error);
    read.push(transfer.value);
  }
  return ok(read);
}

/** Gives the `type` of anything, without running code of it. */
export function typeOf(command: unknown): unknown {
  if (typeof command !== 'object' || command === null) return undefined;
  try {
    return Object.getOwnPropertyDescriptor(command, 'type')?.value;
  } catch {
    return undefined; // A proxy may throw.
  }
}

function notToItself<T extends { readonly from: string; readonly to: string }>(
  given: T,
  path = '',
): Result<T, ShapeInvalid> {
  if (given.from !== given.to) return ok(given);
  return err(shapeInvalid(path === '' ? 'to' : `${path}.to`, given.to, 'another account than the one that gives'));
}

/** As many as one unit may hold: with more, the kernel would only refuse later what was read. */
const MOST_TRANSFERS = 10_000;

const ONE = { from: accountName, to: accountName, amount: positiveAmount, kind: kindName };
const TRANSFER = { type: literal('Transfer'), ...ONE, reference: optional(idText), effectiveAt: optional(instantText) };
const TRANSFER_ALL = {
  type: literal('TransferAll'),
  from: accountName,
  to: accountName,
  currency: currencyValue,
  kind: kindName,
  reference: optional(idText),
  effectiveAt: optional(instantText),
};
const POST_ENTRY = {
  type: literal('PostEntry'),
  transfers: { allowed: 'a list of transfers', fits: Array.isArray as (value: unknown) => value is unknown[] },
  reference: optional(idText),
  effectiveAt: optional(instantText),
};
