import type { Context, Instant, RecordDecider, Refusal, Seen } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import { plainCodec } from '../records/plain-codec.ts';
import { idField, instantField, nameField, readCommand } from '../records/shape.ts';

/** What a run of the reconciliation was of and found, as the book keeps it. */
export interface ReconciliationRun {
  readonly sender: string;
  /** Its name, of which each account has one. */
  readonly run: string;
  /** By the provider's clock, inclusive. */
  readonly from: Instant;
  /** Exclusive; the next run goes on here. */
  readonly to: Instant;
  /** Of the ledger, when it was compared. */
  readonly sequence: number;
  readonly matched: number;
  /** The ids of the exceptions that it found, new ones or not. */
  readonly exceptions: readonly string[];
  /** How many exceptions of earlier runs it closed. */
  readonly closed: number;
  /** The run before, of the same account. */
  readonly previous?: string;
  readonly at: Instant;
  /** Whether it is the last one of its account. */
  readonly isNewest: boolean;
}

/** Notes what a run found, in the unit of the last of its exceptions. */
export interface NoteRun extends Omit<ReconciliationRun, 'at' | 'isNewest'> {
  readonly type: 'NoteRun';
}

/** Notes that another run came after it, in the unit that notes that one. */
export interface PassRun {
  readonly type: 'PassRun';
}

/**
 * There was a run of this name.
 *
 * @severity mistake
 * @retry no
 */
export interface RunExists extends Refusal<'run_exists'> {
  readonly run: string;
}

/**
 * There was no run of this name, or another one came after it.
 *
 * @severity answer
 * @retry no
 */
export interface RunNotNewest extends Refusal<'run_not_newest'> {
  readonly run: string;
}

/** The commands about runs, each with exactly what it may be refused for. */
export type RunCommands = {
  readonly NoteRun: { readonly command: NoteRun; readonly refusal: RunExists };
  readonly PassRun: { readonly command: PassRun; readonly refusal: RunNotNewest };
};

/** What happened to a run. */
export type RunEvent = { readonly type: 'RunNoted'; readonly run: ReconciliationRun } | { readonly type: 'RunPassed' };

/**
 * Keeps the runs of reconciliations: each names the one before it and goes on where that ended, so that no time is left out.
 *
 * @source docs/rules/payouts.md, P-25
 */
export const reconciliationRuns: RecordDecider<RunCommands, ReconciliationRun, RunEvent> = {
  kind: 'reconciliation-run',
  keeps: 'record',
  parse: (command) => readCommand(shapes, command),
  needs: () => ({}),
  decide: (seen, command, context) => decideRun(seen, command as NoteRun | PassRun, context),
  evolve: (state, event) =>
    event.type === 'RunNoted' ? event.run : { ...(state as ReconciliationRun), isNewest: false },
  transfers: () => [],
  standing: ({ sender, isNewest }) => ({
    status: isNewest ? newestRunOf(sender) : `past.${sender}`,
    claims: isNewest ? [newestRunOf(sender)] : [],
    deadlines: [],
    touches: [],
  }),
  codec: plainCodec(),
};

/** Names the record of a run. */
export function runId(sender: string, run: string): string {
  return `${sender}.${run}`;
}

/** Names the status of the last run of an account: there is one at most. */
export function newestRunOf(sender: string): string {
  return `newest.${sender}`;
}

function decideRun(
  seen: Seen,
  command: NoteRun | PassRun,
  { id, at }: Context,
): Result<readonly RunEvent[], RunExists | RunNotNewest> {
  const known = seen.record(id) as ReconciliationRun | undefined;
  if (command.type === 'PassRun')
    return known?.isNewest ? ok([{ type: 'RunPassed' }]) : err({ code: 'run_not_newest', run: id });
  if (known) return err({ code: 'run_exists', run: id });
  // Nothing below refuses.
  const { type: _type, ...run } = command;
  return ok([{ type: 'RunNoted', run: { ...run, at, isNewest: true } }]);
}

const count = z.int().min(0);
const shapes = {
  NoteRun: z.strictObject({
    type: z.literal('NoteRun'),
    sender: idField,
    run: idField,
    from: instantField,
    to: instantField,
    sequence: count,
    matched: count,
    exceptions: z.array(nameField).max(100_000),
    closed: count,
    previous: idField.optional(),
  }),
  PassRun: z.strictObject({ type: z.literal('PassRun') }),
};
