import type { Actor, Decider, DomainEvent, Instant } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/** What the fuzzer asks of a declared process: its definition as data, so that no process has to be prepared for it. */
export interface FuzzableProcess
  // biome-ignore lint/suspicious/noExplicitAny: takes processes of every kind
  extends Decider<any, any, DomainEvent> {
  readonly definition: FuzzableDefinition;
  readonly lint: readonly string[];
  /** Tells what may be asked for in a state. */
  availableActions(
    state: unknown,
    asking: { readonly at: Instant; readonly actor: Actor },
  ): readonly { readonly type: string }[];
  /** Lists what a command may be refused for. */
  refusalsOf(command: string): readonly { readonly code: string }[];
}

/** The part of a definition that the fuzzer reads. */
export interface FuzzableDefinition {
  readonly kind: string;
  readonly parties: readonly string[];
  readonly staff?: readonly string[];
  readonly places: Readonly<Record<string, string | { readonly account: string }>>;
  readonly states: Readonly<Record<string, { readonly done?: true }>>;
  readonly transitions: Readonly<Record<string, FuzzableTransition>>;
}

/** The part of a transition that the fuzzer reads. */
export interface FuzzableTransition {
  readonly from?: string | readonly string[];
  readonly by: string | readonly string[];
  readonly funds?: string;
  readonly input?: Readonly<Record<string, FuzzableField>>;
}

/** A field of a command's input. */
export interface FuzzableField {
  readonly kind: string;
  readonly options?: readonly string[];
  readonly optional?: true;
}

/** What the fuzzer reads of a state: what is held, line by line. */
export interface FuzzableState {
  readonly status: string;
  readonly dueAt?: Instant;
  readonly parties: Readonly<Record<string, string>>;
  readonly amount?: Money;
  readonly lines: Readonly<Record<string, { readonly frozen: Money; readonly rest: Money; readonly place: string }>>;
  readonly left: Readonly<Record<string, Readonly<Record<string, Money>>>>;
}

/** Gives one or several as a list. */
export function listOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}
