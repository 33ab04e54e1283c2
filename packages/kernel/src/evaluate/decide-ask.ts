import { hash } from 'node:crypto';
import { recordKey } from '../account.ts';
import { canonical, readCanonical } from '../canonical.ts';
import type { Command, Context, DomainEvent } from '../decider.ts';
import { Defect } from '../faults.ts';
import type { Instant } from '../instant.ts';
import type { Json } from '../json.ts';
import type { NotAuthorised, Refusal } from '../refusals.ts';
import type { ParsedAsk, Request } from '../request.ts';
import type { Needs } from '../store.ts';
import { changeAccount } from './change-account.ts';
import type { Draft } from './draft.ts';
import { DraftSeen } from './draft-seen.ts';
import type { EvaluateContext } from './evaluate.ts';
import { UNKNOWN } from './ground.ts';
import { moveMoney } from './move-money.ts';

/**
 * Lets the decider decide one ask of a request, and drafts what follows: events, the new state, transfers, changes of accounts.
 *
 * @returns A refusal, or nothing where the draft goes on (look at `incomplete`).
 */
export function decideAsk(
  draft: Draft,
  ask: ParsedAsk,
  request: Request,
  at: Instant,
  context: EvaluateContext,
): Refusal | undefined {
  if (ask.parsed.isErr()) return ask.parsed.error;
  const command = ask.parsed.value;
  const refusedActor = checkAuthority(request, ask, command, context);
  if (refusedActor) return refusedActor;
  const about: Context = { id: ask.id, at, actor: request.actor };
  const seen = new DraftSeen(draft, ask.decider, ask.id);
  seen.named = loadNeeds(draft, ask, command, about, seen);
  if (draft.incomplete) return undefined;
  const decided = ask.decider.decide(seen, command, about);
  if (decided.isErr()) return decided.error;
  if (draft.incomplete) return undefined;
  for (const event of decided.value as readonly DomainEvent[]) {
    draftEvent(draft, ask, event, request, context);
  }
  return undefined;
}

function checkAuthority(
  request: Request,
  ask: ParsedAsk,
  command: Command,
  context: EvaluateContext,
): NotAuthorised | undefined {
  if (!context.authorise || context.authorise(request.actor, { kind: ask.decider.kind, id: ask.id, command }))
    return undefined;
  return { code: 'not_authorised', role: request.actor.role, command: command.type };
}

/** Asks the decider what it needs, with what is there. What is not loaded yet leaves the draft incomplete. */
function loadNeeds(draft: Draft, ask: ParsedAsk, command: Command, about: Context, seen: DraftSeen): Partial<Needs> {
  const { decider, id } = ask;
  if (decider.keeps === 'record' && draft.ground.record(recordKey(decider.kind, id)) === UNKNOWN)
    draft.incomplete = true;
  const needs = decider.needs(command, about, seen);
  for (const key of needs.records ?? []) if (draft.ground.record(key) === UNKNOWN) draft.incomplete = true;
  for (const key of needs.claims ?? []) if (draft.ground.claim(key) === UNKNOWN) draft.incomplete = true;
  for (const key of needs.accounts ?? []) if (draft.ground.account(key) === UNKNOWN) draft.incomplete = true;
  return needs;
}

function draftEvent(
  draft: Draft,
  { decider, id }: ParsedAsk,
  event: DomainEvent,
  request: Request,
  context: EvaluateContext,
): void {
  const encoded = decider.codec.encodeEvent(event);
  const texts = draft.texts.length;
  const data = writeWithTexts(draft, encoded.data, request, context);
  const record = decider.keeps === 'record' ? recordKey(decider.kind, id) : undefined;
  draft.events.push({ record, type: encoded.type, version: encoded.version, data });
  // A state is folded from what is stored, so a free text is in it only as its reference.
  const stored =
    draft.texts.length === texts ? event : decider.codec.decodeEvent({ ...encoded, data: readCanonical(data) as Json });
  if (record !== undefined) draft.evolve(decider, id, stored);
  for (const change of decider.accounts?.(event) ?? []) changeAccount(draft, change, context.chart);
  moveMoney(draft, decider.transfers(event), context.chart);
}

/** Gives the canonical text of an event's data; free texts go to the side table and leave their hash. */
function writeWithTexts(draft: Draft, data: unknown, request: Request, context: EvaluateContext): string {
  const text = canonical(data, (free) => {
    const salt = context.salt(request.key, draft.texts.length);
    const hashed = hash('sha256', `${salt}${free.value}`, 'hex');
    draft.keepText({ hash: hashed, salt, text: free.value, sequence: draft.sequence });
    return hashed;
  });
  if (typeof text !== 'string')
    throw new Defect(`an event holds ${text.given} at ${text.field}; allowed is ${text.allowed}`);
  return text;
}
