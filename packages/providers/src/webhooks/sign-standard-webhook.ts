import { createHmac } from 'node:crypto';
import { Defect } from '@holdfast/kernel';
import { standardSecret } from './secret.ts';

/**
 * Signs a webhook by Standard Webhooks 1.0.0, scheme `v1`: what a simulated provider, a drill or a sender of our own puts into its headers.
 *
 * @param signing.event - The same each time the event is sent; without a dot.
 * @param signing.signedAtSeconds - Seconds since 1970; of this sending.
 * @returns The three headers.
 * @throws Defect where the secret is no `whsec_` one.
 * @source docs/rules/providers.md, W-5
 */
export function signStandardWebhook(signing: {
  readonly event: string;
  readonly signedAtSeconds: number;
  readonly body: Uint8Array;
  readonly secret: string;
}): { readonly 'webhook-id': string; readonly 'webhook-timestamp': string; readonly 'webhook-signature': string } {
  const { event, signedAtSeconds, body, secret } = signing;
  const read = standardSecret(secret);
  if (typeof read === 'string' || read.scheme !== 'hmac') throw new Defect('webhooks are signed with a whsec_ secret');
  const made = createHmac('sha256', read.key).update(`${event}.${signedAtSeconds}.`).update(body).digest('base64');
  return { 'webhook-id': event, 'webhook-timestamp': `${signedAtSeconds}`, 'webhook-signature': `v1,${made}` };
}
