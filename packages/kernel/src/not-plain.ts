import { show } from './refusals.ts';

/** Why a value has no canonical text. */
export interface NotPlain {
  /** Where in the value, such as `parties.buyer`; empty for the value itself. */
  readonly field: string;
  readonly given: string;
  readonly allowed: string;
}

/** Thrown on the way out of a nested value that is no plain data, and caught where the walk began. */
export class Unplain extends Error {
  readonly path: string[] = [];
  readonly given: string;
  readonly allowed: string;

  constructor(value: unknown, allowed: string) {
    super(allowed);
    this.given = show(value);
    this.allowed = allowed;
  }
}

/** Notes, on the way out, in which field of its parent the trouble lies. */
export function within(error: unknown, field: string): unknown {
  if (error instanceof Unplain) error.path.unshift(field);
  return error;
}

/** Gives the trouble as a value. The path of a hostile value is cut like everything that is shown of it. */
export function notPlain({ path, given, allowed }: Unplain): NotPlain {
  const field = path.join('.');
  return { field: field.length > 200 ? `${field.slice(0, 199)}…` : field, given, allowed };
}

/** The deepest nesting of plain data. */
export const MOST_LEVELS = 32;
