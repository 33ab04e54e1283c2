import type { FeeSchedule } from '@holdfast/fees';
import type { Duration, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import type { Facts, Guard } from '../guards.ts';
import type { Field } from './inputs.ts';
import type { Template } from './template.ts';

/** A definition as it runs: lists are lists, routes are taken apart, and defaults are filled in. Nothing is parsed per command. */
export interface WholeMachine extends Machine {
  readonly version: number;
  readonly partiesMayBeSame: boolean;
  readonly claims: readonly Claim[];
  /** In the order of the definition. */
  readonly parts: ReadonlyMap<string, Machine>;
  /** Every command that can be asked, by name. */
  readonly commands: ReadonlyMap<string, Command>;
}

/** One machine: of the whole, or of a part. */
export interface Machine {
  /** The process's kind, or the part's name. */
  readonly kind: string;
  /** Absent in the whole itself. */
  readonly partOf?: string;
  readonly parties: readonly string[];
  readonly staff: readonly string[];
  readonly places: ReadonlyMap<string, Place>;
  readonly fees: FeeSchedule;
  /** What it may hold: fees first, `payout` last. */
  readonly lines: readonly string[];
  readonly ways: ReadonlyMap<string, RunningWay>;
  /** What the charge's transfer is called. */
  readonly fundKind: string;
  readonly states: ReadonlyMap<string, State>;
  readonly transitions: ReadonlyMap<string, Transition>;
}

/** A command, and whose it is. */
export interface Command {
  readonly machine: Machine;
  readonly transition: Transition;
}

/** A place: a name for an account. */
export interface Place {
  readonly name: string;
  readonly account: Template;
  readonly inside: boolean;
}

/** A way: where each line leaves to. A line that is missing cannot leave by it. */
export interface RunningWay {
  readonly name: string;
  /** A part's own way is checked with the part, the whole's with the whole. */
  readonly isInherited: boolean;
  readonly to: ReadonlyMap<string, string>;
  readonly order: readonly string[] | undefined;
  /** What the transfer of a line is called. */
  readonly kindOf: ReadonlyMap<string, string>;
}

/** A claim: a template, and in which states it is held; none means in all that are not done. */
export interface Claim {
  readonly name: Template;
  readonly while: ReadonlySet<string> | undefined;
}

/** A state. */
export interface State {
  readonly name: string;
  readonly done: boolean;
  readonly after: Duration | string | undefined;
  readonly fire: readonly string[];
  readonly whenDone: string | undefined;
  readonly waits: string | undefined;
  /** Where money may go from here, wherever it lies: a hint. */
  readonly leadsTo: readonly string[];
}

/** A transition. */
export interface Transition {
  readonly name: string;
  /** Empty where it begins the thing. */
  readonly from: readonly string[];
  readonly begins: boolean;
  readonly to: string | undefined;
  readonly by: readonly string[];
  /** The command of the whole with which it happens; it then is no command itself. */
  readonly on: string | undefined;
  readonly emits: string;
  readonly input: ReadonlyMap<string, Field>;
  readonly keeps: readonly string[];
  readonly guards: readonly Guard<Refusal, object>[];
  readonly while: readonly StandsAs[];
  readonly unless: readonly StandsAs[];
  readonly within: Duration | undefined;
  readonly passes: readonly Pass[];
  readonly settles: readonly { readonly way: string; readonly amount: string }[];
  readonly shifts: readonly Shift[];
  readonly funds: Route | undefined;
  readonly cuts: Source | undefined;
  readonly owes: Owing | undefined;
  readonly amounts: ReadonlyMap<string, (facts: Facts<never>) => Money | undefined>;
  readonly asks: readonly string[];
}

/** A thing, by the name of its machine, and a status of it: `dispute.open`. */
export interface StandsAs {
  readonly kind: string;
  readonly status: string;
}

/** What a part is cut from: what a thing holds, or what left it by a way. */
export interface Source {
  readonly kind: string;
  readonly way: string | undefined;
}

/** By which way a debt is borne, and who is paid. */
export interface Owing {
  readonly way: string;
  readonly to: string;
}

/** From one place to another. */
export interface Route {
  readonly from: string;
  readonly to: string;
}

/** Money that passes from outside to outside. */
export interface Pass extends Route {
  readonly kind: string;
  readonly amount: string;
}

/** A line that is laid elsewhere. */
export interface Shift extends Route {
  readonly kind: string;
  readonly line: string;
}

/** Says whether a transition's command carries the amount that it funds or cuts. */
export function takesAmount({ funds, cuts, amounts }: Transition): boolean {
  return (funds !== undefined || cuts !== undefined) && !amounts.has('amount');
}
