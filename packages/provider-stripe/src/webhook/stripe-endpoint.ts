import {
  defineEndpoint,
  type EndpointOptions,
  literalSecret,
  type SecretInvalid,
  type SecretKey,
  type WebhookEndpoint,
} from '@holdfast/providers';
import type { Result } from 'neverthrow';

/**
 * Defines an endpoint of Stripe's webhooks from its secrets: the whole text `whsec_…` is the key, as Stripe has it. While a
 * secret is rolled both are given, the old one with its end.
 *
 * @throws Defect where the id, the tolerance or an end is none.
 *
 * @errors
 * - `secret_invalid`: there is none, or one is not `whsec_` and at least ten characters without spaces.
 *
 * @source docs/rules/provider-stripe.md, ST-11
 */
export function stripeEndpoint(options: EndpointOptions): Result<WebhookEndpoint, SecretInvalid> {
  return defineEndpoint(options, stripeSecret);
}

function stripeSecret(secret: string): SecretKey | string {
  return secret.startsWith('whsec_') ? literalSecret(secret) : 'whsec_ and at least ten characters without spaces';
}
