import type { Money } from '@holdfast/money';
import { err, ok } from 'neverthrow';
import type { AccountChange } from '../src/account.ts';
import type { Decider, DomainEvent } from '../src/decider.ts';
import { type EvaluateContext, evaluate, type Outcome } from '../src/evaluate/evaluate.ts';
import { genesis } from '../src/head.ts';
import { advance, type Knowledge, learn, newKnowledge } from '../src/known.ts';
import { type Ask, type Asked, makeRequest, type Request } from '../src/request.ts';
import type { Changes } from '../src/store.ts';
import { openChart, plainTransfers } from '../src/testing/index.ts';
import type { Transfer } from '../src/transfer.ts';

export const at = '2026-03-07T10:00:00.000Z';
export const ann = { id: 'ann', role: 'customer' };

/** What the tests' own decider takes: everything that a unit can be refused for, on demand. */
export interface Probed {
  readonly refuse?: string;
  readonly wait?: string;
  readonly throws?: boolean;
  readonly status?: string;
  readonly holds?: readonly string[];
  readonly dueAt?: string;
  readonly flags?: readonly AccountChange[];
  readonly transfers?: readonly Transfer[];
  readonly detail?: unknown;
  readonly effectiveAt?: string;
}

/** A decider that does and refuses what its command says. */
export const probe: Decider<Record<string, never>, Probed, DomainEvent & Probed> & { readonly keeps: 'record' } = {
  kind: 'probe',
  keeps: 'record',
  parse: (command) =>
    (command as { type: string }).type === 'Probe'
      ? ok(command as never)
      : err({ code: 'shape_invalid', field: 'type', given: '', allowed: 'Probe' }),
  needs: () => ({}),
  decide(_seen, command) {
    const { refuse, throws, detail, type: _, ...probed } = command as Probed & { type: string };
    if (throws) throw new TypeError('a decider that throws');
    if (refuse !== undefined) return err({ code: refuse, ...(detail === undefined ? {} : { detail }) });
    return ok([{ type: 'Probed', ...probed }]);
  },
  evolve: (_state, { type: _, ...probed }) => probed,
  transfers: ({ transfers }) => transfers ?? [],
  accounts: ({ flags }) => flags ?? [],
  effectiveAt: ({ effectiveAt }) => effectiveAt,
  standing: ({ status, holds, dueAt }) => ({
    status: status ?? 'open',
    claims: holds ?? [],
    deadlines: dueAt === undefined ? [] : [{ name: 'due', dueAt, command: { type: 'Probe' } }],
    touches: [],
  }),
  codec: {
    encodeState: ({ status, holds, dueAt }) => ({ status, holds, dueAt }) as never,
    decodeState: (json) => json as never,
    encodeEvent: ({ status, holds, dueAt }) => ({
      type: 'Probed',
      version: 1,
      data: { status, holds, dueAt } as never,
    }),
    decodeEvent: ({ data }) => ({ type: 'Probed', ...(data as object) }),
  },
};

/** Asks the probe. */
export function probing(id: string, command: Probed = {}): Ask {
  return { decider: probe, id, command: { type: 'Probe', ...command } };
}

/** Asks for transfers, each as from, to, amount. */
export function moving(...moves: readonly (readonly [from: string, to: string, amount: Money])[]): Ask {
  return { decider: plainTransfers, id: '', command: { type: 'Move', transfers: transfersOf(moves) } };
}

/** Makes transfers of from, to, amount. */
export function transfersOf(moves: readonly (readonly [from: string, to: string, amount: Money])[]): Transfer[] {
  return moves.map(([from, to, amount]) => ({ from, to, amount, kind: 'move' }));
}

/** Makes a request under a key. */
export function asking(
  key: string,
  asks: Ask | readonly Ask[],
  more: Partial<Asked> & { readonly at?: string } = {},
): Request {
  const list = Array.isArray(asks) ? (asks as readonly Ask[]) : [asks as Ask];
  return makeRequest(list, { actor: ann, key, ...more }, more.at ?? at)._unsafeUnwrap();
}

/** Salts that are a function of the unit, so that two runs write the same bytes. */
export const plainContext: EvaluateContext = { chart: openChart, salt: (key, index) => `${key}:${index}` };

/** A book without a store: what was evaluated is known, and what is not is absent. */
export class Desk {
  readonly knowledge: Knowledge = newKnowledge(genesis);
  readonly batches: Changes[] = [];
  readonly #context: EvaluateContext;
  #units = new Map<string, Changes['units'][number]>();

  constructor(context: EvaluateContext = plainContext) {
    this.#context = context;
  }

  /** Evaluates a batch and goes on from what it changed. */
  run(...requests: readonly Request[]): readonly Outcome[] {
    for (;;) {
      for (const { key } of requests) this.knowledge.units.set(key, this.#units.get(key));
      const evaluation = evaluate(this.knowledge, requests, this.#context);
      if (evaluation.kind === 'missing') {
        const nothing = { units: new Map(), accounts: new Map(), records: new Map(), claims: new Map() };
        learn(this.knowledge, evaluation.needs, { head: this.knowledge.head, now: at, ...nothing });
        continue;
      }
      const { changes, accounts, outcomes } = evaluation;
      if (changes.units.length === 0) return outcomes;
      this.batches.push(changes);
      for (const unit of changes.units) this.#units.set(unit.key, unit);
      advance(this.knowledge, changes, accounts);
      return outcomes;
    }
  }

  /** The stored texts so far, in order. */
  get texts(): readonly string[] {
    return this.batches.flatMap(({ units }) => units.map(({ bytes }) => bytes));
  }

  /** What an account has, in minor units. */
  balance(key: string): bigint {
    return this.knowledge.accounts.get(key)?.balance ?? 0n;
  }
}

/** Says how a request ended, in one word: its kind, or the code of its refusal. */
export function ended(outcome: Outcome | undefined): string {
  if (outcome?.kind === 'defect')
    return `defect: ${outcome.error instanceof Error ? outcome.error.message : outcome.error}`;
  return outcome?.kind === 'refused' ? outcome.refusal.code : `${outcome?.kind}`;
}
