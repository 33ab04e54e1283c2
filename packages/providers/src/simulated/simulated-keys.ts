import { addDuration, type Duration, type Instant } from '@holdfast/kernel';
import type { Idempotency } from '../port/descriptor.ts';
import type { SubmitOutcome } from '../port/outcome.ts';

interface KeptAnswer {
  readonly body: string;
  readonly answer: SubmitOutcome;
  readonly since: Instant;
}

/** The idempotency layer of the simulated provider: what it answered under which key, until it forgets. */
export class SimulatedKeys {
  readonly #idempotency: Idempotency;
  readonly #retention: Duration | undefined;
  readonly #kept = new Map<string, KeptAnswer>();

  /** @param retention - How long keys are really kept; what the descriptor promises where it is absent. */
  constructor(idempotency: Idempotency, retention: Duration | undefined) {
    this.#idempotency = idempotency;
    this.#retention = retention ?? idempotency.retention;
  }

  /** Answers from what was kept, or not at all. */
  replay(key: string, body: string, now: Instant): SubmitOutcome | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    if (this.#retention && now >= addDuration(kept.since, this.#retention)) {
      this.#kept.delete(key);
      return undefined;
    }
    if (kept.body !== body) {
      return { outcome: 'conflict', field: 'key', expected: 'the bytes of its first use', got: 'other bytes' };
    }
    const { answer } = kept;
    return 'replayed' in answer ? { ...answer, replayed: this.#idempotency.marksReplays } : answer;
  }

  /** Keeps what was answered under a key, where the provider keeps such answers; a no that is not kept says so. */
  keep(key: string, { body, answer, since }: KeptAnswer): SubmitOutcome {
    const { mechanism, replaysErrors } = this.#idempotency;
    const isError = answer.outcome === 'unknown' || answer.outcome === 'rejected';
    if (mechanism === 'none' || (isError && !replaysErrors)) {
      return answer.outcome === 'rejected' ? { ...answer, kept: false } : answer;
    }
    this.#kept.set(key, { body, answer, since });
    return answer;
  }

  /** Keeps an answer that came later than its request, where nothing is kept under the key. */
  keepIfFree(key: string, kept: KeptAnswer): void {
    if (!this.#kept.has(key)) this.keep(key, kept);
  }

  /** Forgets all keys, as a provider may that promised nothing. */
  forget(): void {
    this.#kept.clear();
  }
}
