import type { Mode, Observation, WebhookReader } from '@holdfast/providers';
import { err, ok } from 'neverthrow';
import { parseStripeEvent, type StripeEvent } from './parse-stripe-event.ts';

/** Whose webhooks are read. */
export interface StripeReaderOptions {
  /** The provider's id; `stripe` where it is absent. */
  readonly provider?: string;
  readonly account: string;
  readonly mode: Mode;
}

/**
 * Makes the reader that an inbox reads Stripe's webhooks with. Where an event alone does not tell enough (a reversal among many, a
 * refunded charge, a dispute) its observation is `unrecognised`, which an inbox looks up instead of believing it. What a
 * connected account did with its own money does not concern ours and is left out.
 *
 * @source docs/rules/provider-stripe.md, ST-12
 */
export function stripeWebhookReader({ provider = 'stripe', account, mode }: StripeReaderOptions): WebhookReader {
  return ({ body }) => {
    const parsed = parseStripeEvent({ provider, account, mode, body });
    if (parsed.isErr()) {
      const why = 'field' in parsed.error ? parsed.error.field : 'reason' in parsed.error ? parsed.error.reason : '';
      return err({ code: 'delivery_unreadable', why: `${parsed.error.code} ${why}`.trim() });
    }
    const said = parsed.value;
    if (said.event !== 'observed') return ok([]);
    const seat = { provider, account, mode };
    return ok(
      [...said.observations.map((one) => doubted(one, said)), ...ofDispute(seat, said)].filter(
        (one) => one.account === account,
      ),
    );
  };
}

type Observed = Extract<StripeEvent, { event: 'observed' }>;

function doubted(observation: Observation, { lookUps }: Observed): Observation {
  const isPart = lookUps.some(({ object }) => object === observation.object);
  return isPart ? { ...observation, status: 'unrecognised' } : observation;
}

function ofDispute(
  seat: { readonly provider: string; readonly account: string; readonly mode: Mode },
  { dispute, createdAt }: Observed,
): readonly Observation[] {
  if (dispute === undefined) return [];
  const { id, object, amount, standing, rawStatus } = dispute;
  return [
    {
      ...seat,
      kind: 'collect',
      object,
      status: 'unrecognised',
      rawStatus: `dispute.${rawStatus}`,
      metadata: {},
      amount,
      returns: standing === 'lost' ? [{ id, amount, at: createdAt }] : [],
      createdAt,
    },
  ];
}
