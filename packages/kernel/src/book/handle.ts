import type { Result } from 'neverthrow';
import type { CommandMap, Decider } from '../decider.ts';
import type { StoreFault, WriterFault } from '../faults.ts';
import type { Receipt } from '../receipt.ts';
import type { Refusal, ShapeInvalid, UnitRefusal } from '../refusals.ts';
import type { Ask } from '../request.ts';
import type { Page } from '../store.ts';
import type { ExecuteOptions, ReadMoment } from './options.ts';

/** The commands of a decider, by name. */
// biome-ignore lint/suspicious/noExplicitAny: matches deciders of every state and event
export type CommandsOf<D> = D extends Decider<infer Commands, any, any> ? Commands : CommandMap;

/** The state of a decider's records. */
// biome-ignore lint/suspicious/noExplicitAny: matches deciders of every command and event
export type StateOf<D> = D extends Decider<any, infer State, any> ? State : unknown;

/** One command of a map: its name and its input. */
export type CommandIn<Commands extends CommandMap, Type extends keyof Commands> = {
  readonly type: Type;
} & Commands[Type]['command'];

/** How the world can fail a command. */
export type ExecuteFault = StoreFault | WriterFault;

/** Why a read says nothing: a query that cannot be, or a fault. */
export type ReadTrouble = ShapeInvalid | ExecuteFault;

/** What a command answers: a receipt, or exactly its own refusals, what any unit may be refused for, or a fault. */
export type Answered<Refused extends Refusal> = Promise<Result<Receipt, Refused | UnitRefusal | ExecuteFault>>;

/** A record as it was read. */
export interface RecordRead<State> {
  /** `undefined` where there is no such record. */
  readonly state: State | undefined;
  readonly status: string | undefined;
  /** Counts the units that changed the record. */
  readonly version: number;
  readonly sequence: number;
}

/** A decider's records on a book. */
export interface Records<D, Commands extends CommandMap = CommandsOf<D>, State = StateOf<D>> {
  /**
   * Executes a command. Two hundred callers on one record all get their turn, in order.
   *
   * @param id - The record's id.
   * @returns Once what the answer rests on is durable. The same key again gives the first receipt, `replayed`.
   */
  execute<const Type extends keyof Commands & string>(
    id: string,
    command: CommandIn<Commands, Type>,
    options: ExecuteOptions,
  ): Answered<Commands[Type]['refusal']>;
  /** Decides a command as `execute` would, at this moment, and writes nothing. */
  preview<const Type extends keyof Commands & string>(
    id: string,
    command: CommandIn<Commands, Type>,
    options: ExecuteOptions,
  ): Answered<Commands[Type]['refusal']>;
  /** Names a command, to be executed together with others. */
  ask<const Type extends keyof Commands & string>(
    id: string,
    command: CommandIn<Commands, Type>,
  ): Ask<Commands[Type]['refusal']>;
  /** Reads one record. */
  read(id: string, moment?: ReadMoment): Promise<Result<RecordRead<State>, ReadTrouble>>;
  /** Lists records as they stand, in order of their ids; `after` continues a page. */
  list(query: {
    readonly status?: string;
    readonly limit: number;
    readonly after?: string;
  }): Promise<Result<Page<{ readonly id: string } & RecordRead<State>>, ReadTrouble>>;
}

/** A decider that only moves money, on a book. */
export interface Moves<D, Commands extends CommandMap = CommandsOf<D>> {
  /** Executes a command; see {@link Records.execute}. */
  execute<const Type extends keyof Commands & string>(
    command: CommandIn<Commands, Type>,
    options: ExecuteOptions,
  ): Answered<Commands[Type]['refusal']>;
  /** Decides a command and writes nothing; see {@link Records.preview}. */
  preview<const Type extends keyof Commands & string>(
    command: CommandIn<Commands, Type>,
    options: ExecuteOptions,
  ): Answered<Commands[Type]['refusal']>;
  /** Names a command, to be executed together with others. */
  ask<const Type extends keyof Commands & string>(command: CommandIn<Commands, Type>): Ask<Commands[Type]['refusal']>;
}

/** What a book gives for a decider. */
export type HandleOf<D> = D extends { readonly keeps: 'nothing' } ? Moves<D> : Records<D>;

/** What a book gives for a decider inside a transaction of the host: reads see what the transaction has done so far. There are no lists and no past there. */
export type JoinedHandleOf<D> = D extends { readonly keeps: 'nothing' }
  ? Moves<D>
  : Pick<Records<D>, 'execute' | 'preview' | 'ask'> & {
      /** Reads one record as the transaction has left it so far. */
      read(id: string): Promise<Result<RecordRead<StateOf<D>>, ReadTrouble>>;
    };

/** What asks may be refused for. */
export type RefusedOf<Asks extends readonly Ask[]> = Exclude<Asks[number]['refused'], undefined> & Refusal;
