import { inspect, isDeepStrictEqual } from 'node:util';
import {
  type AccountState,
  type Actor,
  accountKey,
  type BookSeen,
  type Context,
  type Decider,
  genesis,
  type Instant,
  type RecordKeeper,
  recordKey,
  type Seen,
} from '@holdfast/kernel';

/** What a decision may look at, in a test of a decider. */
export interface GivenSeen<Event> {
  /** What happened to the record so far. */
  readonly events?: readonly Event[];
  /** In minor units, by `name CODE`. */
  readonly balances?: { readonly [account: string]: bigint };
  readonly accounts?: { readonly [account: string]: AccountState };
  /** Decoded states of records of other kinds, by `kind/id`. */
  readonly records?: { readonly [record: string]: unknown };
  /** Holders, as `kind/id`, by claim. */
  readonly claims?: { readonly [claim: string]: string };
  /** How the book itself stands; as a new one where it is absent. */
  readonly book?: Partial<BookSeen>;
}

/** Who asks for a command and when, in a test of a decider. */
export interface GivenContext {
  /** `1` where it is absent. */
  readonly id?: string;
  readonly at?: Instant;
  readonly actor?: Actor;
}

/** What a test then says of a decision. Each throws where it does not hold. */
export interface Then<Event> {
  /** Exactly these events happen. */
  thenHappens(...events: readonly Event[]): void;
  /** The command is refused with this code; `details` must be in the refusal. */
  thenRefuses(code: string, details?: object): void;
  /** Nothing happens, and nothing is refused. */
  thenNothing(): void;
}

/**
 * Begins a test of a decider: given what happened and what can be seen, when a command comes, then this happens. Needs no store.
 *
 * @param decider - Pure, so the test is, too.
 */
export function givenDecider<State, Event extends { readonly type: string }>(
  // biome-ignore lint/suspicious/noExplicitAny: takes deciders of every command map
  decider: Decider<any, State, Event>,
  given: GivenSeen<Event> = {},
): { /** Asks for the command. */ when(command: unknown, context?: GivenContext): Then<Event> } {
  return {
    when(command, { id = '1', at = '2026-01-01T00:00:00.000Z', actor = { id: 'somebody', role: 'customer' } } = {}) {
      const context: Context = { id, at, actor };
      const outcome = decide(decider, given, command, context);
      return {
        thenHappens: (...events) => expectOutcome(outcome, { events }),
        thenNothing: () => expectOutcome(outcome, { events: [] }),
        thenRefuses(code, details = {}) {
          const refusal = 'refusal' in outcome ? outcome.refusal : undefined;
          const said = refusal && { ...refusal, ...details, code };
          if (!refusal || !isDeepStrictEqual(refusal, said)) throw unlike(outcome, { refusal: { code, ...details } });
        },
      };
    },
  };
}

type Outcome = { readonly events: readonly unknown[] } | { readonly refusal: object };

function decide<State, Event extends { readonly type: string }>(
  // biome-ignore lint/suspicious/noExplicitAny: takes deciders of every command map
  decider: Decider<any, State, Event>,
  given: GivenSeen<Event>,
  command: unknown,
  context: Context,
): Outcome {
  const parsed = decider.parse(command);
  if (parsed.isErr()) return { refusal: parsed.error };
  let state: State | undefined;
  for (const event of given.events ?? []) state = decider.evolve(state, event);
  const seen: Seen = {
    record: (id) => (id === context.id ? state : undefined),
    recordOf: <Other>({ kind }: RecordKeeper<Other>, other: string) =>
      given.records?.[recordKey(kind, other)] as Other | undefined,
    balance: (account, code) => given.balances?.[accountKey(account, code)] ?? 0n,
    account: (account, code) => given.accounts?.[accountKey(account, code)],
    claim: (name) => given.claims?.[name],
    book: () => ({ ...genesis, ...given.book }),
  };
  decider.needs(parsed.value, context, seen);
  const decided = decider.decide(seen, parsed.value, context);
  return decided.isErr() ? { refusal: decided.error } : { events: decided.value };
}

function expectOutcome(outcome: Outcome, expected: Outcome): void {
  if (!isDeepStrictEqual(outcome, expected)) throw unlike(outcome, expected);
}

function unlike(outcome: Outcome, expected: Outcome): Error {
  const shown = (value: unknown): string => inspect(value, { depth: 8, breakLength: 120 });
  return new Error(`expected ${shown(expected)}\ngot      ${shown(outcome)}`);
}
