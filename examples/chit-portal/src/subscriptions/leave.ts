import type { Receipt } from '@holdfast/kernel';
import { err, type Result } from 'neverthrow';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';
import type { Asked } from '../schemes/draft-scheme.ts';
import { schemeById } from '../schemes/scheme-row.ts';
import { rupeesOf } from '../schemes/terms-of.ts';
import { commandTicket } from './command-ticket.ts';
import { subscriptionById } from './subscription-row.ts';

/** How a subscription ends. */
export interface Leaving {
  readonly id: string;
  /** Kept from what he has paid in, as the agreement says; for the foreman of a scheme that runs. */
  readonly deduction?: string | undefined;
}

/**
 * Ends a subscription. Before the scheme is declared subscribed its holder takes it back himself; once the scheme runs, its foreman buys the ticket back, less
 * a deduction.
 *
 * @errors
 * - `nothing_there`: no such subscription, not the caller's to end, or ended before.
 * - `forbidden`: the scheme runs, and the caller is not its foreman.
 * - what the book refuses: another phase, a ticket that has won.
 */
export async function leaveSubscription(
  portal: Portal,
  asked: Asked,
  { id, deduction }: Leaving,
): Promise<Result<Receipt, Trouble>> {
  const row = await subscriptionById(portal.database, id);
  const scheme = row && (await schemeById(portal.database, row.scheme_id));
  const { userId } = asked.caller;
  if (!scheme || !(row.subscriber_id === userId || scheme.foreman_id === userId)) {
    return err({ code: 'nothing_there', what: 'subscription' });
  }
  if (deduction !== undefined && scheme.foreman_id !== userId) return err({ code: 'forbidden', allowed: ['FOREMAN'] });
  const { ticket } = row;
  const command =
    deduction === undefined
      ? ({ type: 'WithdrawEnrolment', ticket } as const)
      : ({ type: 'LeaveScheme', ticket, deduction: rupeesOf(deduction) } as const);
  const actor = { id: scheme.foreman_id, role: 'foreman', scope: userId };
  return commandTicket(portal, { row, command, actor, key: asked.key });
}
