import { Defect } from '@holdfast/kernel';

/**
 * Joins values into one text, a value a line: the cheapest way to hand a column to the database, which takes it apart with `string_to_array`.
 * No value holds a line feed: names are of a plain charset, and JSON writes it as `\n`. One that does is a defect.
 */
export function joinLines(values: readonly string[]): string {
  for (const value of values) {
    if (value.includes('\n'))
      throw new Defect(`a name or stored text holds a line feed: ${JSON.stringify(value.slice(0, 64))}`);
  }
  return values.join('\n');
}

/** Takes apart what the database joined; an absent text has no values. */
export function splitLines(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined || text === '' ? [] : text.split('\n');
}

/**
 * Gives the SQL that takes a parameter apart again.
 *
 * It stands in a select of its own, so that the planner cannot count the values: otherwise a plan made for these very values looks cheaper
 * than a kept one, and every call is planned anew, which takes longer than a small call itself.
 */
export function columnOf(parameter: string, type = 'text'): string {
  const column = `string_to_array(${parameter}, E'\\n')`;
  return `(select ${type === 'text' ? column : `${column}::${type}[]`})`;
}
