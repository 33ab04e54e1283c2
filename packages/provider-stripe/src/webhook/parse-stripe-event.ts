import type { Instant } from '@holdfast/kernel';
import { type Observation, type OperationKind, readJson, type VerifiedDelivery } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { z } from 'zod';
import { disputeOf, type StripeDispute } from '../dispute-of.ts';
import { charge, dispute, event, type refund, thinEvent, transfer } from '../objects.ts';
import { observe, referenceOf, type Seat } from '../observe.ts';
import { redact } from '../redact.ts';
import { fieldOf } from '../send.ts';
import { fromStripeAmount } from '../stripe-amount.ts';
import type { StripeEventRefusal } from './refusals.ts';

/** An object to be looked up, because the event alone does not tell enough. */
export interface StripeLookUp {
  readonly kind: OperationKind;
  readonly object: string;
}

/** What a webhook of Stripe's says. */
export type StripeEvent =
  | {
      readonly event: 'observed';
      readonly id: string;
      readonly type: string;
      readonly createdAt: Instant;
      readonly observations: readonly Observation[];
      readonly lookUps: readonly StripeLookUp[];
      readonly dispute?: StripeDispute;
    }
  /** A notification that names an object and does not carry it; nothing that it names is fetched. */
  | {
      readonly event: 'thin';
      readonly id: string;
      readonly type: string;
      readonly related?: { readonly id: string; readonly type: string };
    }
  /** An event that moves nothing of ours: to be acknowledged and counted. */
  | { readonly event: 'ignored'; readonly id: string; readonly type: string };

/**
 * Reads a verified webhook of Stripe's as observations, the same ones that a look-up gives.
 *
 * @errors
 * - `json_unreadable`: the body is no JSON that can be read in one way only.
 * - `stripe_event_unreadable`: it is no event, or its object is not what its type says.
 * - `stripe_mode_mismatch`: it is of the other mode than its endpoint.
 *
 * @source docs/rules/provider-stripe.md, ST-6, ST-12
 */
export function parseStripeEvent(
  delivery: Pick<VerifiedDelivery, 'provider' | 'account' | 'mode' | 'body'>,
): Result<StripeEvent, StripeEventRefusal> {
  const json = readJson(delivery.body);
  if (json.isErr()) return err(json.error);
  if (fieldOf(json.value, 'object') === 'v2.core.event') return parseThin(json.value);
  const parsed = event.safeParse(json.value);
  if (!parsed.success) return err(unreadableEvent(parsed.error));
  const { id, type, created, livemode, account, data } = parsed.data;
  if (livemode !== (delivery.mode === 'live')) {
    return err({ code: 'stripe_mode_mismatch', expected: delivery.mode, livemode });
  }
  const seat = { provider: delivery.provider, account: account ?? delivery.account, mode: delivery.mode };
  const told = tell(seat, type, data.object);
  if (told === undefined) return ok({ event: 'ignored', id, type });
  if ('unreadable' in told) return err({ code: 'stripe_event_unreadable', field: told.unreadable });
  // Nothing below refuses.
  return ok({ event: 'observed', id, type, createdAt: created, lookUps: [], ...told });
}

function parseThin(json: unknown): Result<StripeEvent, StripeEventRefusal> {
  const parsed = thinEvent.safeParse(json);
  if (!parsed.success) return err(unreadableEvent(parsed.error));
  const { id, type, related_object: related } = parsed.data;
  return ok({ event: 'thin', id, type, ...(related ? { related } : {}) });
}

type Told =
  | {
      readonly observations: readonly Observation[];
      readonly lookUps?: readonly StripeLookUp[];
      readonly dispute?: StripeDispute;
    }
  | { readonly unreadable: string };

function tell(seat: Seat, type: string, object: unknown): Told | undefined {
  if (type.startsWith('payment_intent.')) return tellOf(seat, 'collect', object);
  if (type.startsWith('refund.') || type === 'charge.refund.updated') return tellOf(seat, 'refund', object);
  if (type.startsWith('transfer.')) return tellTransfer(seat, object);
  if (type.startsWith('payout.')) return tellOf(seat, 'payout', object);
  if (type === 'charge.refunded') return tellCharge(seat, object);
  if (type.startsWith('charge.dispute.')) return tellDispute(object);
  return undefined;
}

function tellOf(seat: Seat, kind: OperationKind, object: unknown): Told {
  const reading = observe(seat, kind, object);
  return 'unreadable' in reading ? reading : { observations: [reading.observation] };
}

function tellTransfer(seat: Seat, object: unknown): Told {
  const told = tellOf(seat, 'transfer', object);
  const parsed = transfer.safeParse(object);
  if ('unreadable' in told || !parsed.success) return told;
  const { id, amount_reversed: reversed, reversals } = parsed.data;
  const isWhole = reversed === 0 || reversals?.has_more === false;
  return isWhole ? told : { ...told, lookUps: [{ kind: 'transfer', object: id }] };
}

/** A refunded charge says how much went back in all; single refunds are posted by their own names. */
function tellCharge(seat: Seat, object: unknown): Told {
  const parsed = charge.safeParse(object);
  if (!parsed.success) return { unreadable: issueOf(parsed.error) };
  const one = parsed.data;
  const amount = fromStripeAmount(one.amount_captured ?? one.amount, one.currency);
  if (amount === undefined) return { unreadable: 'amount: cannot be read exactly' };
  const on = one.payment_intent ?? one.id;
  const listed = one.refunds?.has_more === false ? one.refunds.data.filter(({ status }) => status === 'succeeded') : [];
  const returns = listed.flatMap((row: z.infer<typeof refund>) => {
    const back = fromStripeAmount(row.amount, row.currency);
    return back === undefined ? [] : [{ id: row.id, amount: back, at: row.created, ...referenceOf(row) }];
  });
  const observation: Observation = {
    ...seat,
    kind: 'collect',
    object: on,
    status: 'succeeded',
    rawStatus: one.amount_refunded < one.amount ? 'partially_refunded' : 'refunded',
    ...referenceOf(one),
    metadata: one.metadata,
    amount,
    returns,
    createdAt: one.created,
  };
  return { observations: [observation], lookUps: [{ kind: 'refund', object: on }] };
}

function tellDispute(object: unknown): Told {
  const parsed = dispute.safeParse(object);
  if (!parsed.success) return { unreadable: issueOf(parsed.error) };
  const said = disputeOf(parsed.data);
  if (said === undefined) return { unreadable: 'amount or charge: cannot be read' };
  // The dispute's amount is not the payment's, so how the payment stands is looked up.
  return { observations: [], lookUps: [{ kind: 'collect', object: said.object }], dispute: said };
}

function unreadableEvent(error: z.ZodError): StripeEventRefusal {
  return { code: 'stripe_event_unreadable', field: issueOf(error) };
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return redact(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
