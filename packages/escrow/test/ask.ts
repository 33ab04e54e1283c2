import type { Actor, Decider, DomainEvent, Instant, Refusal, Seen } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';

/** A record as a test drives it: its id and how it stands. */
export interface Driven<State> {
  readonly id: string;
  readonly state: State | undefined;
}

/** Who asks, and when. */
export interface When {
  readonly actor: Actor;
  readonly at: Instant;
}

/** Asks a decider as the kernel would: parse, decide, evolve. */
export function ask<State, Event extends DomainEvent>(
  // biome-ignore lint/suspicious/noExplicitAny: a test asks any decider, whatever its commands are
  decider: Decider<any, State, Event>,
  { id, state }: Driven<State>,
  command: unknown,
  { actor, at }: When,
): Result<{ readonly state: State; readonly event: Event; readonly events: readonly Event[] }, Refusal> {
  const parsed = decider.parse(command);
  if (parsed.isErr()) return err(parsed.error);
  const decided = decider.decide(seenAs(state), parsed.value, { id, at, actor });
  if (decided.isErr()) return err(decided.error);
  let after = state;
  for (const event of decided.value) after = decider.evolve(after, event);
  return ok({ state: after as State, event: decided.value[0] as Event, events: decided.value });
}

function seenAs(state: unknown): Seen {
  const elsewhere = (): never => {
    throw new Error('a declared process looks at nothing but its own record');
  };
  return {
    record: () => state,
    recordOf: elsewhere,
    balance: elsewhere,
    account: elsewhere,
    claim: elsewhere,
    book: elsewhere,
  };
}
