import type { Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import type { Trouble } from '../http/respond.ts';
import { missingDocuments } from '../kyc/decide-document.ts';
import type { Portal } from '../portal.ts';
import type { Asked } from '../schemes/draft-scheme.ts';
import { schemeById } from '../schemes/scheme-row.ts';
import { commandTicket } from './command-ticket.ts';
import { subscriptionById } from './subscription-row.ts';

/** To whom a ticket goes. */
export interface TransferGiven {
  readonly id: string;
  readonly subscriberId: string;
  /** How the written transfer is found. */
  readonly deed: string;
}

/**
 * Transfers a ticket that has not won to another user, with its arrears. The foreman recognises it (s. 36), so it is his to enter.
 *
 * @errors
 * - `nothing_there`: no such subscription, not the caller's, or no longer the ticket's.
 * - `kyc_incomplete`: the new holder is not known well enough yet.
 * - what the book refuses: the ticket has won, another phase.
 */
export async function transferSubscription(
  portal: Portal,
  asked: Asked,
  { id, subscriberId, deed }: TransferGiven,
): Promise<Result<Receipt, Trouble>> {
  const row = await subscriptionById(portal.database, id);
  const scheme = row && (await schemeById(portal.database, row.scheme_id));
  if (!scheme || scheme.foreman_id !== asked.caller.userId) return err({ code: 'nothing_there', what: 'subscription' });
  const missing = await missingDocuments(portal, subscriberId);
  if (missing.length > 0) return err({ code: 'kyc_incomplete', missing });
  const command = { type: 'TransferTicket', ticket: row.ticket, holders: [{ person: subscriberId }], deed } as const;
  const actor = { id: scheme.foreman_id, role: 'foreman' };
  return commandTicket(portal, { row, command, actor, key: asked.key });
}
