import type { Actor } from '@holdfast/kernel';
import type { AnyChitCommand } from '../chit/commands.ts';
import type { Chit } from '../chit/state.ts';

/** What the parts of a random life may do with its scheme. */
export interface Hand {
  chit(): Promise<Chit>;
  /** Asks for something; the foreman does where nobody else is named. A refusal is an answer like another. */
  ask(command: AnyChitCommand, actor?: Actor): Promise<void>;
  /** A number from 0 below a count: the same ones for the same seed. */
  pick(count: number): number;
}
