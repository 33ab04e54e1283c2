import { hash } from 'node:crypto';
import {
  canonical,
  Defect,
  type ExecuteFault,
  type Fault,
  isKey,
  type ReadTrouble,
  type UnitRefusal,
} from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { VerifiedDelivery } from '../webhooks/delivery.ts';
import type { RoutingEnd } from './commands.ts';
import { deliveries } from './decider.ts';
import type { Delivery } from './delivery-state.ts';
import { type InboxOptions, inboxActor } from './options.ts';
import { type ReceivedDelivery, receiveDelivery } from './receive-delivery.ts';
import type { IntakeMismatch } from './refusals.ts';
import { routeDelivery } from './route-delivery.ts';

/** What a pass of routing did. */
export interface RoutingRun {
  readonly routed: number;
  /** For each way to end, how many deliveries did. */
  readonly ends: { readonly [Kind in RoutingEnd['kind']]: number };
  /** Deliveries that could not be routed because the world failed; they stay due. */
  readonly faults: readonly { readonly id: string; readonly fault: Trouble }[];
}

/** A fault, or a read that was not asked for as it has to be. */
type Trouble = Fault | ReadTrouble;

/** The inbox of one account of one provider, in one mode. */
export interface Inbox {
  /** Stores a verified delivery; see {@link receiveDelivery}. Acknowledge it only after that. */
  receive(delivery: VerifiedDelivery): Promise<Result<ReceivedDelivery, IntakeMismatch | UnitRefusal | ExecuteFault>>;
  /** Routes what is due, oldest id first. Any number of workers may do so at once. The deadlines of deliveries run with the book's own tasks. */
  routeDue(options?: { readonly limit?: number; readonly signal?: AbortSignal }): Promise<Result<RoutingRun, Trouble>>;
  /** Makes deliveries that no book knew due again, because an object of theirs has appeared. Tells how many. */
  objectAppeared(object: string): Promise<Result<number, Trouble>>;
}

/**
 * Opens the inbox of one account of one provider: what arrives is stored first and applied then, once, whatever comes twice, late or out of order.
 *
 * @throws Defect where provider or account cannot be part of a key.
 * @source docs/rules/providers.md, IN-1, IN-2, IN-4, IN-5, IN-6, IN-7
 */
export function openInbox(options: InboxOptions): Inbox {
  const actor = inboxActor(options);
  if (!isKey(actor.scope)) throw new Defect('provider and account of an inbox are texts without spaces and quotes');
  const records = options.book.use(deliveries);

  async function routeOne(id: string, state: Delivery, signal: AbortSignal): Promise<RoutingEnd['kind'] | Trouble> {
    const end = await routeDelivery(options, actor, { id, state }, signal);
    if (end.isErr()) return end.error;
    const key = `routed:${id}:${state.tries}:${hash('sha256', `${canonical(end.value)}`, 'hex').slice(0, 32)}`;
    const reported = await records.execute(id, { type: 'ReportRouting', end: end.value }, { actor, key });
    if (reported.isOk()) return end.value.kind;
    if ('fault' in reported.error) return reported.error;
    throw new Defect(`a report of routing was refused: ${reported.error.code}`);
  }

  return {
    receive: (delivery) => receiveDelivery(options, actor, delivery),
    async routeDue({ limit = 100, signal = new AbortController().signal } = {}) {
      const page = await records.list({ status: 'due', limit });
      if (page.isErr()) return err(page.error);
      const ends = { applied: 0, ignored: 0, poison: 0, unmatched: 0, look_up: 0 };
      const faults: { id: string; fault: Trouble }[] = [];
      for (const { id, state } of page.value.rows) {
        if (!state || signal.aborted) continue;
        const end = await routeOne(id, state, signal);
        if (typeof end === 'string') ends[end] += 1;
        else faults.push({ id, fault: end });
      }
      return ok({ routed: page.value.rows.length - faults.length, ends, faults });
    },
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
