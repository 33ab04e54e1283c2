import type {
  FuzzableDefinition,
  FuzzableMachine,
  FuzzablePart,
  FuzzableState,
  FuzzableTransition,
} from './fuzzable-process.ts';

/** A thing of a process: the whole, or a part. */
export interface KnownThing {
  /** The process's kind, or the part's name. */
  readonly kind: string;
  /** Of a part; the whole has none here. */
  readonly partId: string | undefined;
  readonly machine: FuzzableMachine;
  readonly thing: FuzzablePart;
}

/** A command of a process, and whose it is. */
export interface KnownCommand {
  readonly kind: string;
  readonly isPart: boolean;
  readonly transition: FuzzableTransition;
}

/** Lists the whole and its parts. */
export function thingsOf(definition: FuzzableDefinition, state: FuzzableState | undefined): readonly KnownThing[] {
  if (!state) return [];
  const things: KnownThing[] = [{ kind: definition.kind, partId: undefined, machine: definition, thing: state }];
  for (const [kind, ofItsKind] of Object.entries(state.parts ?? {})) {
    const machine = definition.parts?.[kind];
    if (!machine) continue;
    for (const [partId, thing] of Object.entries(ofItsKind ?? {})) things.push({ kind, partId, machine, thing });
  }
  return things;
}

/** Lists every command that can be asked, by name: what happens by itself with another one is none. */
export function commandsOf(definition: FuzzableDefinition): ReadonlyMap<string, KnownCommand> {
  const known = COMMANDS.get(definition);
  if (known) return known;
  const commands = new Map<string, KnownCommand>();
  COMMANDS.set(definition, commands);
  const add = (kind: string, { transitions }: FuzzableMachine, isPart: boolean): void => {
    for (const [name, transition] of Object.entries(transitions)) {
      if (transition.on === undefined) commands.set(name, { kind, isPart, transition });
    }
  };
  add(definition.kind, definition, false);
  for (const [kind, part] of Object.entries(definition.parts ?? {})) add(kind, part, true);
  return commands;
}

/** Says whether a thing is in a state that is done. */
export function isDone({ machine, thing }: KnownThing): boolean {
  return machine.states[thing.status]?.done === true;
}

/** Says whether the whole and all of its parts are done. */
export function isAllDone(definition: FuzzableDefinition, state: FuzzableState | undefined): boolean {
  const things = thingsOf(definition, state);
  return things.length > 0 && things.every(isDone);
}

/** Gives what a part's command is cut from, by its name, where that is another part. */
export function sourcePartOf(definition: FuzzableDefinition, { transition }: KnownCommand): string | undefined {
  const source = transition.cuts?.split('.')[0];
  return source === definition.kind ? undefined : source;
}

const COMMANDS = new WeakMap<FuzzableDefinition, ReadonlyMap<string, KnownCommand>>();
