import type { Chart } from '../account.ts';
import type { Actor } from '../actor.ts';
import type { Command } from '../decider.ts';
import type { Head } from '../head.ts';
import type { Instant } from '../instant.ts';
import type { Known } from '../known.ts';
import type { Refusal } from '../refusals.ts';
import type { Request } from '../request.ts';
import type { AccountSeen, Changes, Needs, StoredUnit } from '../store.ts';
import type { Unit } from '../unit.ts';
import { Batch } from './batch.ts';
import { checkClaims } from './check-claims.ts';
import { checkFloors } from './check-floors.ts';
import { answerKnownKey } from './check-key.ts';
import { decideAsk, nameNeedsOfRest } from './decide-ask.ts';
import type { Draft } from './draft.ts';
import { UNKNOWN } from './ground.ts';

/** What a round brings besides the requests: all pure. */
export interface EvaluateContext {
  readonly chart: Chart;
  /** The host's rule of who may ask for what; everybody, where it is absent. */
  readonly authorise?: (
    actor: Actor,
    about: { readonly kind: string; readonly id: string; readonly command: Command },
  ) => boolean;
  /** Gives the salt of a unit's n-th free text. */
  readonly salt: (key: string, index: number) => string;
}

/** An account that a unit touched, after it. */
export interface BalanceAfter extends AccountSeen {
  /** The account's key. */
  readonly key: string;
}

/** What became of one request. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly stored: StoredUnit;
      readonly at: Instant;
      readonly balances: readonly BalanceAfter[];
    }
  | { readonly kind: 'replayed'; readonly stored: StoredUnit; readonly unit: Unit }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'defect'; readonly error: unknown };

/** What a round comes to: one outcome for each request and all that it changes; or what has to be loaded first. */
export type Evaluation =
  | {
      readonly kind: 'evaluated';
      readonly outcomes: readonly Outcome[];
      readonly changes: Changes;
      /** Every account that the units touched, after them. */
      readonly accounts: ReadonlyMap<string, AccountSeen>;
    }
  | { readonly kind: 'missing'; readonly needs: Needs };

/**
 * Decides a batch of requests, each on the effects of those before it. The only place that decides, for every store.
 *
 * Pure: the same knowledge and the same requests give the same bytes. A refused request changes nothing and does not disturb its neighbours.
 * The checks of a unit, in this order, the first that fails being the answer: key; shape; existence, authority and state (the decider's own);
 * claims; accounts (unknown, closed, frozen, limits); closed periods; floors, which bind the balance after the whole unit.
 *
 * @param known - What was loaded, of one moment.
 * @param requests - In the order in which they came.
 * @returns The outcomes in the order of the requests with the changes to append, or the names that are not loaded yet.
 * @source docs/rules/kernel.md, K-1
 */
export function evaluate(known: Known, requests: readonly Request[], context: EvaluateContext): Evaluation {
  const batch = new Batch(known);
  const outcomes: Outcome[] = [];
  for (const request of requests) {
    const outcome = evaluateOne(batch, request, context);
    if (outcome) outcomes.push(outcome);
  }
  if (outcomes.length < requests.length) return { kind: 'missing', needs: batch.ground.missing.collected() };
  return { kind: 'evaluated', outcomes, changes: batch.changes(), accounts: batch.ground.accounts };
}

/** Gives the head that a fence makes: a batch without units, after which no append that was sent before can succeed. */
export function fenceAfter(head: Head): Changes {
  return {
    head: { ...head, number: head.number + 1 },
    units: [],
    lines: [],
    accounts: [],
    records: [],
    claims: [],
    tasks: [],
    texts: [],
  };
}

/** Decides one request; gives nothing where something is not loaded. */
function evaluateOne(batch: Batch, request: Request, context: EvaluateContext): Outcome | undefined {
  const stored = batch.ground.unit(request.key);
  if (stored === UNKNOWN) return undefined;
  const draft = batch.draft(request.at);
  try {
    if (stored) return answerKnownKey(request, stored);
    return drafted(batch, draft, request, context);
  } catch (error) {
    // What was decided on half of what it needs means nothing yet.
    if (draft.incomplete) return undefined;
    return { kind: 'defect', error };
  }
}

function drafted(batch: Batch, draft: Draft, request: Request, context: EvaluateContext): Outcome | undefined {
  draft.fact = request.asks.every(isFact);
  for (const [index, ask] of request.asks.entries()) {
    const refusal = decideAsk(draft, ask, request, context);
    if (draft.incomplete) {
      nameNeedsOfRest(draft, request, request.asks.slice(index + 1));
      return undefined;
    }
    if (refusal) return refuse(batch, request, refusal);
  }
  const claims = checkClaims(draft);
  if (!claims) return undefined;
  if ('code' in claims) return refuse(batch, request, claims);
  const refusal = draft.accountRefusal ?? draft.periodRefusal ?? checkFloors(draft);
  if (refusal) return refuse(batch, request, refusal);
  // Nothing below refuses.
  return batch.commit(draft, { request, claims });
}

function isFact({ decider, parsed }: Request['asks'][number]): boolean {
  return decider.facts !== undefined && parsed.isOk() && decider.facts.includes(parsed.value.type);
}

function refuse(batch: Batch, request: Request, refusal: Refusal): Outcome {
  if (request.keepRefusal) batch.commit(batch.draft(request.at), { request, claims: new Map(), refusal });
  return { kind: 'refused', refusal };
}
