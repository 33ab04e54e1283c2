import { type Actor, addDuration, type Instant } from '@holdfast/kernel';
import type { ActorNotAllowed, AlreadyStarted, NotDue, NotFound, Overdue, TooLate, WrongStatus } from '../refusals.ts';
import type { Machine, Transition } from './machine.ts';
import type { Thing } from './thing.ts';

/** Why a command is refused before its guards and its money are looked at. */
export type PermitRefusal = NotFound | AlreadyStarted | ActorNotAllowed | WrongStatus | NotDue | Overdue | TooLate;

/** Who asks, and when. */
export interface Asking {
  readonly at: Instant;
  readonly actor: Actor;
}

/**
 * Says whether a command may be asked at all: existence, authority, state, time.
 *
 * @param parties - The ids that a beginning command names; of a thing that exists its own count.
 *
 * @errors
 * - `already_started`, `not_found`: the command begins what exists, or needs what does not.
 * - `actor_not_allowed`: neither the party nor in the role.
 * - `wrong_status`: it does not start here.
 * - `not_due`: the clock came early. `overdue`: the deadline has passed, so only what it fires can still happen.
 * - `too_late`: the window within the state has closed.
 *
 * @source docs/rules/escrow.md, E-3 to E-6
 */
export function permit(
  machine: Machine,
  transition: Transition,
  thing: Thing | undefined,
  { at, actor }: Asking,
  parties: Readonly<Record<string, string>> | undefined,
): PermitRefusal | undefined {
  if (transition.begins && thing) return { code: 'already_started' };
  if (!transition.begins && !thing) return { code: 'not_found' };
  if (!isAllowed(machine, transition, actor, thing?.parties ?? parties)) {
    return { code: 'actor_not_allowed', allowed: transition.by };
  }
  if (!thing) return undefined;
  if (!transition.from.includes(thing.status)) {
    return { code: 'wrong_status', status: thing.status, allowed: transition.from };
  }
  return checkDeadline(machine, transition, thing, { at, actor }) ?? checkWindow(transition, thing, at);
}

/** Without parties, as before a process begins, anybody may become one. */
function isAllowed(
  machine: Machine,
  transition: Transition,
  actor: Actor,
  parties: Readonly<Record<string, string>> | undefined,
): boolean {
  return transition.by.some((who) =>
    machine.parties.includes(who) ? parties === undefined || parties[who] === actor.id : actor.role === who,
  );
}

function checkDeadline(
  machine: Machine,
  transition: Transition,
  thing: Thing,
  { at, actor }: Asking,
): NotDue | Overdue | undefined {
  const { dueAt } = thing;
  if (dueAt === undefined) return undefined;
  const isDue = at >= dueAt;
  if (actor.role === 'clock') return isDue ? undefined : { code: 'not_due', dueAt };
  const fires = machine.states.get(thing.status)?.fire.includes(transition.name) ?? false;
  return isDue && !fires ? { code: 'overdue', dueAt } : undefined;
}

function checkWindow(transition: Transition, thing: Thing, at: Instant): TooLate | undefined {
  if (!transition.within) return undefined;
  const closedAt = addDuration(thing.since, transition.within);
  return at >= closedAt ? { code: 'too_late', closedAt } : undefined;
}
