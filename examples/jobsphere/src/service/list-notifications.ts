import type { ReadTrouble } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { followJournal, type JournalDiverged } from '../feed/follow-journal.ts';
import type { Notification } from '../host/rows.ts';
import type { Service } from './service.ts';

/** Lists a user's messages, newest first, with those of the last moment. */
export async function listNotifications(
  service: Service,
  user: string,
  { page, limit }: { readonly page: number; readonly limit: number },
): Promise<Result<readonly Notification[], JournalDiverged | ReadTrouble>> {
  const followed = await followJournal(service);
  if (followed.isErr()) return err(followed.error);
  const part = { order: 'position', newestFirst: true, limit, offset: (page - 1) * limit } as const;
  return ok(
    await service.host.transaction((tables) => tables.list('notifications', { equal: { receiver: user } }, part)),
  );
}
