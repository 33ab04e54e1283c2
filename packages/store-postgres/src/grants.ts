import { Defect } from '@holdfast/kernel';
import { quoteSchema } from './sql/schema-name.ts';

/**
 * Gives the statements that let a role keep books and nothing more: it adds to the journal and reads it, and can neither change nor delete a
 * row of it. Run them as the owner of the schema, after each migration. The role must not own the tables.
 *
 * @param role - A lower-case letter, then at most 62 lower-case letters, digits and `_`.
 * @throws A defect when a name is none.
 */
export function appendOnlyGrants({
  schema = 'holdfast',
  role,
}: {
  readonly schema?: string;
  readonly role: string;
}): readonly string[] {
  const quoted = quoteSchema(schema);
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(role)) {
    throw new Defect(
      `role is ${JSON.stringify(String(role).slice(0, 64))}; allowed is a lower-case letter, then a-z, 0-9 and _`,
    );
  }
  const all = (tables: readonly string[]) => tables.map((table) => `${quoted}.${table}`).join(', ');
  return [
    `revoke all on all tables in schema ${quoted} from "${role}"`,
    `grant usage on schema ${quoted} to "${role}"`,
    `grant select on all tables in schema ${quoted} to "${role}"`,
    `grant insert on ${all(JOURNAL)} to "${role}"`,
    `grant insert, update, delete on ${all(BESIDE)} to "${role}"`,
  ];
}

/** What is only ever added to. */
const JOURNAL = ['batch', 'unit', 'line', 'account', 'record', 'claim'];
/** Leases of tasks, and texts that can be erased. */
const BESIDE = ['task', 'text'];
