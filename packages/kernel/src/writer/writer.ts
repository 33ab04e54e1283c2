import { setTimeout as sleep } from 'node:timers/promises';
import type { EvaluateContext, Outcome } from '../evaluate/evaluate.ts';
import { Defect, type StoreFault, type WriterFault, writerFault } from '../faults.ts';
import { genesis } from '../head.ts';
import { forget, type Knowledge, newKnowledge } from '../known.ts';
import type { Request } from '../request.ts';
import type { Rounds, Store } from '../store.ts';
import type { Limits } from './limits.ts';
import type { WriterMetrics } from './metrics.ts';
import { type RoundEnd, runRound } from './run-round.ts';
import { Waiting } from './waiting.ts';

/** What a caller of the writer hears. */
export type Answer = Outcome | { readonly kind: 'fault'; readonly fault: StoreFault | WriterFault };

/** What the writer needs of its book. */
export interface WriterOptions {
  // biome-ignore lint/suspicious/noExplicitAny: the writer never touches the client of a store
  readonly store: Store<any>;
  readonly book: string;
  readonly context: EvaluateContext;
  readonly limits: Limits;
  /** Told after each append, and unable to fail it. */
  readonly onAppended: (sequence: number) => void;
}

/**
 * The one writer of a book in this process. Requests that wait ride in one round together; an idle caller waits for nobody.
 *
 * @source docs/rules/kernel.md, K-3
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #knowledge: Knowledge = newKnowledge(genesis);
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;
  /** An append was sent whose answer nobody has, and none has succeeded since: it may still succeed. */
  #doubt = false;
  /** How many rounds still load before one goes blind again: a blind one that does not count is work for nothing. */
  #loadsFirst = 1;
  readonly #counts = { rounds: 0, units: 0, largestRound: 0, misses: 0, locked: 0, doubts: 0, faults: 0 };

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Queues a request and answers once what the answer rests on is durable. */
  submit(request: Request, deadlineMs = this.#options.limits.deadlineMs): Promise<Answer> {
    if (this.#closed) return Promise.resolve(faulted(bookClosed()));
    if (this.#queue.length >= this.#options.limits.maxQueue) {
      const message = `${this.#queue.length} requests wait already`;
      return Promise.resolve(faulted(writerFault('queue_full', message, { retryable: true, effect: 'none' })));
    }
    const waiting = new Waiting(request, deadlineMs);
    this.#queue.push(waiting);
    this.#running ??= this.#run();
    return waiting.answer;
  }

  /** Says whether nothing more is accepted. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Finishes what was accepted, and accepts nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  metrics(): WriterMetrics {
    const oldest = this.#queue[0];
    return { queued: this.#queue.length, oldestMs: oldest ? performance.now() - oldest.since : 0, ...this.#counts };
  }

  async #run(): Promise<void> {
    // Callers of this very turn of the event loop ride along; nobody waits for a clock.
    await null;
    while (this.#queue.length > 0) {
      const size = this.#options.limits.maxBatch;
      const batch = this.#queue.slice(0, size);
      this.#queue = this.#queue.slice(size);
      try {
        await this.#process(batch);
      } catch (error) {
        // Only a store that answers with nonsense leads here. Nobody is left waiting, whatever it is.
        forget(this.#knowledge, genesis);
        this.#doubt = true;
        for (const waiting of batch) waiting.settle({ kind: 'defect', error });
      }
    }
    this.#running = undefined;
  }

  /** Repeats the round of a batch until it is answered, or is not worth repeating. */
  async #process(batch: readonly Waiting[], inherited: { readonly doubt: boolean } = { doubt: false }): Promise<void> {
    const state = { misses: 0, doubt: inherited.doubt, tries: 0, since: performance.now() };
    for (;;) {
      const open = batch.filter((waiting) => waiting.take());
      if (open.length === 0) return;
      const end = await this.#round(open, state.misses);
      if (end.kind === 'answered') return this.#deliver(open, end);
      forget(this.#knowledge, genesis);
      if (end.kind === 'threw') return this.#isolate(open, state, { kind: 'defect', error: end.error });
      if (end.kind === 'missed') {
        this.#counts.misses++;
        state.misses++;
        this.#loadsFirst = LOADS_AFTER_A_MISS;
        continue;
      }
      this.#counts.faults++;
      if (end.fault.code === 'store_refused') return this.#isolate(open, state, refusedByStore(end.fault, state.doubt));
      if (end.phase === 'append' && end.fault.effect === 'unknown') {
        this.#counts.doubts++;
        this.#doubt = true;
        state.doubt = true;
      } else if (this.#isHopeless(end, state)) {
        for (const waiting of culpritsOf(end, open)) waiting.settle(faulted(withEffect(end, state.doubt)));
        continue;
      }
      if (!state.doubt) for (const waiting of open) waiting.letGo();
      await sleep(Math.min(1_000, 10 * 2 ** state.tries++) * (0.5 + Math.random() / 2));
    }
  }

  #isHopeless({ fault }: Failed, { doubt, since }: { readonly doubt: boolean; readonly since: number }): boolean {
    return !fault.retryable || (!doubt && performance.now() - since > this.#options.limits.patienceMs);
  }

  async #round(open: readonly Waiting[], misses: number): Promise<RoundEnd | Threw> {
    const { store, book, limits } = this.#options;
    this.#counts.rounds++;
    this.#counts.largestRound = Math.max(this.#counts.largestRound, open.length);
    const { accounts, records, claims } = this.#knowledge;
    if (accounts.size + records.size + claims.size > MOST_KEPT) forget(this.#knowledge, genesis);
    try {
      if (misses < limits.missesBeforeLock) return await this.#runOn(store, open, misses === 0);
      this.#counts.locked++;
      const locked = await store.locked(book, (rounds) => this.#runOn(rounds, open, false));
      return locked.isOk() ? locked.value : { kind: 'failed', phase: 'append', fault: locked.error };
    } catch (error) {
      // Nobody knows how far it came.
      this.#doubt = true;
      return { kind: 'threw', error };
    }
  }

  async #runOn(rounds: Rounds, open: readonly Waiting[], fresh: boolean): Promise<RoundEnd> {
    const { book, context, limits } = this.#options;
    const requests = open.map(({ request }) => request);
    const blind = fresh && !this.#doubt && this.#loadsFirst === 0;
    const end = await runRound({
      rounds,
      book,
      requests,
      knowledge: this.#knowledge,
      context,
      clockLead: limits.clockLead,
      append: this.#doubt ? 'always' : 'units',
      blind,
    });
    if (end.kind !== 'answered' || end.blind === 'held') return end;
    const inVain = Math.min(LOADS_AFTER_A_MISS, requests.length - 1);
    this.#loadsFirst = end.blind === 'in_vain' ? inVain : Math.max(0, this.#loadsFirst - 1);
    return end;
  }

  #deliver(open: readonly Waiting[], end: Extract<RoundEnd, { kind: 'answered' }>): void {
    // While in doubt every round appends, and what was sent before an append can no longer succeed.
    this.#doubt = false;
    this.#counts.units += end.appended;
    for (const [index, waiting] of open.entries()) waiting.settle(end.outcomes[index] as Outcome);
    if (end.appended === 0) return;
    try {
      this.#options.onAppended(this.#knowledge.head.sequence);
    } catch {
      // A listener cannot fail a unit that is durable.
    }
  }

  /** Halves a batch that the database refuses, or that makes something throw, until the culprit stands alone. */
  async #isolate(open: readonly Waiting[], state: { readonly doubt: boolean }, answer: Answer): Promise<void> {
    if (open.length === 1) {
      open[0]?.settle(answer);
      return;
    }
    const middle = open.length >> 1;
    await this.#process(open.slice(0, middle), state);
    await this.#process(open.slice(middle), state);
  }
}

