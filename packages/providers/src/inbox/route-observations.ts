import type { Actor, Fault, ReadTrouble, Refusal } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Observation } from '../port/observation.ts';
import type { RoutingEnd } from './commands.ts';
import { type Found, findTarget } from './find-target.ts';
import type { InboxOptions } from './options.ts';

/** Observations with what makes their keys. */
export interface Routable {
  readonly observations: readonly Observation[];
  /** Begins the key of each: the event, or the look-up and what it saw. */
  readonly keyOf: (observation: Observation, index: number) => string;
  /** Whether they are the provider's own word of now, rather than of some time before. */
  readonly fresh: boolean;
}

/**
 * Applies observations, each in its book under its own key, so that a second pass applies nothing twice.
 *
 * A webhook that tells of a return, of a status that we do not know, or of the opposite of what a book has for settled is not applied: the provider is
 * asked instead. What can be applied is applied, even where something beside it cannot.
 *
 * @returns How the pass ended; a fault where a store or a provider could not be reached: then nothing is reported, and the next pass tries again.
 * @source docs/rules/providers.md, IN-4, IN-5, IN-7
 */
export async function routeObservations(
  options: InboxOptions,
  actor: Actor,
  { observations, keyOf, fresh }: Routable,
): Promise<Result<RoutingEnd, Fault | ReadTrouble>> {
  const objects = objectsOf(observations);
  const foreign = observations.find((one) => !isOurs(options, one));
  if (foreign) return ok({ kind: 'poison', why: whyForeign(options, foreign), objects });
  const books = new Set<string>();
  let waits: RoutingEnd | undefined;
  for (const [index, observation] of observations.entries()) {
    const found = await findTarget(options.targets, observation);
    if (found.isErr()) return err(found.error);
    if (!found.value) {
      waits ??= { kind: 'unmatched', why: whyUnmatched(observation), objects };
      continue;
    }
    const doubt = fresh ? undefined : whyLookUp(observation, found.value);
    if (doubt !== undefined) {
      // Asking the provider answers for the whole delivery, so it goes before waiting for a book.
      waits = { kind: 'look_up', why: doubt, objects };
      continue;
    }
    const applied = await apply(found.value, observation, { actor, key: keyOf(observation, index) });
    if (applied.isErr()) return err(applied.error);
    if (applied.value === undefined) books.add(found.value.target.book.name);
    // It was applied once, as it was read then; what it should have been is for the provider to say.
    else if (applied.value === 'refused: key_conflict' && !fresh)
      waits = { kind: 'look_up', why: 'read_otherwise', objects };
    else if (found.value.knows === 'unknown') waits ??= { kind: 'unmatched', why: applied.value, objects };
    else return ok({ kind: 'poison', why: applied.value, objects });
  }
  return ok(waits ?? { kind: 'applied', books: [...books].sort(), objects });
}

/** Why an observation is looked up before anybody believes it; nothing where it may be applied. */
export function whyLookUp(observation: Observation, { knows }: Found): string | undefined {
  if (knows === 'contradicts') return 'contradiction';
  if (observation.returns.length > 0) return 'reversal';
  return observation.status === 'unrecognised' ? 'unrecognised_status' : undefined;
}

/** Says whether an observation is of the account and mode that this inbox takes in. */
export function isOurs({ provider, account, mode }: InboxOptions, observation: Observation): boolean {
  return observation.provider === provider && observation.account === account && observation.mode === mode;
}

/** Lists the objects of observations, each once. */
export function objectsOf(observations: readonly Observation[]): readonly string[] {
  return [...new Set(observations.map(({ object }) => object))].filter((object) => NAME.test(object));
}

function whyForeign(options: InboxOptions, observation: Observation): string {
  if (observation.mode !== options.mode) return 'mode_mismatch';
  return observation.provider === options.provider ? 'account_mismatch' : 'provider_mismatch';
}

function whyUnmatched({ metadata }: Observation): string {
  return Object.hasOwn(metadata, 'book') ? 'book_unknown' : 'object_unknown';
}

/** Gives why it was not applied, or nothing where it was. A refusal of a fact and a defect are for somebody to look at. */
async function apply(
  { target }: Found,
  observation: Observation,
  asked: { readonly actor: Actor; readonly key: string },
): Promise<Result<string | undefined, Fault | ReadTrouble>> {
  try {
    const asks = await target.asks(observation);
    if (asks.isErr()) return err(asks.error);
    const answer = await target.book.together(asks.value, asked);
    if (answer.isOk()) {
      hint(() => target.applied?.(observation, answer.value));
      return ok(undefined);
    }
    const trouble: Refusal | Fault = answer.error;
    return 'fault' in trouble ? err(trouble) : ok(`refused: ${trouble.code}`);
  } catch (error) {
    return ok(whyThrown(error));
  }
}

/** Tells what nobody has to hear: what throws concerns nothing that was applied. */
export function hint(tell: () => void): void {
  try {
    tell();
  } catch {
    // A hint that nobody took.
  }
}

/** Says in one line what was thrown. */
export function whyThrown(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `defect: ${message.toWellFormed().replaceAll('\0', '')}`.slice(0, 300);
}

const NAME = /^[!-~]{1,255}$/;
