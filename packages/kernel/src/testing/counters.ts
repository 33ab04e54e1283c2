import { err, ok } from 'neverthrow';
import type { Decider, DomainEvent } from '../decider.ts';
import { type FreeText, freeText, type TextReference } from '../free-text.ts';
import type { Instant } from '../instant.ts';
import type { Refusal } from '../refusals.ts';
import { show } from '../refusals.ts';

interface Counted extends DomainEvent<'Counted'> {
  readonly by: number;
  readonly holds: readonly string[];
  readonly dueAt: Instant | null;
  readonly note: FreeText | TextReference | null;
}

interface Counter {
  readonly count: number;
  readonly holds: readonly string[];
  readonly dueAt: Instant | null;
  readonly note: TextReference | null;
}

/** What the test decider of counters takes: adds `by`; holds exactly the claims named; is due at an instant; keeps a note. */
export interface CounterCommands {
  readonly [type: string]: { readonly command: object; readonly refusal: Refusal };
  readonly Count: {
    readonly command: {
      readonly by: number;
      readonly holds?: readonly string[];
      readonly dueAt?: Instant;
      readonly note?: string;
    };
    readonly refusal: Refusal<'too_much'>;
  };
}

/** A decider for tests of kernels and stores: a counter up to 1,000,000 that can hold claims, fall due and keep a free text. */
export const counters: Decider<CounterCommands, Counter, Counted> & { readonly keeps: 'record' } = {
  kind: 'counter',
  keeps: 'record',
  parse(command) {
    const { type, by } = command as { type: string; by: unknown };
    if (type === 'Count' && Number.isSafeInteger(by)) return ok(command as never);
    return err({ code: 'shape_invalid', field: 'by', given: show(by), allowed: 'a whole number' });
  },
  needs: () => ({}),
  decide(seen, command, { id }) {
    const { by, holds, dueAt, note } = command as unknown as CounterCommands['Count']['command'];
    const before = (seen.record(id) as Counter | undefined)?.count ?? 0;
    if (before + by > 1_000_000) return err({ code: 'too_much' });
    return ok([
      {
        type: 'Counted',
        by,
        holds: holds ?? [],
        dueAt: dueAt ?? null,
        note: note === undefined ? null : freeText(note),
      },
    ]);
  },
  evolve: (state, { by, holds, dueAt, note }) => ({
    count: (state?.count ?? 0) + by,
    holds,
    dueAt,
    note: note as TextReference | null,
  }),
  transfers: () => [],
  standing: ({ count, holds, dueAt }) => ({
    status: count < 0 ? 'negative' : 'positive',
    claims: holds,
    deadlines: dueAt === null ? [] : [{ name: 'due', dueAt, command: { type: 'Count', by: 1 } as never }],
    touches: [],
  }),
  codec: {
    encodeState: (state) => state as never,
    decodeState: (json) => json as never,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as never }),
    decodeEvent: ({ data }) => ({ type: 'Counted', ...(data as object) }) as never,
  },
};
