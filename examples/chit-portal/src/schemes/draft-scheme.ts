import { type Scheme, termsToJson } from '@holdfast/chit-fund';
import { formatDecimal, money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { chits } from '../book/chits.ts';
import { inOneCommit } from '../book/in-one-commit.ts';
import { atomically } from '../host/database.ts';
import type { Trouble } from '../http/respond.ts';
import { idFrom } from '../id-from.ts';
import type { Caller, Portal } from '../portal.ts';
import type { SchemeDraft } from './scheme-draft.ts';
import { type SchemeRow, schemeById, WITHDRAWN } from './scheme-row.ts';
import { termsOf } from './terms-of.ts';

/** Who asks, and under which key. */
export interface Asked {
  readonly caller: Caller;
  readonly key: string;
}

/**
 * Drafts a scheme: the host's row and the book's record in one transaction. The same key again gives the same scheme.
 *
 * @errors
 * - `request_invalid`, `config_invalid`: the terms do not hold together.
 * - `key_conflict`: the key was used for another scheme.
 */
export async function draftScheme(
  portal: Portal,
  { caller, key }: Asked,
  draft: SchemeDraft,
): Promise<Result<SchemeRow, Trouble>> {
  const scheme = termsOf(draft);
  if (scheme.isErr()) return err(scheme.error);
  const id = idFrom('scheme', caller.userId, key);
  return inOneCommit<SchemeRow>(portal, async (session) => {
    const row = { id, foreman_id: caller.userId, ...columnsOf(draft, scheme.value), created_at: portal.clock() };
    const fresh = { ...row, current_subscribers: 0, status: 'DRAFT', phase: 'draft' } as const;
    await session
      .insertInto('schemes')
      .values(fresh)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const drafted = await portal.book.within(session, (joined) =>
      joined
        .use(chits)
        .execute(id, draftCommand(scheme.value, draft), { actor: { id: caller.userId, role: 'foreman' }, key }),
    );
    if (drafted.isErr()) return err(drafted.error);
    return ok((await schemeById(session, id)) as SchemeRow);
  });
}

/**
 * Revises a draft, or a scheme that was rejected.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - `request_invalid`, `config_invalid`: the terms do not hold together.
 * - what the book refuses: another phase, another foreman.
 */
export async function reviseScheme(
  portal: Portal,
  { caller, key }: Asked,
  { id, draft }: { readonly id: string; readonly draft: SchemeDraft },
): Promise<Result<SchemeRow, Trouble>> {
  const scheme = termsOf(draft);
  if (scheme.isErr()) return err(scheme.error);
  return inOneCommit<SchemeRow>(portal, async (session) => {
    if (!(await schemeById(session, id))) return err({ code: 'nothing_there', what: 'scheme' });
    const command = { ...draftCommand(scheme.value, draft), type: 'ReviseDraft' } as const;
    const actor = { id: caller.userId, role: 'foreman' };
    const revised = await portal.book.within(session, (joined) =>
      joined.use(chits).execute(id, command, { actor, key }),
    );
    if (revised.isErr()) return err(revised.error);
    const columns = { ...columnsOf(draft, scheme.value), status: 'DRAFT', phase: 'draft' } as const;
    if (revised.value.status !== 'replayed') {
      await session.updateTable('schemes').set(columns).where('id', '=', id).execute();
    }
    return ok((await schemeById(session, id)) as SchemeRow);
  });
}

/**
 * Gives a draft up. The book keeps what was drafted; no money was ever in it.
 *
 * @errors
 * - `nothing_there`: there is no such scheme.
 * - `forbidden`: it is another foreman's.
 * - `scheme_in_phase`: it was submitted.
 */
export function withdrawScheme(portal: Portal, { userId, role }: Caller, id: string): Promise<Result<void, Trouble>> {
  return atomically<void, Trouble>(portal.database, async (session) => {
    const row = await session.selectFrom('schemes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row || row.phase === WITHDRAWN) return err({ code: 'nothing_there', what: 'scheme' });
    if (row.foreman_id !== userId && role !== 'ADMIN') return err({ code: 'forbidden', allowed: ['OWNER', 'ADMIN'] });
    // Inside the book, so that nobody submits it meanwhile; the row may not show yet what the book knows.
    const read = await portal.book.within(session, (joined) => joined.use(chits).read(id));
    if (read.isErr()) return err(read.error);
    const phase = read.value.state?.phase ?? 'draft';
    if (phase !== 'draft' && phase !== 'rejected') return err({ code: 'scheme_in_phase', phase, allowed: 'draft' });
    await session.updateTable('schemes').set({ phase: WITHDRAWN }).where('id', '=', id).execute();
    return ok(undefined);
  });
}

function draftCommand({ terms }: Scheme, { agreement }: SchemeDraft) {
  return { type: 'DraftScheme', terms: termsToJson(terms), ...(agreement === undefined ? {} : { agreement }) } as const;
}

function columnsOf(draft: SchemeDraft, { gross, currency, drawDays, terms }: Scheme) {
  const total = formatDecimal(money(gross, currency));
  return {
    name: draft.name,
    duration_months: draft.durationMonths,
    total_amount: total,
    monthly_installment: formatDecimal(terms.subscription),
    max_subscribers: draft.maxSubscribers,
    start_date: draft.startDate,
    end_date: drawDays.at(-1) ?? draft.startDate,
    terms: JSON.stringify(termsToJson(terms)),
  };
}
