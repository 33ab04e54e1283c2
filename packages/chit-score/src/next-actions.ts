import { err, ok, type Result } from 'neverthrow';
import { type Day, parseDay } from './calendar.ts';
import type { ScoreModel } from './model/score-model.ts';
import { parseScoreEvents } from './read-events.ts';
import type { Help } from './reason.ts';
import { type Score, type ScoreOptions, type ScoreRefusal, score } from './score.ts';
import type { DocumentChanged, InstalmentPaid, ScoreEvent } from './score-event.ts';
import { whatIf } from './what-if.ts';

/** Something that somebody could do today. */
export interface NextAction {
  /** What, and about what. */
  readonly help: Help;
  /** The events that it would be. */
  readonly events: readonly ScoreEvent[];
  /** The points that the score would rise by today. */
  readonly gain: bigint;
  /** The points by which it would be higher on the later day than without: paying what is overdue stops a fall. */
  readonly laterGain: bigint;
}

type Candidate = Omit<NextAction, 'gain' | 'laterGain'>;

/**
 * Finds what would raise a score today: it tries to pay what is overdue, to verify each document and field that is
 * missing, and tells those that gain something today or by a later day.
 *
 * @param model - The model.
 * @param events - What happened.
 * @param options - As `score` takes them; `asOf` is today, and `laterOn` the later day, today unless given.
 * @returns The actions, the best by the later day first; of equal ones by action and by what they are about.
 *
 * @errors
 * - those of `score`.
 * @source docs/rules/chit-score.md, CS-11
 */
export function nextActions(
  model: ScoreModel,
  events: readonly ScoreEvent[],
  options: ScoreOptions & { readonly laterOn?: Day },
): Result<readonly NextAction[], ScoreRefusal> {
  const laterOn = parseDay(options.laterOn ?? options.asOf, 'laterOn');
  if (laterOn.isErr()) return err(laterOn.error);
  const now = score(model, events, options);
  if (now.isErr()) return err(now.error);
  const read = parseScoreEvents(events);
  if (read.isErr()) return err(read.error);
  const actions: NextAction[] = [];
  for (const candidate of candidatesFor(model, now.value, read.value)) {
    const today = whatIf(model, read.value, candidate.events, options);
    if (today.isErr()) return err(today.error);
    const later = whatIf(model, read.value, candidate.events, { ...options, asOf: laterOn.value });
    if (later.isErr()) return err(later.error);
    const [gain, laterGain] = [today.value.gain, later.value.gain];
    if (gain > 0n || laterGain > 0n) actions.push({ ...candidate, gain, laterGain });
  }
  return ok(Object.freeze(actions.sort(byGain)));
}

function candidatesFor(model: ScoreModel, now: Score, events: readonly ScoreEvent[]): readonly Candidate[] {
  const { asOf } = now;
  const id = freshId(events);
  const overdue = new Set(
    [...now.reasons, ...now.overlays].flatMap(({ code, evidence }) =>
      code === 'PH01' || code.startsWith('OV') ? evidence : [],
    ),
  );
  const payments = events.flatMap((event) =>
    event.type === 'InstalmentDue' && overdue.has(event.instalment)
      ? [{ type: 'InstalmentPaid', id: id(), instalment: event.instalment, on: asOf, amount: event.amount } as const]
      : [],
  );
  const documents = model.params.slots.flatMap(({ name, kinds: [kind] }): readonly Candidate[] => {
    if (kind === undefined) return [];
    const event: DocumentChanged = {
      type: 'DocumentChanged',
      id: id(),
      document: id(),
      kind,
      status: 'VERIFIED',
      on: asOf,
    };
    return [{ help: { action: 'verify_document', about: [name] }, events: [event] }];
  });
  const fields = model.params.profileFields.map((field): Candidate => {
    const event: ScoreEvent = { type: 'ProfileFieldChanged', id: id(), field, verified: true, on: asOf };
    return { help: { action: 'verify_field', about: [field] }, events: [event] };
  });
  return [...paymentCandidates(payments), ...documents, ...fields];
}

/** All that is overdue at once, and each alone where there are several. */
function paymentCandidates(payments: readonly InstalmentPaid[]): readonly Candidate[] {
  const paying = (some: readonly InstalmentPaid[]): Candidate => {
    const about = some.map(({ instalment }) => instalment).sort();
    return { help: { action: 'pay_overdue', about }, events: some };
  };
  if (payments.length <= 1) return payments.map((payment) => paying([payment]));
  return [paying(payments), ...payments.map((payment) => paying([payment]))];
}

/** Ids that no event has, and that come after all others of the same day. */
function freshId(events: readonly ScoreEvent[]): () => string {
  const taken = new Set<string>(events.map(({ id }) => id));
  let count = 0;
  return () => {
    do count += 1;
    while (taken.has(`~supposed-${count}`));
    return `~supposed-${count}`;
  };
}

function byGain(left: NextAction, right: NextAction): number {
  if (left.laterGain !== right.laterGain) return left.laterGain > right.laterGain ? -1 : 1;
  if (left.gain !== right.gain) return left.gain > right.gain ? -1 : 1;
  const [a, b] = [left, right].map(({ help }) => `${help.action} ${help.about.join()}`) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}
