import type { Actor, Decider, DomainEvent, Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** What the fuzzer asks of a declared process: its definition as data, so that no process has to be prepared for it. */
export interface FuzzableProcess
  // biome-ignore lint/suspicious/noExplicitAny: takes processes of every kind
  extends Decider<any, any, DomainEvent> {
  readonly definition: FuzzableDefinition;
  readonly lint: readonly string[];
  /** Tells what may be asked for in a state, and of which parts. */
  availableActions(
    state: unknown,
    asking: { readonly at: Instant; readonly actor: Actor },
  ): readonly { readonly type: string }[];
  /** Lists what a command may be refused for. */
  refusalsOf(command: string): readonly { readonly code: string }[];
}

/** The part of a definition that the fuzzer reads. */
export interface FuzzableDefinition extends FuzzableMachine {
  readonly kind: string;
  readonly parties: readonly string[];
  readonly staff?: readonly string[];
  readonly places: Readonly<Record<string, string | { readonly account: string }>>;
  readonly parts?: Readonly<Record<string, FuzzableMachine>>;
}

/** The part of a machine, the whole's or a part's, that the fuzzer reads. */
export interface FuzzableMachine {
  readonly states: Readonly<Record<string, { readonly done?: true; readonly whenDone?: string }>>;
  readonly transitions: Readonly<Record<string, FuzzableTransition>>;
}

/** The part of a transition that the fuzzer reads. */
export interface FuzzableTransition {
  readonly from?: string | readonly string[];
  readonly to?: string;
  readonly by?: string | readonly string[];
  readonly on?: string;
  readonly emits?: string;
  readonly funds?: string;
  readonly cuts?: string;
  readonly amounts?: Readonly<Record<string, unknown>>;
  readonly input?: Readonly<Record<string, FuzzableField>>;
}

/** A field of a command's input. */
export interface FuzzableField {
  readonly kind: string;
  readonly options?: readonly string[];
  readonly optional?: true;
}

/** What the fuzzer reads of a state: what is held, line by line, by the whole and by its parts. */
export interface FuzzableState extends FuzzableThing {
  readonly parties: Readonly<Record<string, string>>;
  readonly parts?: Readonly<Record<string, Readonly<Record<string, FuzzablePart>> | undefined>>;
}

/** What the fuzzer reads of the whole or of a part. */
export interface FuzzableThing {
  readonly status: string;
  readonly dueAt?: Instant;
  readonly amount?: Money;
  readonly lines: Readonly<Record<string, { readonly frozen: Money; readonly rest: Money; readonly place: string }>>;
  readonly left: Readonly<Record<string, Readonly<Record<string, Money>>>>;
  readonly cut?: Readonly<Record<string, Money>>;
  readonly reclaimed?: Readonly<Record<string, Readonly<Record<string, Money>>>>;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What the fuzzer reads of a part. */
export interface FuzzablePart extends FuzzableThing {
  readonly isDebt?: true;
  readonly cutFrom?: { readonly part: string; readonly id: string };
}

/** Gives one or several as a list. */
export function listOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}
