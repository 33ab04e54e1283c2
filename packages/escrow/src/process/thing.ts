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

/** Amounts by line; lines of which there is nothing are absent. */
export type LineAmounts = Readonly<Record<string, Money>>;

/** Something with a small machine and money of its own: a process, or a part of one. `funded = rest + left + cut`, line by line. */
export interface Thing<Status extends string = string, Line extends string = string> {
  readonly id: string;
  readonly status: Status;
  /** When the status was entered. */
  readonly since: Instant;
  /** When the clock acts, if it does in this status. */
  readonly dueAt?: Instant;
  /** The amount that was quoted, or cut; absent before that. */
  readonly amount?: Money;
  /** The version of the fee schedule that the quote is of. */
  readonly schedule?: string;
  /** Empty before the funding. */
  readonly lines: { readonly [Name in Line]?: HeldLine };
  /** What left, by way and line. */
  readonly left: Readonly<Record<string, LineAmounts>>;
  /** What parts were cut from what it held. */
  readonly cut?: LineAmounts;
  /** What debts were cut from what had left, by way and line. */
  readonly reclaimed?: Readonly<Record<string, LineAmounts>>;
  /** The last entry into each status that the thing has been in. */
  readonly entered: Readonly<Partial<Record<Status, Entered>>>;
  /** Inputs that the process remembers. */
  readonly facts: Readonly<Record<string, Fact>>;
}

/** The state of a declared process: a thing with parties, and with parts where there are any. */
export interface Whole<
  Status extends string = string,
  Party extends string = string,
  Line extends string = string,
  Parts = AnyParts,
> extends Thing<Status, Line> {
  /** The ids of the parties. */
  readonly parties: Readonly<Record<Party, string>>;
  /** What the process is about, in the host's words: a job's id, an order's. */
  readonly reference?: string;
  /** Parts by name and id; names of which there is none are absent. */
  readonly parts?: Parts;
}

/** A thing inside a process: a tip, a dispute, a milestone, a debt. */
export interface Part<Status extends string = string, Line extends string = string> extends Thing<Status, Line> {
  /** The part that it was cut from; absent where that is the whole, or where it was funded. */
  readonly cutFrom?: PartName;
  /** What it has is owed: places inside have so much less. */
  readonly isDebt?: true;
}

/** Parts by name and id. */
export type AnyParts = Readonly<Record<string, Readonly<Record<string, Part>> | undefined>>;

/** Names one part of a process. */
export interface PartName {
  /** What it is: `dispute`. */
  readonly part: string;
  readonly id: string;
}

/** What leaves a thing by one way. */
export interface Leaving {
  readonly way: string;
  readonly lines: LineAmounts;
  /** The lines were taken one after the other and not in proportion: later shares are counted from what remained. */
  readonly inOrder?: true;
}

/** The beginning of a part out of what another thing held, or out of what had left it. */
export interface Cut {
  /** Absent where it is the whole. */
  readonly from?: PartName;
  /** Of a debt: the way by which it had left. */
  readonly way?: string;
  readonly amount: Money;
  readonly lines: LineAmounts;
  /** Of a debt: who bears each line, as a place. Other parts lie where they lay. */
  readonly bearers?: Readonly<Record<string, string>>;
}

/** A status that is entered. */
export interface Entry {
  readonly status: string;
  readonly dueAt?: Instant;
}

/** A step of a process: what was asked, what changes, and the money as it moves. */
export interface ProcessEvent<Type extends string = string> extends DomainEvent<Type> {
  readonly at: Instant;
  /** The actor's id. */
  readonly by: string;
  /** The part that it is about; absent where that is the whole. */
  readonly about?: PartName;
  /** The step that begins the whole. */
  readonly begins?: {
    readonly id: string;
    readonly parties: Readonly<Record<string, string>>;
    readonly reference?: string;
  };
  /** The input of the command, without what `begins`, `freezes` and `cuts` say. */
  readonly given?: Readonly<Record<string, Fact>>;
  /** Which of it the thing remembers. */
  readonly remembers?: readonly string[];
  /** The step that begins a part by cutting it. */
  readonly cuts?: Cut;
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
  readonly enters?: Entry;
  /** Other things that go on by themselves: they hold nothing, and what was made of them is done. */
  readonly goOn?: readonly (Entry & { readonly about?: PartName })[];
  /** What others are asked for. */
  readonly asks?: readonly string[];
  /** The transfers, resolved to accounts. */
  readonly moves: readonly Transfer[];
}
