import type { Machine } from './machine.ts';
import type { Thing } from './thing.ts';

/** Gives the account of a place for one thing. */
export function accountOf(machine: Machine, place: string, thing: Pick<Thing, 'id' | 'parties'>): string {
  const template = machine.places.get(place)?.account ?? '';
  return fillTemplate(template, (name) => (name === 'id' ? thing.id : (thing.parties[name] ?? '')));
}

/** Fills the names in braces. */
export function fillTemplate(template: string, nameFor: (name: string) => string): string {
  return template.replace(NAME_IN_BRACES, (_whole, name: string) => nameFor(name));
}

/** The names in braces of a template. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(NAME_IN_BRACES)].map(([, name]) => name as string);
}

const NAME_IN_BRACES = /\{(\w+)\}/g;
