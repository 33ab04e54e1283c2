import {
  Defect,
  type ExecuteFault,
  type Fault,
  isKey,
  type ReadTrouble,
  type TaskHandler,
  type UnitRefusal,
} from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { VerifiedDelivery } from '../webhooks/delivery.ts';
import { deliveries } from './decider.ts';
import { handleDelivery } from './handle-delivery.ts';
import { type InboxOptions, inboxActor } from './options.ts';
import { type ReceivedDelivery, receiveDelivery } from './receive-delivery.ts';
import type { IntakeMismatch } from './refusals.ts';

/** The inbox of one account of one provider, in one mode. */
export interface Inbox {
  /** Stores a verified delivery, once however often it comes. Acknowledge it only after that. */
  receive(delivery: VerifiedDelivery): Promise<Result<ReceivedDelivery, IntakeMismatch | UnitRefusal | ExecuteFault>>;
  /** Routes what is due: give it to `runDueTasks` of the intake's book, beside the handlers of whatever else lies in that book. Any number of workers may. */
  readonly handlers: { readonly delivery: TaskHandler };
  /** Makes deliveries that no book knew due at once, because an object of theirs has appeared. Tells how many. */
  objectAppeared(object: string): Promise<Result<number, Fault | ReadTrouble>>;
}

/**
 * Opens the inbox of one account of one provider: what arrives is stored first and applied then, once, whatever comes twice, late or out of order.
 *
 * @throws Defect where provider or account cannot be part of a key.
 * @source docs/rules/providers.md, IN-1, IN-2, IN-4, IN-5, IN-6, IN-7
 * @example
 * {@includeCode ../../examples/receive-webhook.example.ts#inbox}
 */
export function openInbox(options: InboxOptions): Inbox {
  const actor = inboxActor(options);
  if (!isKey(actor.scope)) throw new Defect('provider and account of an inbox are texts without spaces and quotes');
  const records = options.book.use(deliveries);
  return {
    receive: (delivery) => receiveDelivery(options, actor, delivery),
    handlers: { delivery: (leased) => handleDelivery(options, actor, leased) },
    async objectAppeared(object) {
      let retried = 0;
      for (const status of ['unmatched', 'alarmed'] as const) {
        for (let after: string | undefined; ; ) {
          const page = await records.list({ status, limit: 200, ...(after === undefined ? {} : { after }) });
          if (page.isErr()) return err(page.error);
          for (const { id, state } of page.value.rows) {
            if (!state?.objects.includes(object)) continue;
            const key = `appeared:${id}:${state.tries}`;
            const end = await records.execute(id, { type: 'RetryDelivery' }, { actor, key });
            if (end.isOk()) retried += 1;
            else if ('fault' in end.error) return err(end.error);
          }
          after = page.value.next;
          if (after === undefined) break;
        }
      }
      return ok(retried);
    },
  };
}
