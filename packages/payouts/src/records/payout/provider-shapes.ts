import { z } from 'zod';
import { amountField, anyAmountField, instantField, nameField } from '../shape.ts';

const words = z.string().max(500);
const kind = z.enum([
  'collect',
  'capture',
  'void',
  'refund',
  'transfer',
  'reverse_transfer',
  'payout',
  'cancel_payout',
]);

/** The shape of what a provider says of one of its objects. */
export const observationShape = z.strictObject({
  provider: nameField,
  account: nameField,
  mode: z.enum(['live', 'sandbox', 'simulated']),
  kind,
  object: nameField,
  status: z.enum(['pending', 'action_required', 'succeeded', 'failed', 'cancelled', 'unrecognised']),
  rawStatus: words,
  reference: words.optional(),
  metadata: z.record(z.string().max(100), words),
  amount: amountField,
  destination: words.optional(),
  returns: z
    .array(z.strictObject({ id: nameField, amount: amountField, at: instantField, reference: words.optional() }))
    .max(1_000),
  fee: anyAmountField.optional(),
  failure: words.optional(),
  createdAt: instantField,
});

/** The shape of how a send ended. */
export const outcomeShape = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('accepted'), observation: observationShape, replayed: z.boolean() }),
  z.strictObject({
    outcome: z.literal('action_required'),
    observation: observationShape,
    action: z.strictObject({ kind: z.enum(['redirect', 'client_secret', 'sign']), value: z.string().max(5_000) }),
    expiresAt: instantField.optional(),
    replayed: z.boolean(),
  }),
  z.strictObject({
    outcome: z.literal('rejected'),
    code: words,
    advice: z.enum(['retry_later', 'fund_platform', 'fix_destination', 'hold_payee', 'close_provider', 'stop']),
    kept: z.boolean(),
    replayed: z.boolean(),
    retryAt: instantField.optional(),
  }),
  z.strictObject({
    outcome: z.literal('not_sent'),
    reason: z.enum([
      'name_not_found',
      'connection_refused',
      'handshake_failed',
      'breaker_open',
      'bulkhead_full',
      'not_capable',
    ]),
    retryAt: instantField.optional(),
  }),
  z.strictObject({
    outcome: z.literal('unknown'),
    reason: z.enum(['silence', 'server_error', 'unreadable', 'key_in_use']),
    detail: words,
  }),
  z.strictObject({
    outcome: z.literal('conflict'),
    field: words,
    expected: words,
    got: words,
    observation: observationShape.optional(),
  }),
]);
