import { type EvaluateContext, type Evaluation, evaluate, fenceAfter, type Outcome } from '../evaluate/evaluate.ts';
import { Defect, type StoreFault, type WriterFault, writerFault } from '../faults.ts';
import { NEWEST_FORMAT, sameHead } from '../head.ts';
import { addDuration, type Duration, instantAt } from '../instant.ts';
import { advance, forget, isEmpty, type Knowledge, learn, unknownOf } from '../known.ts';
import type { Request } from '../request.ts';
import type { Needs, Rounds, Snapshot } from '../store.ts';
import { firstNeeds } from './first-needs.ts';

/** What a round works with. */
export interface RoundInput {
  readonly rounds: Rounds;
  readonly book: string;
  readonly requests: readonly Request[];
  /** What the process kept from its own last append; it grows with what is loaded. */
  readonly knowledge: Knowledge;
  readonly context: EvaluateContext;
  /** How far a request's instant may lie ahead of the store's clock. */
  readonly clockLead: Duration;
  /** `always`: append even where there are no units, so that nothing sent before can still succeed. `never`: a preview. */
  readonly append: 'units' | 'always' | 'never';
  /** Whether the round may go without a load, on what the process kept from its own last append; see {@link runRound}. */
  readonly blind?: boolean;
}

/** How a round ended. */
export type RoundEnd =
  | {
      readonly kind: 'answered';
      readonly outcomes: readonly Outcome[];
      readonly appended: number;
      /** It went without a load; it could have, but not every request became a unit; or it could not. */
      readonly blind: 'held' | 'in_vain' | 'no';
    }
  | { readonly kind: 'missed' }
  | {
      readonly kind: 'failed';
      readonly phase: 'load' | 'append';
      readonly fault: StoreFault | WriterFault;
      /** The requests that the fault is about; all, where it is absent. */
      readonly about?: ReadonlySet<Request>;
    };

/**
 * Runs one round of the writer: load at one head, evaluate, append if the head is still the same.
 *
 * A blind round leaves the load out. It counts only if every request becomes a unit: then the append itself proves all that a load would
 * have said, since it holds only if the head is the one that the process made (so what it kept is exact) and if none of the keys is there
 * (a key is unique in its book). Otherwise nothing was written and nobody was answered, and the round is run again with a load. Where a name
 * is needed that was not kept, there is nothing to be tried.
 *
 * @source docs/rules/kernel.md, K-2
 */
export async function runRound(input: RoundInput): Promise<RoundEnd> {
  const first = firstNeeds(input.requests);
  const unloaded = input.blind ? evaluateBlind(input, first) : 'no';
  const blind = typeof unloaded === 'string' ? unloaded : 'held';
  const evaluated = typeof unloaded === 'string' ? await loadAndEvaluate(input, first) : unloaded;
  if (evaluated.kind !== 'evaluated') return evaluated;
  const { outcomes, accounts } = evaluated;
  const idle = evaluated.changes.units.length === 0;
  if (input.append === 'never' || (idle && input.append === 'units'))
    return { kind: 'answered', outcomes, appended: 0, blind };
  const changes = idle ? fenceAfter(input.knowledge.head) : evaluated.changes;
  const appended = await input.rounds.append(input.book, input.knowledge.head, changes);
  if (appended.isErr()) {
    if (blind === 'held' && appended.error.code === 'store_refused') return { kind: 'missed' };
    return { kind: 'failed', phase: 'append', fault: appended.error };
  }
  if (appended.value === 'head_moved') return { kind: 'missed' };
  advance(input.knowledge, changes, accounts);
  return { kind: 'answered', outcomes, appended: changes.units.length, blind };
}

type Evaluated = Extract<Evaluation, { kind: 'evaluated' }>;

/** Evaluates on what was kept, every key taken for new. */
function evaluateBlind(input: RoundInput, first: Needs): Evaluated | 'in_vain' | 'no' {
  const { knowledge, requests, context } = input;
  const { head, clock } = knowledge;
  if (!clock || unknownOf(knowledge, { ...first, keys: [] })) return 'no';
  const now = instantAt(Date.parse(clock.now) + performance.now() - clock.since);
  if (wrongMoment({ head, now }, input)) return 'in_vain';
  knowledge.units.clear();
  for (const { key } of requests) knowledge.units.set(key, undefined);
  const evaluation = evaluate(knowledge, requests, context);
  if (evaluation.kind !== 'evaluated') return 'no';
  return evaluation.outcomes.every(({ kind }) => kind === 'done') ? evaluation : 'in_vain';
}

async function loadAndEvaluate(input: RoundInput, first: Needs): Promise<Evaluated | RoundEnd> {
  const { rounds, book, requests, knowledge, context } = input;
  knowledge.units.clear();
  let needs: Needs = unknownOf(knowledge, first) ?? first;
  for (let loads = 1; ; loads++) {
    if (loads > MOST_LOADS)
      throw new Defect(`a decider needs more after ${MOST_LOADS} loads: ${JSON.stringify(needs)}`);
    const loaded = await rounds.load(book, needs);
    if (loaded.isErr()) return { kind: 'failed', phase: 'load', fault: loaded.error };
    const snapshot = loaded.value;
    const trouble = wrongMoment(snapshot, input);
    if (trouble) return trouble;
    if (!sameHead(snapshot.head, knowledge.head)) {
      if (loads > 1) return { kind: 'missed' };
      forget(knowledge, snapshot.head);
    }
    learn(knowledge, needs, snapshot);
    knowledge.clock = { now: snapshot.now, since: performance.now() };
    const more = unknownOf(knowledge, first);
    if (more) {
      needs = more;
      continue;
    }
    const evaluation = evaluate(knowledge, requests, context);
    if (evaluation.kind === 'evaluated') return evaluation;
    if (isEmpty(evaluation.needs)) throw new Defect('a round misses something and cannot say what');
    needs = evaluation.needs;
  }
}

function wrongMoment(
  { head, now }: Pick<Snapshot, 'head' | 'now'>,
  { requests, clockLead, book }: RoundInput,
): RoundEnd | undefined {
  const final = { retryable: false, effect: 'none' } as const;
  if (head.format > NEWEST_FORMAT) {
    const message = `book ${book} is written in format ${head.format}, this version knows up to ${NEWEST_FORMAT}`;
    return { kind: 'failed', phase: 'load', fault: writerFault('format_unknown', message, final) };
  }
  const latest = addDuration(now, clockLead);
  const first = requests.find(({ at }) => at > latest);
  if (!first) return undefined;
  const about = new Set(requests.filter(({ at }) => at > latest));
  const message = `the book's clock says ${first.at}, the store's says ${now}`;
  return { kind: 'failed', phase: 'load', fault: writerFault('clock_ahead', message, final), about };
}

const MOST_LOADS = 20;