type Failed = Extract<RoundEnd, { kind: 'failed' }>;

/** A round that ended in a defect: of the store, or of a decider that never has enough. */
interface Threw {
  readonly kind: 'threw';
  readonly error: unknown;
}

/** Makes the fault of a book that was closed. */
export function bookClosed(): WriterFault {
  return writerFault('book_closed', 'the book is closed', { retryable: false, effect: 'none' });
}

function faulted(fault: StoreFault | WriterFault): Answer {
  return { kind: 'fault', fault };
}

/** Gives those whom a fault is about: the ones that it names, or all. */
function culpritsOf({ about }: Failed, open: readonly Waiting[]): readonly Waiting[] {
  return about ? open.filter(({ request }) => about.has(request)) : open;
}

/** A statement that is refused had no effect, but an earlier one whose answer was lost may have had. */
function refusedByStore(fault: StoreFault | WriterFault, doubt: boolean): Answer {
  if (doubt) return faulted({ ...fault, effect: 'unknown' });
  return { kind: 'defect', error: new Defect(`the database refuses this unit: ${fault.message}`) };
}

/** A load has no effect of its own; what was sent before it may have had. */
function withEffect({ fault, phase }: Failed, doubt: boolean): StoreFault | WriterFault {
  return { ...fault, effect: doubt ? 'unknown' : phase === 'load' ? 'none' : fault.effect };
}

/** After a blind round that did not count, so many load; fewer where it was small, and little was decided in vain. */
const LOADS_AFTER_A_MISS = 8;

/** How many accounts, records and claims are kept before all are forgotten: a bound on memory, not on speed. */
const MOST_KEPT = 200_000;
