import { type Book, Defect, openBook, type TaskHandler } from '@holdfast/kernel';
import { stripeEndpoint, stripeWebhookReader, verifyStripeWebhook } from '@holdfast/provider-stripe';
import {
  type EndpointSecret,
  type Inbox,
  intakeName,
  noAccounts,
  openInbox,
  type ReceivedWebhook,
} from '@holdfast/providers';
import type { Crown } from '../book/open-crown.ts';
import { inboxTarget } from './inbox-target.ts';

/** What became of a request to the endpoint, as the status of the answer. */
export interface WebhookAnswer {
  /** 200: stored. 400: not Stripe's, or not for us. 503: not stored, send it again. */
  readonly status: 200 | 400 | 503;
  readonly code: string;
}

/** The endpoint that Stripe's webhooks arrive at, with its inbox. */
export interface Webhooks {
  readonly inbox: Inbox;
  /** Where deliveries are kept: a book of its own, so that a flood of them never waits for money, nor money for them. */
  readonly intake: Book<never>;
  /** For `intake.runDueTasks`: routes what arrived. */
  readonly handlers: { readonly [kind: string]: TaskHandler };
  /** Verifies a delivery over its raw bytes and stores it, before anybody reads it. */
  receive(webhook: Pick<ReceivedWebhook, 'headers' | 'rawBody'>): Promise<WebhookAnswer>;
}

/**
 * Opens the endpoint of the marketplace's account at Stripe. What arrives is stored and acknowledged; whoever runs the intake's tasks routes it.
 *
 * @throws Defect where a secret is none of Stripe's.
 */
export function openWebhooks(crown: Crown, { secrets }: { readonly secrets: readonly EndpointSecret[] }): Webhooks {
  const { id: provider, account, mode } = crown.provider.descriptor;
  const seat = { provider, account, mode };
  const endpoint = stripeEndpoint({ id: 'crownstandard', ...seat, secrets });
  if (endpoint.isErr()) throw new Defect(`a secret of the webhook endpoint: ${endpoint.error.allowed}`);
  const { store, name } = crown.book;
  const intake = openBook<never>({
    store,
    name: `${name}-${intakeName(seat)}`,
    chart: noAccounts,
    clock: crown.clock,
  });
  const inbox = openInbox({
    ...seat,
    book: intake as Book,
    read: stripeWebhookReader(seat),
    targets: [inboxTarget(crown)],
    lookup: (query, signal) => crown.provider.lookup(query, signal),
  });
  return {
    inbox,
    intake,
    handlers: inbox.handlers,
    receive: async (webhook) => {
      const verified = verifyStripeWebhook(endpoint.value, { ...webhook, receivedAt: crown.clock() });
      if (verified.isErr()) return { status: 400, code: verified.error.code };
      const stored = await inbox.receive(verified.value);
      if (stored.isOk()) return { status: 200, code: 'stored' };
      return { status: 'fault' in stored.error ? 503 : 400, code: stored.error.code };
    },
  };
}
