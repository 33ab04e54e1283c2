import type { Actor, Instant } from '@holdfast/kernel';
import { addDuration } from '@holdfast/kernel';
import type {
  ActorNotAllowed,
  AlreadyStarted,
  Blocked,
  NotDue,
  NotFound,
  NotWhile,
  Overdue,
  PartAlreadyExists,
  PartNotFound,
  TooLate,
  WrongStatus,
} from '../refusals.ts';
import { barredBy, isLeft } from './barred.ts';
import type { Machine } from './machine.ts';
import type { Scene } from './scene.ts';
import type { Thing } from './thing.ts';

/** Why a command is refused before its guards and its money are looked at. */
export type PermitRefusal =
  | NotFound
  | AlreadyStarted
  | PartNotFound
  | PartAlreadyExists
  | ActorNotAllowed
  | WrongStatus
  | NotWhile
  | Blocked
  | NotDue
  | Overdue
  | TooLate;

/** Who asks, and when. */
export interface Asking {
  readonly at: Instant;
  readonly actor: Actor;
}

/**
 * Says whether a command may be asked at all: existence, authority, state, time.
 *
 * @param parties - The ids that a beginning command names; of a process that exists its own count.
 *
 * @errors
 * - `already_started`, `not_found`: the command begins what exists, or needs what does not.
 * - `part_already_exists`, `part_not_found`: the same of a part, or of the part that it is cut from.
 * - `actor_not_allowed`: neither the party nor in the role.
 * - `wrong_status`: it does not start here.
 * - `not_while`: the whole, or what the part is cut from, stands elsewhere.
 * - `blocked`: a part stands in the way.
 * - `not_due`: the clock came early. `overdue`: the deadline has passed, so only what it fires can still happen.
 * - `too_late`: the window within the state has closed.
 *
 * @source docs/rules/escrow.md, E-3 to E-6
 */
export function permit(
  scene: Scene,
  asking: Asking,
  parties: Readonly<Record<string, string>> | undefined,
): PermitRefusal | undefined {
  return (
    checkExistence(scene) ??
    checkActor(scene, asking.actor, scene.whole?.parties ?? parties) ??
    checkStatus(scene) ??
    checkOthers(scene) ??
    checkDeadlines(scene, asking) ??
    checkWindow(scene, asking.at)
  );
}

function checkExistence({ machine, transition, whole, about, thing, source }: Scene): PermitRefusal | undefined {
  if (!about) {
    if (transition.begins && thing) return { code: 'already_started' };
    return !transition.begins && !thing ? { code: 'not_found' } : undefined;
  }
  if (!whole) return { code: 'not_found' };
  if (transition.begins && thing) return { code: 'part_already_exists', part: machine.kind, id: about.id };
  if (!transition.begins && !thing) return { code: 'part_not_found', part: machine.kind, id: about.id };
  return source?.name && !source.thing
    ? { code: 'part_not_found', part: source.name.part, id: source.name.id }
    : undefined;
}

/** Without parties, as before a process begins, anybody may become one. */
function checkActor(
  { machine, transition }: Scene,
  actor: Actor,
  parties: Readonly<Record<string, string>> | undefined,
): ActorNotAllowed | undefined {
  const isAllowed = transition.by.some((who) =>
    machine.parties.includes(who) ? parties === undefined || parties[who] === actor.id : actor.role === who,
  );
  return isAllowed ? undefined : { code: 'actor_not_allowed', allowed: transition.by };
}

function checkStatus({ transition, thing }: Scene): WrongStatus | undefined {
  if (transition.begins || !thing || transition.from.includes(thing.status)) return undefined;
  return { code: 'wrong_status', status: thing.status, allowed: transition.from };
}

/** How others have to stand: the whole or the source, and the parts that may be in the way. */
function checkOthers(scene: Scene): NotWhile | Blocked | undefined {
  const { transition, whole } = scene;
  if (!whole || (transition.while.length === 0 && transition.unless.length === 0)) return undefined;
  for (const { machine, thing } of anchorsOf(scene)) {
    const allowed = transition.while.filter(({ kind }) => kind === machine.kind).map(({ status }) => status);
    if (!allowed.includes(thing.status)) {
      return { code: 'not_while', of: machine.kind, status: thing.status, allowed };
    }
  }
  const bar = barredBy(transition, whole, scene.about);
  return bar && { code: 'blocked', by: `${bar.name.part}.${bar.part.status}`, id: bar.name.id };
}

/** What is due counts as left, whether or not the clock has come by: the thing itself, and what has to stand while it happens. */
function checkDeadlines(scene: Scene, { at, actor }: Asking): NotDue | Overdue | undefined {
  const { machine, transition, thing, about, whole } = scene;
  if (!whole) return undefined;
  const dueAt = thing?.dueAt;
  if (actor.role === 'clock') return dueAt !== undefined && at < dueAt ? { code: 'not_due', dueAt } : undefined;
  const fires = thing && machine.states.get(thing.status)?.fire.includes(transition.name);
  if (thing && !fires && isLeft({ machine, thing, about, whole }, at)) {
    return { code: 'overdue', dueAt: dueAt as Instant };
  }
  const anchor = anchorsOf(scene).find((one) => isLeft({ ...one, whole }, at));
  return anchor && { code: 'overdue', dueAt: anchor.thing.dueAt as Instant };
}

function checkWindow(scene: Scene, at: Instant): TooLate | undefined {
  const { within } = scene.transition;
  if (!within) return undefined;
  const counted = scene.transition.begins ? anchorsOf(scene)[0]?.thing : scene.thing;
  if (!counted) return undefined;
  const closedAt = addDuration(counted.since, within);
  return at >= closedAt ? { code: 'too_late', closedAt } : undefined;
}

interface Anchor {
  readonly machine: Machine;
  readonly thing: Thing;
  readonly about: Scene['about'];
}

/** The things that `while` is about, as they stand: what the part is cut from first, then the whole. */
function anchorsOf({ process, transition, whole, source }: Scene): readonly Anchor[] {
  if (transition.while.length === 0) return NO_ANCHORS;
  const anchors: Anchor[] = [];
  const isNamed = (kind: string): boolean => transition.while.some((one) => one.kind === kind);
  if (source?.thing && source.name && isNamed(source.machine.kind)) {
    anchors.push({ machine: source.machine, thing: source.thing, about: source.name });
  }
  if (whole && isNamed(process.kind)) anchors.push({ machine: process, thing: whole, about: undefined });
  return anchors;
}

const NO_ANCHORS: readonly Anchor[] = [];
