import type { Command, Machine, StandsAs, WholeMachine } from './machine.ts';
import { machineOf } from './read-machine.ts';

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
export function refusalsOf(process: WholeMachine, command: Command): readonly RefusalDescription[] {
  const { machine, transition } = command;
  return [
    ...existence(process, command),
    no('actor_not_allowed', `the actor is not ${transition.by.join(' or ')}`),
    ...status(process, command),
    ...time(process, command),
    ...transition.guards.map(({ code, says }) => no(code, says)),
    ...money(machine, command),
  ];
}

type Listed = readonly RefusalDescription[];

function existence(process: WholeMachine, { machine, transition: { begins, cuts } }: Command): Listed {
  const { kind, partOf } = machine;
  if (partOf === undefined) {
    return begins
      ? [no('already_started', 'there is one of this id already')]
      : [no('not_found', 'there is none of this id', true)];
  }
  const source = cuts && cuts.kind !== process.kind ? cuts.kind : undefined;
  return some([
    no('not_found', `there is no ${partOf} of this id`, true),
    begins && no('part_already_exists', `there is a ${kind} of this id already`),
    begins && source !== undefined && no('part_not_found', `there is no ${source} of this id`, true),
    !begins && no('part_not_found', `there is no ${kind} of this id`, true),
  ]);
}

function status(process: WholeMachine, { machine, transition }: Command): Listed {
  const { begins, from, unless } = transition;
  return some([
    !begins && no('wrong_status', `the ${machine.kind} is not ${from.join(' or ')}`, mayComeToStandIn(machine, from)),
    ...groupedByKind(transition.while).map(([kind, states]) => {
      const says = `the ${kind} is not ${states.join(' or ')}`;
      return no('not_while', says, mayComeToStandIn(machineOf(process, kind) as Machine, states));
    }),
    unless.length > 0 &&
      no(
        'blocked',
        `there is a ${unless.map(({ kind, status }) => `${kind} that is ${status}`).join(', or a ')}`,
        true,
      ),
  ]);
}

function time(process: WholeMachine, { machine, transition }: Command): Listed {
  const { name, by, from, within } = transition;
  const fired = from.map((state) => machine.states.get(state)?.fire ?? []).filter((fire) => fire.length > 0);
  const others = transition.while.map(({ kind, status }) => machineOf(process, kind)?.states.get(status)?.fire ?? []);
  const mayBeLate = [...fired.filter((fire) => !fire.includes(name)), ...others].some((fire) => fire.length > 0);
  return some([
    by.includes('clock') && fired.length > 0 && no('not_due', 'the clock came before the deadline', true),
    mayBeLate && by.some((who) => who !== 'clock') && no('overdue', 'the deadline of the status has passed'),
    within !== undefined && no('too_late', `more than ${within.ms / 3_600_000} hours have passed in the status`),
  ]);
}

function money({ kind, partOf }: Machine, { transition }: Command): Listed {
  const { funds, cuts, settles, passes } = transition;
  const comesIn = funds !== undefined || cuts !== undefined;
  const isPartial = settles.some(({ amount }) => amount !== 'rest');
  const what =
    cuts && (cuts.way === undefined ? `the ${cuts.kind} holds` : `left by ${cuts.way} and was not reclaimed`);
  return some([
    (comesIn || isPartial || passes.length > 0) && no('amount_not_positive', 'an amount is not more than zero'),
    (comesIn || isPartial) &&
      no('currency_mismatch', 'an amount is in another currency than what is held, or than the fees'),
    isPartial &&
      no('exceeds_held', `the amount is more than what ${partOf === undefined ? 'is held' : `the ${kind} holds`}`),
    what !== undefined && no('exceeds_held', `the amount is more than what ${what}`),
    funds !== undefined && no('fee_exceeds_amount', 'the fees take more than the amount'),
  ]);
}

function groupedByKind(list: readonly StandsAs[]): readonly (readonly [kind: string, states: readonly string[]])[] {
  const kinds = [...new Set(list.map(({ kind }) => kind))];
  return kinds.map((kind) => [kind, list.filter((one) => one.kind === kind).map(({ status }) => status)]);
}

/** Says whether a thing that stands elsewhere can still come to stand in one of these states. */
function mayComeToStandIn({ transitions }: Machine, states: readonly string[]): boolean {
  return [...transitions.values()].some(
    ({ from, to }) => to !== undefined && states.includes(to) && from.some((state) => !states.includes(state)),
  );
}

function some(list: readonly (RefusalDescription | false)[]): Listed {
  return list.filter((entry) => entry !== false);
}

function no(code: string, says: string, retryHelps = false): RefusalDescription {
  return { code, says, retryHelps };
}
