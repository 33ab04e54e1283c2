import type { Context, Instant, RecordDecider, Refusal, Seen } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import { plainCodec } from '../records/plain-codec.ts';
import { idField, instantField, nameField, readCommand } from '../records/shape.ts';
import type { ExceptionReason, FoundException, PayoutException } from './exception.ts';

/** Notes what a run of the reconciliation found. The same again changes nothing; one that was closed opens again. */
export interface NoteException extends FoundException {
  readonly type: 'NoteException';
  readonly sender: string;
  readonly run: string;
}

/** Notes that a later run found both sides to agree. */
export interface MatchException {
  readonly type: 'MatchException';
  readonly run: string;
}

/** An operator closes an exception: names what that rests on, and the entry that mended the books where there is one. */
export interface CloseException {
  readonly type: 'CloseException';
  readonly evidence: string;
  readonly entry?: string;
}

/**
 * There is no exception of this id.
 *
 * @severity mistake
 * @retry no
 */
export interface ExceptionUnknown extends Refusal<'exception_unknown'> {
  readonly exception: string;
}

/**
 * The exception is closed already.
 *
 * @severity answer
 * @retry no
 */
export interface ExceptionClosed extends Refusal<'exception_closed'> {
  readonly exception: string;
}

/** The commands about exceptions, each with exactly what it may be refused for. */
export type ExceptionCommands = {
  readonly NoteException: { readonly command: NoteException; readonly refusal: never };
  readonly MatchException: { readonly command: MatchException; readonly refusal: ExceptionUnknown };
  readonly CloseException: { readonly command: CloseException; readonly refusal: ExceptionUnknown | ExceptionClosed };
};

/** What happened to an exception. */
export type ExceptionEvent =
  | { readonly type: 'ExceptionNoted'; readonly exception: PayoutException }
  | {
      readonly type: 'ExceptionClosed';
      readonly closedBy: NonNullable<PayoutException['closedBy']>;
      readonly at: Instant;
    };

type AnyExceptionCommand = ExceptionCommands[keyof ExceptionCommands]['command'];

const reasons: readonly [ExceptionReason, ...ExceptionReason[]] = [
  'missing_at_provider',
  'missing_in_ledger',
  'amount',
  'currency',
  'destination',
  'duplicate',
  'external_reversal',
  'stale_transit',
  'foreign',
  'wrong_mode',
  'unknown_epoch',
  'fee',
];
const words = z.string().max(500);
const shapes = {
  NoteException: z.strictObject({
    type: z.literal('NoteException'),
    sender: idField,
    run: idField,
    reason: z.enum(reasons),
    about: nameField,
    expected: words,
    found: words,
    at: instantField,
  }),
  MatchException: z.strictObject({ type: z.literal('MatchException'), run: idField }),
  CloseException: z.strictObject({
    type: z.literal('CloseException'),
    evidence: nameField,
    entry: nameField.optional(),
  }),
};

/**
 * Keeps the exceptions of reconciliations: each is a record, found by a run and closed by a later one that matches, or by an operator. Nothing is deleted.
 *
 * @source docs/rules/payouts.md, P-25
 */
export const payoutExceptions: RecordDecider<ExceptionCommands, PayoutException, ExceptionEvent> = {
  kind: 'payout-exception',
  keeps: 'record',
  parse: (command) => readCommand(shapes, command),
  needs: () => ({}),
  decide: (seen, command, context) => decideException(seen, command as AnyExceptionCommand, context),
  evolve: (state, event) => {
    if (event.type === 'ExceptionNoted') return event.exception;
    return { ...(state as PayoutException), status: 'closed', closedBy: event.closedBy };
  },
  transfers: () => [],
  standing: ({ status }) => ({ status, claims: [], deadlines: [], touches: [] }),
  codec: plainCodec(),
};

function decideException(
  seen: Seen,
  command: AnyExceptionCommand,
  { id, at, actor }: Context,
): Result<readonly ExceptionEvent[], ExceptionUnknown | ExceptionClosed> {
  const known = seen.record(id) as PayoutException | undefined;
  if (command.type === 'NoteException') {
    if (known?.status === 'open') return ok([]);
    const { type: _type, run, ...found } = command;
    return ok([{ type: 'ExceptionNoted', exception: { ...found, status: 'open', openedBy: run } }]);
  }
  if (!known) return err({ code: 'exception_unknown', exception: id });
  if (command.type === 'MatchException') {
    if (known.status === 'closed') return ok([]);
    return ok([{ type: 'ExceptionClosed', closedBy: { run: command.run }, at }]);
  }
  if (known.status === 'closed') return err({ code: 'exception_closed', exception: id });
  const { evidence, entry } = command;
  const closedBy = { operator: actor.id, evidence, ...(entry === undefined ? {} : { entry }) };
  return ok([{ type: 'ExceptionClosed', closedBy, at }]);
}
