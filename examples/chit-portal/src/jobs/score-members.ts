import { scoreToText } from '@holdfast/chit-score';
import type { Portal } from '../portal.ts';
import { scoreMember } from '../score/score-member.ts';

/** Computes everybody's score as of a day, keeps it, and writes it on the user. Once more gives the same. */
export async function scoreMembers(portal: Portal, asOf: string): Promise<string> {
  let after = '00000000-0000-0000-0000-000000000000';
  let count = 0;
  for (;;) {
    const users = await portal.database
      .selectFrom('users')
      .select('id')
      .where('deleted_at', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(200)
      .execute();
    for (const { id } of users) {
      const computed = await scoreMember(portal, id, asOf);
      const row = { score: Number(computed.score), provisional: computed.provisional, text: scoreToText(computed) };
      await portal.database
        .insertInto('chit_scores')
        .values({ user_id: id, as_of: asOf, ...row })
        .onConflict((conflict) => conflict.columns(['user_id', 'as_of']).doUpdateSet(row))
        .execute();
      await portal.database.updateTable('users').set({ chit_score: row.score }).where('id', '=', id).execute();
      after = id;
      count += 1;
    }
    if (users.length === 0) return `${count} scores`;
  }
}
