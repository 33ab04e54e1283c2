import type { Actor } from '@holdfast/kernel';
import type { Hand } from './hand.ts';
import { foreman, registrar } from './open-chits.ts';

/**
 * Stops the scheme for a time, lets another foreman conduct it for a time, or lets a subscriber die.
 *
 * @param meanwhile - What happens until it is as before.
 */
export async function playChanges(hand: Hand, meanwhile: () => Promise<void>): Promise<void> {
  switch (hand.pick(12)) {
    case 0:
      await hand.ask({ type: 'SuspendScheme', why: 'a resolution' });
      await meanwhile();
      return hand.ask({ type: 'ResumeScheme' }, registrar);
    case 1: {
      await hand.ask({ type: 'SucceedForeman', foreman: deputy.id }, registrar);
      await hand.ask({ type: 'TakeIncome' }, deputy);
      await meanwhile();
      return hand.ask({ type: 'SucceedForeman', foreman: foreman.id }, registrar);
    }
    case 2: {
      const { tickets } = await hand.chit();
      const person = tickets[hand.pick(tickets.length)]?.holders[0]?.person;
      if (person !== undefined && person !== foreman.id)
        await hand.ask({ type: 'RecordDeath', person, nominee: 'heir' });
    }
  }
}

/** Stands in for the foreman. */
const deputy: Actor = { id: 'devi', role: 'foreman' };
