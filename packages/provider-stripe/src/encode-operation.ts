import type { Operation, OperationKind } from '@holdfast/providers';
import { type FormFields, writeForm } from './form.ts';
import { toStripeAmount } from './stripe-amount.ts';

/** Further parameters of an operation, by their flat names: `payment_method`, `confirm`, `description`, `method`. */
export type MoreParameters = (operation: Operation) => FormFields;

/**
 * Writes the body of a send: the same operation gives the same bytes.
 *
 * What Stripe cannot do gives a body all the same; {@link problemOf} says so before anything is sent.
 *
 * @source docs/rules/provider-stripe.md, ST-1
 */
export function encodeOperation(operation: Operation, more: MoreParameters): string {
  return writeForm({ ...more(operation), ...ownFields(operation) });
}

/** Gives the path of an operation. */
export function pathOf({ kind, object = '' }: Operation): string {
  switch (kind) {
    case 'collect':
      return '/v1/payment_intents';
    case 'capture':
      return `/v1/payment_intents/${object}/capture`;
    case 'void':
      return `/v1/payment_intents/${object}/cancel`;
    case 'refund':
      return '/v1/refunds';
    case 'transfer':
      return '/v1/transfers';
    case 'reverse_transfer':
      return `/v1/transfers/${object}/reversals`;
    case 'payout':
      return '/v1/payouts';
    case 'cancel_payout':
      return `/v1/payouts/${object}/cancel`;
  }
}

/**
 * Says why Stripe can never do an operation as asked.
 *
 * @returns A code and a sentence, or nothing where it can be sent.
 * @source docs/rules/provider-stripe.md, ST-3
 */
export function problemOf(operation: Operation): { readonly code: string; readonly why: string } | undefined {
  const amount = toStripeAmount(operation.amount, operation.kind);
  if (!undoes.has(operation.kind) && 'why' in amount) return { code: 'amount_not_payable', why: amount.why };
  if (needsObject.has(operation.kind) && !isStripeId(operation.object)) {
    return { code: 'object_invalid', why: `a ${operation.kind} names Stripe's object` };
  }
  if (operation.kind === 'transfer' && !isStripeId(operation.destination)) {
    return { code: 'destination_invalid', why: 'a transfer names an account of Stripe' };
  }
  const metadata = Object.entries(withReference(operation));
  const fits =
    metadata.length <= 50 &&
    metadata.every(([name, value]) => /^[^[\]]{1,40}$/.test(name) && value.length > 0 && value.length <= 500);
  if (!fits) return { code: 'metadata_invalid', why: 'Stripe keeps 50 names of 40 characters with values of 500' };
  return undefined;
}

/** Tells whether a text can be the name of an object at Stripe. */
export function isStripeId(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_]{1,255}$/.test(text);
}

const undoes: ReadonlySet<OperationKind> = new Set(['void', 'cancel_payout']);
const needsObject: ReadonlySet<OperationKind> = new Set([
  'capture',
  'void',
  'refund',
  'reverse_transfer',
  'cancel_payout',
]);

function ownFields(operation: Operation): FormFields {
  const amount = toStripeAmount(operation.amount, operation.kind);
  const counted = 'text' in amount ? amount.text : '';
  const currency = operation.amount.currency.code.toLowerCase();
  switch (operation.kind) {
    case 'collect':
      return { amount: counted, currency, transfer_group: operation.reference, ...metadataFields(operation) };
    // Metadata on these would overwrite that of the object itself, and with it our reference.
    case 'capture':
      return { amount_to_capture: counted };
    case 'void':
    case 'cancel_payout':
      return {};
    case 'refund': {
      const object = operation.object ?? '';
      return {
        amount: counted,
        [object.startsWith('ch_') ? 'charge' : 'payment_intent']: object,
        ...metadataFields(operation),
      };
    }
    case 'transfer':
      return {
        amount: counted,
        currency,
        destination: operation.destination ?? '',
        transfer_group: operation.reference,
        ...metadataFields(operation),
      };
    case 'reverse_transfer':
      return { amount: counted, ...metadataFields(operation) };
    case 'payout':
      return {
        amount: counted,
        currency,
        ...(operation.destination === undefined ? {} : { destination: operation.destination }),
        ...metadataFields(operation),
      };
  }
}

function metadataFields(operation: Operation): FormFields {
  return Object.fromEntries(
    Object.entries(withReference(operation)).map(([name, value]) => [`metadata[${name}]`, value]),
  );
}

function withReference({ metadata, reference }: Operation): FormFields {
  return { ...metadata, reference };
}
