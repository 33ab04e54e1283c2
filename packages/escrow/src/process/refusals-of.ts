import type { Machine, Transition } from './machine.ts';

/** Why a command may be refused, for docs and for tables of a host. */
export interface RefusalDescription {
  readonly code: string;
  /** When it is answered, as the end of a sentence. */
  readonly says: string;
  /** Whether the same command may work later, without anything else being mended by the caller. */
  readonly retryHelps: boolean;
}

/**
 * Lists why a command may be refused, in the order in which it is checked; `shape_invalid` and what any unit may be refused for stand
 * around them and are the kernel's.
 */
export function refusalsOf(machine: Machine, transition: Transition): readonly RefusalDescription[] {
  const { begins, by, from, within, guards } = transition;
  const fired = from.map((name) => machine.states.get(name)?.fire ?? []).filter((fire) => fire.length > 0);
  const mayBeLate = fired.some((fire) => !fire.includes(transition.name));
  const funds = transition.funds !== undefined;
  const isPartial = transition.settles.some(({ amount }) => amount !== 'rest');
  const list: (RefusalDescription | false)[] = [
    begins
      ? no('already_started', 'there is one of this id already')
      : no('not_found', 'there is none of this id', true),
    no('actor_not_allowed', `the actor is not ${by.join(' or ')}`),
    !begins && no('wrong_status', `the ${machine.kind} is not ${from.join(' or ')}`, mayComeToStandIn(machine, from)),
    fired.length > 0 && by.includes('clock') && no('not_due', 'the clock came before the deadline', true),
    mayBeLate && by.some((who) => who !== 'clock') && no('overdue', 'the deadline of the status has passed'),
    within !== undefined && no('too_late', `more than ${within.ms / 3_600_000} hours have passed in the status`),
    ...guards.map(({ code, says }) => no(code, says)),
    (funds || isPartial || transition.passes.length > 0) &&
      no('amount_not_positive', 'an amount is not more than zero'),
    (funds || isPartial) &&
      no('currency_mismatch', 'an amount is in another currency than what is held, or than the fees'),
    isPartial && no('exceeds_held', 'the amount is more than what is held'),
    funds && no('fee_exceeds_amount', 'the fees take more than the amount'),
  ];
  return list.filter((entry) => entry !== false);
}

/** Says whether a process that stands elsewhere can still come to stand in one of these states. */
function mayComeToStandIn({ transitions }: Machine, states: readonly string[]): boolean {
  return [...transitions.values()].some(
    ({ from, to }) => to !== undefined && states.includes(to) && from.some((state) => !states.includes(state)),
  );
}

function no(code: string, says: string, retryHelps = false): RefusalDescription {
  return { code, says, retryHelps };
}
