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
  readonly #counts = { rounds: 0, units: 0, largestRound: 0, misses: 0, locked: 0, doubts: 0, faults: 0 };

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Queues a request and answers once what the answer rests on is durable. */
  submit(request: Request, deadlineMs = this.#options.limits.deadlineMs): Promise<Answer> {
    if (this.#closed)
      return Promise.resolve(
        faulted(writerFault('book_closed', 'the book is closed', { retryable: false, effect: 'none' })),
      );
    if (this.#queue.length >= this.#options.limits.maxQueue) {
      const message = `${this.#queue.length} requests wait already`;
      return Promise.resolve(faulted(writerFault('queue_full', message, { retryable: true, effect: 'none' })));
    }
    const waiting = new Waiting(request, deadlineMs);
    this.#queue.push(waiting);
    this.#running ??= this.#run();
    return waiting.answer;
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
        forget(this.#knowledge, genesis);
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
      const end = await this.#round(open, state);
      if (end.kind === 'answered') return this.#deliver(open, end);
      forget(this.#knowledge, genesis);
      if (end.kind === 'missed') {
        this.#counts.misses++;
        state.misses++;
        continue;
      }
      this.#counts.faults++;
      if (end.fault.code === 'store_refused') return this.#isolate(open, state, end.fault);
      if (end.phase === 'append' && end.fault.effect === 'unknown') {
        this.#counts.doubts++;
        state.doubt = true;
      } else if (
        !end.fault.retryable ||
        (!state.doubt && performance.now() - state.since > this.#options.limits.patienceMs)
      ) {
        const fault = state.doubt ? ({ ...end.fault, effect: 'unknown' } as const) : end.fault;
        for (const waiting of open) waiting.settle(faulted(fault));
        return;
      }
      await sleep(Math.min(1_000, 10 * 2 ** state.tries++) * (0.5 + Math.random() / 2));
    }
  }

  async #round(
    open: readonly Waiting[],
    state: { readonly misses: number; readonly doubt: boolean },
  ): Promise<RoundEnd> {
    const { store, book, limits } = this.#options;
    this.#counts.rounds++;
    this.#counts.largestRound = Math.max(this.#counts.largestRound, open.length);
    if (this.#knowledge.accounts.size + this.#knowledge.records.size > MOST_KEPT) forget(this.#knowledge, genesis);
    if (state.misses < limits.missesBeforeLock) return this.#runOn(store, open, state.doubt);
    this.#counts.locked++;
    const locked = await store.locked(book, (rounds) => this.#runOn(rounds, open, state.doubt));
    return locked.isOk() ? locked.value : { kind: 'failed', phase: 'append', fault: locked.error };
  }

  #runOn(rounds: Rounds, open: readonly Waiting[], doubt: boolean): Promise<RoundEnd> {
    const { book, context, limits } = this.#options;
    const requests = open.map(({ request }) => request);
    return runRound({
      rounds,
      book,
      requests,
      knowledge: this.#knowledge,
      context,
      clockLead: limits.clockLead,
      append: doubt ? 'always' : 'units',
    });
  }

  #deliver(open: readonly Waiting[], end: Extract<RoundEnd, { kind: 'answered' }>): void {
    this.#counts.units += end.appended;
    for (const [index, waiting] of open.entries()) waiting.settle(end.outcomes[index] as Outcome);
    if (end.appended === 0) return;
    try {
      this.#options.onAppended(this.#knowledge.head.sequence);
    } catch {
      // A listener cannot fail a unit that is durable.
    }
  }

  /** Halves a batch that the database refuses, until the culprit stands alone. */
  async #isolate(
    open: readonly Waiting[],
    state: { readonly doubt: boolean },
    fault: StoreFault | WriterFault,
  ): Promise<void> {
    if (open.length === 1) {
      open[0]?.settle({ kind: 'defect', error: new Defect(`the database refuses this unit: ${fault.message}`) });
      return;
    }
    const middle = open.length >> 1;
    await this.#process(open.slice(0, middle), state);
    await this.#process(open.slice(middle), state);
  }
}

function faulted(fault: StoreFault | WriterFault): Answer {
  return { kind: 'fault', fault };
}

/** How many accounts and records are kept before all are forgotten: a bound on memory, not on speed. */
const MOST_KEPT = 200_000;
