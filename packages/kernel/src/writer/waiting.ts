import { writerFault } from '../faults.ts';
import type { Request } from '../request.ts';
import type { Answer } from './writer.ts';

/** A request in the writer's hands, until it is answered or its caller's deadline is over. */
export class Waiting {
  readonly request: Request;
  /** When it came, by `performance.now()`. */
  readonly since: number = performance.now();
  readonly answer: Promise<Answer>;
  #resolve: (answer: Answer) => void = () => {};
  readonly #timer: NodeJS.Timeout;
  #taken = false;
  #settled = false;

  constructor(request: Request, deadlineMs: number) {
    this.request = request;
    this.answer = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(() => this.#expire(deadlineMs), Math.min(deadlineMs, LONGEST_TIMER_MS));
  }

  /** Takes it into a round; false where it was answered already. */
  take(): boolean {
    this.#taken = true;
    return !this.#settled;
  }

  /** Lets go of it after a round that can have had no effect, until the next one takes it. */
  letGo(): void {
    this.#taken = false;
  }

  /** Answers the caller, once. */
  settle(answer: Answer): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#resolve(answer);
  }

  #expire(deadlineMs: number): void {
    const effect = this.#taken ? 'unknown' : 'none';
    const message = `no answer within ${deadlineMs} ms; ask again with the same key`;
    this.settle({ kind: 'fault', fault: writerFault('deadline_passed', message, { retryable: true, effect }) });
  }
}

/** Longer timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
