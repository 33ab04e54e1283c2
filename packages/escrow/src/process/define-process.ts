import type { FeeSchedule } from '@holdfast/fees';
import type { Refusal } from '@holdfast/kernel';
import { accountKey, type Decider, Defect, type Needs, type Seen } from '@holdfast/kernel';
import { isMoney } from '@holdfast/money';
import { accountOf, namesOf } from './account-of.ts';
import { type AvailableAction, availableActions } from './available-actions.ts';
import { checkProcess } from './check/check-process.ts';
import { codecOf } from './codec.ts';
import { decide } from './decide.ts';
import type {
  ClaimDefinition,
  LineOf,
  ProcessDefinition,
  StateDefinition,
  TransitionDefinition,
  Way,
} from './definition.ts';
import type { DerivedCommands, EventNameOf } from './derive-types.ts';
import { diagram } from './diagram.ts';
import { evolve } from './evolve.ts';
import type { Command, State, Transition, WholeMachine } from './machine.ts';
import { type ParsedCommand, parseCommand } from './parse-command.ts';
import type { Asking } from './permit.ts';
import type { InsideOf, OutsideOf, Places } from './places.ts';
import { readMachine } from './read-machine.ts';
import { type RefusalDescription, refusalsOf } from './refusals-of.ts';
import { claimsOf, standing } from './standing.ts';
import type { Linked, StrictDefinition } from './strict-definition.ts';
import type { NoParts, PartsOf, StandingOf, StrictParts } from './strict-parts.ts';
import type { TemplateNames } from './template.ts';
import type { ProcessEvent, Whole } from './thing.ts';

/** A process that runs: a decider for the kernel, and what else follows from its definition. */
export interface Process<
  Commands extends { readonly [Name in keyof Commands]: { readonly command: object; readonly refusal: Refusal } },
  State extends Whole,
  Event extends ProcessEvent,
> extends Decider<Commands, State, Event> {
  readonly keeps: 'record';
  readonly definition: ProcessDefinition;
  /** What is allowed but worth a second thought, in sentences. */
  readonly lint: readonly string[];
  readonly commandNames: readonly (keyof Commands & string)[];
  /** What an actor may ask now, as far as that can be known without the input. */
  availableActions(state: State | undefined, asking: Asking): readonly AvailableAction<keyof Commands & string>[];
  /** Why a command may be refused, in the order in which it is checked. */
  refusalsOf(command: keyof Commands & string): readonly RefusalDescription[];
  /** The process as a Mermaid state diagram. */
  diagram(): string;
}

/**
 * Defines a process: states, who may do what, and where the money goes. Types, parsing, refusals, deadlines and the diagram follow from it.
 *
 * Every name in it is checked by the compiler; money that could be lost, forgotten or stuck is found when it runs, before anything else does.
 *
 * @throws A defect that lists every problem as a sentence.
 * @source docs/rules/escrow.md, E-14
 */
export function defineProcess<
  const Kind extends string,
  const Parties extends string,
  const PlacesGiven extends Places,
  const Fees extends FeeSchedule,
  const States extends {
    readonly [S in keyof States]: StateDefinition<keyof States & string, keyof Transitions & string>;
  },
  const Ways extends Readonly<Record<string, Way<LineOf<Fees>, Parties | OutsideOf<PlacesGiven>>>>,
  const Transitions extends {
    readonly [T in keyof Transitions]: Linked<Transitions[T], keyof Ways & string> &
      TransitionDefinition<
        keyof States & string,
        Parties | Staff,
        InsideOf<PlacesGiven>,
        Parties | OutsideOf<PlacesGiven>,
        LineOf<Fees>,
        keyof Ways & string,
        StandingOf<Parts>
      >;
  },
  const Staff extends string = never,
  const Claims extends readonly ClaimDefinition<keyof States & string>[] = [],
  const Parts extends StrictParts<Parts, Kind, Parties, Staff, PlacesGiven, Fees, Ways, States, Transitions> = NoParts,
>(
  definition: StrictDefinition<Kind, Parties, Staff, PlacesGiven, Fees, Ways, States, Transitions, Claims, Parts>,
): Process<
  DerivedCommands<States, Transitions, Parties, Claims, Parts, Kind>,
  Whole<keyof States & string, Parties, LineOf<Fees>, PartsOf<Parts, Fees>>,
  ProcessEvent<EventNameOf<Transitions, Parts>>
> {
  // The compiler has checked the names; from here on the definition is data.
  return runProcess(definition as unknown as ProcessDefinition) as never;
}

/**
 * Makes a process of a definition that is only known when it runs.
 *
 * @throws A defect that lists every problem as a sentence.
 */
export function runProcess(
  definition: ProcessDefinition,
): Process<Record<string, { readonly command: object; readonly refusal: Refusal }>, Whole, ProcessEvent> {
  const { problems, lint } = checkProcess(definition);
  if (problems.length > 0) throw new Defect(`${definition.kind} is no sound process:\n- ${problems.join('\n- ')}`);
  const machine = readMachine(definition);
  return {
    kind: machine.kind,
    keeps: 'record',
    definition,
    lint,
    commandNames: [...machine.commands.keys()],
    parse: (command) => parseCommand(machine, command),
    needs: (command, { id }, seen) => needs(machine, command as ParsedCommand, id, seen),
    decide: (seen, command, context) =>
      decide(machine, seen.record(context.id) as Whole | undefined, command as ParsedCommand, context),
    evolve,
    transfers: ({ moves }) => moves,
    standing: (whole) => standing(machine, whole),
    codec: codecOf(machine),
    availableActions: (whole, asking) => availableActions(machine, whole, asking),
    refusalsOf: (name) => refusalsOf(machine, machine.commands.get(name) as Command),
    diagram: () => diagram(machine),
  };
}

/** What a command will touch that begins something; of what exists, the store already knows what it touches. */
function needs(process: WholeMachine, command: ParsedCommand, id: string, seen: Seen): Partial<Needs> {
  const { machine, transition } = process.commands.get(command.type) as Command;
  if (!transition.begins) return {};
  if (machine.partOf !== undefined) {
    const whole = seen.record(id) as Whole | undefined;
    const about = { part: machine.kind, id: command.parts[machine.kind] ?? '' };
    return whole ? { accounts: fundingAccounts(process, transition, command, namesOf(whole, about)) } : {};
  }
  const { parties, reference } = command;
  if (!parties) return {};
  const whole = { id, parties, ...(reference === undefined ? {} : { reference }) };
  const claims = claimsOf(process, whole, process.states.get(transition.to as string) as State);
  return { claims, accounts: fundingAccounts(process, transition, command, whole) };
}

function fundingAccounts(
  process: WholeMachine,
  { funds }: Transition,
  { input: { amount } }: ParsedCommand,
  names: TemplateNames,
): readonly string[] {
  if (!funds || !isMoney(amount)) return [];
  const { code } = amount.currency;
  return [funds.from, funds.to].map((place) => accountKey(accountOf(process, place, names), code));
}
