import { Defect } from '@holdfast/kernel';

/**
 * Quotes the name of a schema, which is the only name that ever becomes part of a statement.
 *
 * @param schema - A lower-case letter, then at most 47 lower-case letters, digits and `_`; not `pg_…`.
 * @throws A defect for every other name: it comes from configuration.
 */
export function quoteSchema(schema: string): string {
  if (typeof schema !== 'string' || !/^[a-z][a-z0-9_]{0,47}$/.test(schema) || schema.startsWith('pg_')) {
    const given = typeof schema === 'string' ? JSON.stringify(schema.slice(0, 64)) : typeof schema;
    throw new Defect(
      `schema is ${given}; allowed is a lower-case letter, then at most 47 lower-case letters, digits and _, not beginning with pg_`,
    );
  }
  return `"${schema}"`;
}
