import type { Breaker } from '../breaker/breaker.ts';
import { breakerSettings } from '../breaker/settings.ts';
import { createBulkhead } from '../bulkhead/bulkhead.ts';
import type { Mode, OperationKind } from '../port/descriptor.ts';
import type { Provider } from '../port/provider.ts';
import { keepBreakers } from './breakers.ts';
import { guardRead } from './guard-read.ts';
import { guardSubmit } from './guard-submit.ts';
import { type GuardedCall, type GuardOptions, guardOptions } from './options.ts';

/** A provider behind a guard. It is used like the provider itself. */
export type GuardedProvider<M extends Mode = Mode> = Provider<M> & {
  /** The breaker of one call, for a page or to force it by hand; sends, look-ups and lists have one for each kind of operation. */
  breaker(call: GuardedCall, kind?: OperationKind): Breaker;
};

/**
 * Guards a provider: time-outs that close the socket, bulkheads and breakers for each call and kind of operation, and for reads a few retries.
 *
 * Nothing of it makes a payment safe, and nothing of it can make one unsafe: a send is called once or not at all, `not_sent` is said only where it was not
 * called, and every other answer is the provider's own or `unknown`. That holds whatever the breaker says.
 *
 * @throws Defect where an option cannot be.
 * @source docs/rules/providers.md, B-14, B-15
 * @example
 * {@includeCode ../../examples/receive-webhook.example.ts#guard}
 */
export function guardProvider<M extends Mode>(provider: Provider<M>, given: GuardOptions = {}): GuardedProvider<M> {
  const options = guardOptions(given);
  breakerSettings(options.breaker);
  const breakers = keepBreakers(options);
  const sending = { provider, breakers, options, bulkhead: createBulkhead(options.bulkhead) };
  const reading = { breakers, options, bulkhead: createBulkhead(options.bulkhead) };
  const guarded: GuardedProvider<M> = {
    // What marks a provider, such as a simulated one, stays on it.
    ...(Object.fromEntries(marksOf(provider)) as object),
    descriptor: provider.descriptor,
    encode: (operation) => provider.encode(operation),
    submit: (send, signal) => guardSubmit(sending, send, signal),
    lookup: (query, signal) => guardRead(reading, `lookup:${query.kind}`, (own) => provider.lookup(query, own), signal),
    listSince: (query, signal) =>
      guardRead(reading, `listSince:${query.kind}`, (own) => provider.listSince(query, own), signal),
    probe: (signal) => guardRead(reading, 'probe', (own) => provider.probe(own), signal),
    breaker: (call, kind) => breakers.of(kind === undefined ? call : `${call}:${kind}`),
  };
  const { quote } = provider;
  if (!quote) return guarded;
  return {
    ...guarded,
    quote: (operation, signal) => guardRead(reading, 'quote', (own) => quote.call(provider, operation, own), signal),
  };
}

function marksOf(provider: object): readonly (readonly [symbol, unknown])[] {
  return Object.getOwnPropertySymbols(provider).map((mark) => [mark, (provider as Record<symbol, unknown>)[mark]]);
}
