import type { Duration, Instant } from '@holdfast/kernel';
import { Defect, isId, isInstant, minutes, show } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { Mode } from '../port/descriptor.ts';
import type { SecretInvalid } from './refusals.ts';
import type { SecretKey, SecretReader } from './secret.ts';

/** A secret of an endpoint, as the provider shows it. While a secret is exchanged both are given, the old one with its end. */
export interface EndpointSecret {
  readonly secret: string;
  /** From this instant on it is not believed any more. Absent: until it is taken out. */
  readonly endsAt?: Instant;
}

/** What an endpoint is defined with. */
export interface EndpointOptions {
  /** Names the endpoint; its secrets are its own and open no other. */
  readonly id: string;
  /** Whose webhooks arrive here. */
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly secrets: readonly EndpointSecret[];
  /** How far the signed instant may lie from ours, both ways: from a second to an hour; five minutes where it is absent. */
  readonly tolerance?: Duration;
}

/** A place at which one account of one provider delivers its webhooks. Printing it shows no secret. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly toleranceMs: number;
  readonly keys: readonly SecretKey[];
}

/**
 * Defines an endpoint from its secrets, each checked before anything arrives.
 *
 * @param read - How the scheme makes a key of a secret, such as `standardSecret` or `literalSecret`.
 * @throws Defect where the id, the tolerance or an end is none: that is a mistake of the program and not of a secret.
 *
 * @errors
 * - `secret_invalid`: names the first secret that cannot be one; there must be one to ten.
 *
 * @source docs/rules/providers.md, W-1, W-2
 */
export function defineEndpoint(options: EndpointOptions, read: SecretReader): Result<WebhookEndpoint, SecretInvalid> {
  const { id, provider, account, mode, secrets, tolerance = minutes(5) } = options;
  if (!isId(id)) throw new Defect(`the id of a webhook endpoint is an id, not ${show(id)}`);
  if (!Number.isInteger(tolerance.ms) || tolerance.ms < 1_000 || tolerance.ms > 3_600_000)
    throw new Defect(
      `a tolerance is from a second to an hour, not ${show(tolerance.ms)} ms: without one, a delivery could be replayed`,
    );
  if (!Array.isArray(secrets) || secrets.length < 1 || secrets.length > MOST_SECRETS)
    return err({ code: 'secret_invalid', field: 'secrets', allowed: `a list of 1 to ${MOST_SECRETS} secrets` });
  const keys: SecretKey[] = [];
  for (const [index, given] of secrets.entries()) {
    const { secret, endsAt } = (given ?? {}) as Partial<EndpointSecret>;
    if (endsAt !== undefined && !isInstant(endsAt))
      throw new Defect(`secrets[${index}].endsAt is an instant, not ${show(endsAt)}`);
    const key = typeof secret === 'string' ? read(secret) : 'the text of a secret';
    if (typeof key === 'string')
      return err({ code: 'secret_invalid', field: `secrets[${index}].secret`, allowed: key });
    keys.push(endsAt === undefined ? key : { ...key, endsAt });
  }
  return ok({ id, provider, account, mode, toleranceMs: tolerance.ms, keys });
}

const MOST_SECRETS = 10;
