import { addDuration, days } from '@holdfast/kernel';
import { decideDocument } from '../kyc/decide-document.ts';
import { tell } from '../messages/tell.ts';
import type { Portal } from '../portal.ts';

/** Has every new document checked, once: decided where the check can, left to a person where it cannot. */
export async function checkDocuments(portal: Portal): Promise<number> {
  const waiting = await portal.database
    .selectFrom('user_kyc')
    .selectAll()
    .where('verification_status', '=', 'PENDING')
    .where('checked_at', 'is', null)
    .orderBy('created_at')
    .limit(20)
    .execute();
  for (const { id, document_type, document_number, storage_key } of waiting) {
    const file = await portal.storage.get(storage_key);
    const checked = file
      ? await portal.checkDocument({ type: document_type, number: document_number, file })
      : ({ verdict: 'rejected', reason: 'the file is missing' } as const);
    if (checked.verdict === 'manual') {
      const seen = { checked_at: portal.clock() };
      await portal.database.updateTable('user_kyc').set(seen).where('id', '=', id).execute();
    } else if (checked.verdict === 'verified') {
      await decideDocument(portal, { id, status: 'VERIFIED', by: 'check' });
    } else {
      await decideDocument(portal, { id, status: 'REJECTED', reason: checked.reason, by: 'check' });
    }
  }
  return waiting.length;
}

/** Tells the admins, once a day, of documents that have been waiting for two days. */
export async function remindOfDocuments(portal: Portal, today: string): Promise<string> {
  const now = portal.clock();
  const before = addDuration(now, { ms: -days(2).ms });
  const { count } = await portal.database
    .selectFrom('user_kyc')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('verification_status', '=', 'PENDING')
    .where('created_at', '<=', before)
    .executeTakeFirstOrThrow();
  if (Number(count) === 0) return 'none waiting';
  const admins = await portal.database
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'ADMIN')
    .where('deleted_at', 'is', null)
    .execute();
  for (const { id: userId } of admins) {
    await tell(portal.database, {
      id: `documents.${today}.${userId}`,
      userId,
      event: 'KYC_PENDING',
      values: { count },
      now,
    });
  }
  return `${count} waiting`;
}
