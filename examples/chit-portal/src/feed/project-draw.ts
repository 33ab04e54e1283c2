import type { Session } from '../host/database.ts';
import type { Happened } from './take-in-units.ts';

/** Writes what a draw came to beside its commitment, for anybody who wants to replay its lot. */
export async function projectDraw(session: Session, { scheme, event }: Happened): Promise<void> {
  if (event.type !== 'DrawDeclared') return;
  const { instalment, wins, eligible, tied, lot } = event;
  const said = { wins, eligible, tied, lot: lot ?? null };
  const result = JSON.stringify(said, (_name, value) => (typeof value === 'bigint' ? String(value) : value));
  const open = session
    .selectFrom('draw_seeds')
    .select('id')
    .where('scheme_id', '=', scheme)
    .where('instalment', '=', instalment)
    .orderBy('created_at', 'desc')
    .limit(1);
  await session.updateTable('draw_seeds').set({ result }).where('id', '=', open).execute();
}
