import type { Machine, Place } from './machine.ts';
import { fillTemplate } from './template.ts';
import type { Thing } from './thing.ts';

/** Gives the account of a place for one thing. */
export function accountOf(machine: Machine, place: string, thing: Pick<Thing, 'id' | 'parties'>): string {
  return fillTemplate((machine.places.get(place) as Place).account, thing);
}
