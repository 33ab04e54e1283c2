/** What the program that measures asks of a process of the portal. */
export interface PortalTask {
  /** `prepare` fills an empty database and ends; `serve` listens until it is told to stop. */
  readonly mode: 'prepare' | 'serve';
  readonly url: string;
  readonly users: number;
  /** Whether this process also does what the portal does by itself. */
  readonly worker: boolean;
}

/** One subscriber as the load needs him. */
export interface BenchUser {
  readonly id: string;
  readonly token: string;
  readonly scheme: string;
  readonly subscription: string;
  readonly ticket: number;
}

/** What a serving process counted between `begin` and `end`. */
export interface PortalFigures {
  /** Milliseconds of CPU, of all its threads. */
  readonly cpuMs: number;
  /** Share of the time in which the event loop had something to do. */
  readonly loopBusy: number;
  /** How late the event loop was, in milliseconds. */
  readonly loopDelay: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Requests that waited for a connection of the pool. */
  readonly poolWaiting: Sampled;
  /** Commands that waited for the book's writer. */
  readonly queued: Sampled;
  readonly rounds: number;
  readonly units: number;
  /** Statements on the portal's tables, and the milliseconds that they took together; the book's own are not among them. */
  readonly statements: number;
  readonly statementMs: number;
}

/** A figure that was looked at ten times a second. */
export interface Sampled {
  readonly mean: number;
  readonly most: number;
}

/** Signs the tokens of the bench. */
export const SECRET = 'a secret of the bench that guards nothing at all';

/** When the load begins, by the clock of the portal: ten o'clock and a half in India on the day of the first draw. */
export const DRAW_DAY = '2026-04-06T05:00:00.000Z';

/** The instalment whose draw is open. */
export const INSTALMENT = 1;
