/** Who asks: comes from the host's authentication, never from the body of a request. */
export interface Actor {
  /** The person, service or clock that acts. */
  readonly id: string;
  /** In which capacity: `customer`, `operator`, `clock` … */
  readonly role: string;
  /** Within what keys are unique; the actor's id where it is absent. A tenant's id, for instance. */
  readonly scope?: string;
}

/** The actor that deadlines act as. */
export const clockActor: Actor = { id: 'clock', role: 'clock' };

/** Gives the scope in which an actor's keys are unique. */
export function scopeOf(actor: Actor): string {
  return actor.scope ?? actor.id;
}
