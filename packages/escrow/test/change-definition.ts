import type { PartDefinition, PartTransitionDefinition, ProcessDefinition, StateDefinition } from '../src/index.ts';

/** Plants something in a definition. */
export type Change = (definition: ProcessDefinition) => ProcessDefinition;

/** A machine of a definition: the whole's, or a part's. */
type Machine = Pick<PartDefinition, 'states' | 'ways' | 'transitions'>;
type MachineChange = <One extends Machine>(machine: One) => One;

/** Changes the machine of the whole. */
export const inWhole =
  (change: MachineChange): Change =>
  (definition) =>
    change(definition as never) as unknown as ProcessDefinition;

/** Changes the machine of a part. */
export const inPart =
  (name: string, change: MachineChange): Change =>
  (definition) => ({
    ...definition,
    parts: { ...definition.parts, [name]: change(definition.parts?.[name] as PartDefinition) },
  });

/** Changes fields of a transition. */
export const transition =
  (name: string, fields: Partial<PartTransitionDefinition>): MachineChange =>
  (machine) => ({
    ...machine,
    transitions: { ...machine.transitions, [name]: { ...machine.transitions[name], ...fields } },
  });

/** Takes fields out of a transition. */
export const without =
  (name: string, ...fields: readonly (keyof PartTransitionDefinition)[]): MachineChange =>
  (machine) => {
    const left = Object.entries(machine.transitions[name] ?? {}).filter(([field]) => !fields.includes(field as never));
    return { ...machine, transitions: { ...machine.transitions, [name]: Object.fromEntries(left) } };
  };

/** Takes a transition out. */
export const withoutTransition =
  (name: string): MachineChange =>
  (machine) => {
    const { [name]: _, ...transitions } = machine.transitions;
    return { ...machine, transitions };
  };

/** Puts a state in the place of another. */
export const state =
  (name: string, given: StateDefinition): MachineChange =>
  (machine) => ({ ...machine, states: { ...machine.states, [name]: given } });

/** Puts a way in the place of another. */
export const way =
  (name: string, given: NonNullable<Machine['ways']>[string]): MachineChange =>
  (machine) => ({ ...machine, ways: { ...machine.ways, [name]: given } });

/** Makes one change after the other. */
export const all =
  (...changes: readonly Change[]): Change =>
  (definition) =>
    changes.reduce((changed, change) => change(changed), definition);
