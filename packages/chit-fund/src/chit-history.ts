import { type Book, Defect, decodeUnit, type Json, type ReadTrouble, reviveJson } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { ChitUnknown } from './chit/refusals.ts';
import type { Chits } from './define-chits.ts';
import type { ChitHistory, HistoryEntry } from './reports/history.ts';

/**
 * Reads all that happened to one scheme from the journal, page by page: what minutes, statements, registers and reports are made from.
 *
 * @param book - The book.
 * @param chits - What the scheme's records are kept with.
 * @param id - The scheme's.
 * @returns Its events, oldest first, with instants and places.
 *
 * @errors
 * - `chit_unknown`: the journal has no such scheme.
 * - any store fault.
 * @source docs/rules/chit-fund.md, CF-44
 */
export async function chitHistory(
  book: Book,
  { chit: decider, environment }: Chits,
  id: string,
): Promise<Result<ChitHistory, ReadTrouble | ChitUnknown>> {
  const record = `${decider.kind}/${id}`;
  const entries: HistoryEntry[] = [];
  for (let after = 0; ; ) {
    const page = await book.units({ after, limit: PAGE });
    if (page.isErr()) return err(page.error);
    if (page.value.kind !== 'units') throw new Defect('a feed that was read without a digest cannot diverge');
    for (const { bytes, sequence } of page.value.units) {
      after = sequence;
      // Most units are of other records: a text that does not name this one need not be decoded.
      if (!bytes.includes(`"${record}"`)) continue;
      const { at, actor, events } = decodeUnit(bytes);
      for (const [ordinal, { record: of, type, version, data }] of events.entries()) {
        if (of !== record) continue;
        const event = decider.codec.decodeEvent({ type, version, data: reviveJson(data) as Json });
        entries.push({ sequence, ordinal, at, actor, event });
      }
    }
    if (page.value.units.length < PAGE) break;
  }
  if (entries.length === 0) return err({ code: 'chit_unknown', chit: id });
  return ok({ id, offsetMinutes: environment.offsetMinutes, entries });
}

const PAGE = 1_000;
