import type { Machine, Place } from './machine.ts';
import { fillTemplate, type TemplateNames } from './template.ts';
import type { PartName, Whole } from './thing.ts';

/** Gives the account of a place for one thing. */
export function accountOf(machine: Machine, place: string, names: TemplateNames): string {
  return fillTemplate((machine.places.get(place) as Place).account, names);
}

/** What fills the templates of a part's accounts, or of the whole's. */
export function namesOf(whole: Pick<Whole, 'id' | 'parties'>, about: PartName | undefined): TemplateNames {
  return about ? { id: whole.id, parties: whole.parties, part: about.id } : whole;
}
