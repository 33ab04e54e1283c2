import type { DomainEvent, Instant, Transfer } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Fact } from './inputs.ts';

/** A line of the frozen quote, as a thing holds it. */
export interface HeldLine {
  /** Its share of the quote. Never changes. */
  readonly frozen: Money;
  /** What is still held of it. */
  readonly rest: Money;
  /** What proportional shares are counted from; absent while that is `frozen`. */
  readonly basis?: Money;
  /** The one place where the rest lies. */
  readonly place: string;
}

/** When a state was last entered, and who brought the thing there. */
export interface Entered {
  readonly at: Instant;
  readonly by: string;
}

/** Something with a small machine and money of its own: the state of a declared process. */
export interface Thing<Status extends string = string, Party extends string = string, Line extends string = string> {
  readonly id: string;
  readonly status: Status;
  /** When the status was entered. */
  readonly since: Instant;
  /** When the clock acts, if it does in this status. */
  readonly dueAt?: Instant;
  /** The ids of the parties. */
  readonly parties: Readonly<Record<Party, string>>;
  /** What the process is about, in the host's words: a job's id, an order's. */
  readonly reference?: string;
  /** The amount that was quoted; absent before the funding. */
  readonly amount?: Money;
  /** The version of the fee schedule that the quote is of. */
  readonly schedule?: string;
  /** Empty before the funding. */
  readonly lines: { readonly [Name in Line]?: HeldLine };
  /** What left, by way and line. */
  readonly left: Readonly<Record<string, Readonly<Record<string, Money>>>>;
  /** The last entry into each status that the thing has been in. */
  readonly entered: Readonly<Partial<Record<Status, Entered>>>;
  /** Inputs that the process remembers. */
  readonly facts: Readonly<Record<string, Fact>>;
}

/** What leaves a thing by one way. */
export interface Leaving {
  readonly way: string;
  /** By line; lines of which nothing leaves are absent. */
  readonly lines: Readonly<Record<string, Money>>;
  /** The lines were taken one after the other and not in proportion: later shares are counted from what remained. */
  readonly inOrder?: true;
}

/** A step of a process: what was asked, what changes, and the money as it moves. */
export interface ProcessEvent<Type extends string = string> extends DomainEvent<Type> {
  readonly at: Instant;
  /** The actor's id. */
  readonly by: string;
  /** The step that begins the thing. */
  readonly begins?: {
    readonly id: string;
    readonly parties: Readonly<Record<string, string>>;
    readonly reference?: string;
  };
  /** The input of the command, without what `begins` and `freezes` say. */
  readonly given?: Readonly<Record<string, Fact>>;
  /** Which of it the thing remembers. */
  readonly remembers?: readonly string[];
  /** A quote is frozen, and its charge comes in. */
  readonly freezes?: {
    readonly amount: Money;
    readonly schedule: string;
    readonly place: string;
    readonly lines: Readonly<Record<string, Money>>;
  };
  /** Lines that lie in another place from now on. */
  readonly shifts?: Readonly<Record<string, string>>;
  /** What leaves, in this order. */
  readonly leaves?: readonly Leaving[];
  /** The status that is entered, if one is. */
  readonly enters?: { readonly status: string; readonly dueAt?: Instant };
  /** The transfers, resolved to accounts. */
  readonly moves: readonly Transfer[];
}
