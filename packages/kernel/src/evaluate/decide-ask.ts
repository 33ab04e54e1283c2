import { hash } from 'node:crypto';
import { recordKey } from '../account.ts';
import { canonical, readCanonical } from '../canonical.ts';
import type { Command, Context, DomainEvent } from '../decider.ts';
import { Defect } from '../faults.ts';
import type { Json } from '../json.ts';
import { bookAfter, bookKeeping, type KeepingEvent } from '../keeping/decider.ts';
import type { NotAuthorised, Refusal } from '../refusals.ts';
import type { ParsedAsk, Request } from '../request.ts';
import { changeAccount } from './change-account.ts';
import { dateEntry } from './date-entry.ts';
import type { Draft } from './draft.ts';
import { DraftSeen } from './draft-seen.ts';
import type { EvaluateContext } from './evaluate.ts';
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
  context: EvaluateContext,
): Refusal | undefined {
  if (ask.parsed.isErr()) return ask.parsed.error;
  const command = ask.parsed.value;
  const refusedActor = draft.fact ? undefined : checkAuthority(request, ask, command, context);
  if (refusedActor) return refusedActor;
  const about: Context = { id: ask.id, at: draft.at, actor: request.actor };
  const seen = new DraftSeen(draft, ask.decider);
  const decided = ask.decider.decide(seen, command, about);
  if (draft.incomplete) return nameNeeds(draft, ask, command, about, seen);
  if (decided.isErr()) return decided.error;
  for (const event of decided.value as readonly DomainEvent[]) {
    draftEvent(draft, ask, event, request, context);
  }
  return draft.incomplete ? nameNeeds(draft, ask, command, about, seen) : undefined;
}

/**
 * Something was not loaded for an ask before these: has their deciders name what they need as well, with what is there, so that a unit of many asks is not
 * loaded one by one.
 */
export function nameNeedsOfRest(draft: Draft, request: Request, rest: readonly ParsedAsk[]): void {
  for (const ask of rest) {
    if (ask.parsed.isErr()) return;
    const about: Context = { id: ask.id, at: draft.at, actor: request.actor };
    try {
      nameNeeds(draft, ask, ask.parsed.value, about, new DraftSeen(draft, ask.decider));
    } catch {
      // What is seen may be half of what is needed: it is asked again once that is there.
      return;
    }
  }
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

/** Something was not loaded: has the decider name all that it needs, with what is there, so that one more load is enough. */
function nameNeeds(
  { ground }: Draft,
  { decider }: ParsedAsk,
  command: Command,
  about: Context,
  seen: DraftSeen,
): undefined {
  const needs = decider.needs(command, about, seen);
  for (const key of needs.records ?? []) ground.record(key);
  for (const key of needs.claims ?? []) ground.claim(key);
  for (const key of needs.accounts ?? []) ground.account(key);
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
  if (decider === bookKeeping) draft.book = bookAfter(draft.standing(), stored as KeepingEvent);
  if (decider.accounts) for (const change of decider.accounts(event)) changeAccount(draft, change, context.chart);
  const transfers = decider.transfers(event);
  moveMoney(draft, transfers, context.chart);
  if (decider.effectiveAt && transfers.length > 0) dateEntry(draft, decider.effectiveAt(event));
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
