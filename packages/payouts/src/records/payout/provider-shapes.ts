import {
  type ActionRequired,
  type Mode,
  type NotSent,
  type ObservedDispute,
  type ObservedStatus,
  operationKinds,
  type RejectionAdvice,
  type Unknown,
} from '@holdfast/providers';
import { z } from 'zod';
import { amountField, anyAmountField, instantField, nameField } from '../shape.ts';

const words = z.string().max(500);

/** The shape of what a provider says of one of its objects. */
export const observationShape = z.strictObject({
  provider: nameField,
  account: nameField,
  mode: oneOf<Mode>({ live: 1, sandbox: 1, simulated: 1 }),
  kind: z.enum(operationKinds),
  object: nameField,
  status: oneOf<ObservedStatus>({
    pending: 1,
    action_required: 1,
    succeeded: 1,
    failed: 1,
    cancelled: 1,
    unrecognised: 1,
  }),
  rawStatus: words,
  reference: words.optional(),
  metadata: z.record(z.string().max(100), words),
  amount: amountField,
  destination: words.optional(),
  returns: z
    .array(
      z.strictObject({
        id: nameField,
        amount: amountField,
        at: instantField,
        reference: words.optional(),
        metadata: z.record(z.string().max(100), words).optional(),
      }),
    )
    .max(1_000),
  disputes: z
    .array(
      z.strictObject({
        id: nameField,
        amount: amountField,
        standing: oneOf<ObservedDispute['standing']>({ open: 1, lost: 1, ended: 1 }),
        reason: words.optional(),
      }),
    )
    .max(100)
    .optional(),
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
    action: z.strictObject({
      kind: oneOf<ActionRequired['action']['kind']>({ redirect: 1, client_secret: 1, sign: 1 }),
      value: z.string().max(5_000),
    }),
    expiresAt: instantField.optional(),
    replayed: z.boolean(),
  }),
  z.strictObject({
    outcome: z.literal('rejected'),
    code: words,
    advice: oneOf<RejectionAdvice>({
      retry_later: 1,
      fund_platform: 1,
      fix_destination: 1,
      hold_payee: 1,
      close_provider: 1,
      stop: 1,
    }),
    kept: z.boolean(),
    replayed: z.boolean(),
    retryAt: instantField.optional(),
  }),
  z.strictObject({
    outcome: z.literal('not_sent'),
    reason: oneOf<NotSent['reason']>({
      name_not_found: 1,
      connection_refused: 1,
      handshake_failed: 1,
      breaker_open: 1,
      bulkhead_full: 1,
      not_capable: 1,
      given_up: 1,
    }),
    retryAt: instantField.optional(),
  }),
  z.strictObject({
    outcome: z.literal('unknown'),
    reason: oneOf<Unknown['reason']>({ silence: 1, server_error: 1, unreadable: 1, key_in_use: 1 }),
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

/** Takes every word of a union: the compiler misses the one that is left out here. */
function oneOf<Word extends string>(words: Readonly<Record<Word, 1>>) {
  return z.enum(Object.keys(words) as [Word, ...Word[]]);
}
