import { Defect, type Instant, instantAt } from '@holdfast/kernel';
import type { Provider, SubmitOutcome } from '@holdfast/providers';
import { err, ok } from 'neverthrow';
import type { StripeClient } from './client.ts';
import { countSends } from './count-sends.ts';
import { describeStripe } from './descriptor.ts';
import { encodeOperation, isStripeId, type MoreParameters, pathOf, problemOf } from './encode-operation.ts';
import { readForm } from './form.ts';
import { judgeAnswer } from './judge-answer.ts';
import { listSince } from './list-since.ts';
import { lookUp } from './look-up.ts';
import type { Seat } from './observe.ts';
import { type Reader, readStripe, unreadable } from './read-stripe.ts';
import { callStripe, fieldOf } from './send.ts';

/** How Stripe is reached, and as whom. */
export interface StripeProviderOptions<M extends 'live' | 'sandbox'> {
  /** The host's own client, `new Stripe(key)`; its key decides whose money moves. */
  readonly stripe: StripeClient;
  /** The account that the key is of, such as `acct_…`. Absence proves nothing until Stripe has confirmed it. */
  readonly account: string;
  /** The mode that the key is of. What comes back of the other one is a conflict. */
  readonly mode: M;
  /** Names the provider; `stripe` where it is absent. */
  readonly id?: string;
  /** How long a socket may be silent, in milliseconds; 30,000 where it is absent, 60,000 at most. The signal ends a call earlier. */
  readonly timeoutMs?: number;
  /** Further parameters of an operation. Has to be pure: what it gives is stored with the attempt. Ours win. */
  readonly parameters?: MoreParameters;
  /** Gives the present instant; the process's clock where it is absent. */
  readonly clock?: () => Instant;
}

/**
 * Makes the provider that moves money through Stripe: payment intents, captures, voids, refunds, transfers, reversals and
 * payouts. Sends under one key and never again by itself; every answer is told as an outcome, and nothing throws.
 *
 * @throws Defect where the account or the time-out is none: a mistake of the program.
 * @source docs/rules/provider-stripe.md, ST-1 to ST-10
 */
export function createStripeProvider<M extends 'live' | 'sandbox'>(options: StripeProviderOptions<M>): Provider<M> {
  const { stripe, account, mode, id = 'stripe', timeoutMs = 30_000 } = options;
  const { parameters = () => ({}), clock = () => instantAt(Date.now()) } = options;
  if (!isStripeId(account)) throw new Defect('account names an account of Stripe, such as acct_1032D82eZvKYlo2C');
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 60_000) {
    throw new Defect('timeoutMs is from 1 to 60,000: a longer silence would outlast the in-flight horizon');
  }
  const seat: Seat = { provider: id, account, mode };
  const reader = (signal: AbortSignal): Reader => ({ stripe, timeoutMs, signal });
  const isOurs = seatConfirmation(seat);
  const counter = countSends(stripe);
  return {
    descriptor: describeStripe({ id, account, mode }),
    encode: (operation) => encodeOperation(operation, parameters),
    async submit({ operation, key, body }, signal): Promise<SubmitOutcome> {
      const problem = problemOf(operation) ?? problemOfKey(key);
      if (problem !== undefined) {
        return { outcome: 'rejected', code: problem.code, advice: 'stop', kept: false, replayed: false };
      }
      const fields = readForm(body);
      // Other bytes than the stored ones must not go out under the key, not even equal parameters.
      if (fields === undefined) return { outcome: 'not_sent', reason: 'not_capable' };
      if (signal.aborted) return { outcome: 'not_sent', reason: 'given_up' };
      const path = pathOf(operation);
      const counted = counter.begin(key);
      const answer = await callStripe(stripe, { method: 'POST', path, fields, key, timeoutMs, signal });
      counted.end();
      return judgeAnswer({ answer, sends: counted.sends() }, { seat, operation, receivedAt: clock() });
    },
    lookup: (query, signal) => lookUp(reader(signal), seat, query, () => isOurs(reader(signal))),
    listSince: (query, signal) => listSince(reader(signal), seat, query),
    async probe(signal) {
      const read = await readStripe(reader(signal), '/v1/balance');
      if (read.isErr()) return err(read.error);
      return fieldOf(read.value, 'object') === 'balance'
        ? ok({ at: clock() })
        : err(unreadable('no balance came back'));
    },
  };
}

function problemOfKey(key: string): { readonly code: string } | undefined {
  return /^[\x21-\x7e]{1,255}$/.test(key) ? undefined : { code: 'key_invalid' };
}

/** Asks Stripe once whose key it is. What was confirmed stays so: a client's key does not change. */
function seatConfirmation({ account, mode }: Seat) {
  let confirmed = false;
  return async (reader: Reader): Promise<{ readonly ours: true } | { readonly ours: false; readonly why: string }> => {
    if (confirmed) return { ours: true };
    const [who, balance] = [await readStripe(reader, '/v1/account'), await readStripe(reader, '/v1/balance')];
    if (who.isErr() || balance.isErr()) return { ours: false, why: 'Stripe did not say whose key it is' };
    if (fieldOf(who.value, 'id') !== account) return { ours: false, why: 'the key is of another account' };
    if (fieldOf(balance.value, 'livemode') !== (mode === 'live'))
      return { ours: false, why: 'the key is of the other mode' };
    confirmed = true;
    return { ours: true };
  };
}
