import { err, ok, type Result } from 'neverthrow';
import type { Send } from '../port/operation.ts';
import type { SubmitOutcome } from '../port/outcome.ts';
import type { Lookup, Provider, ProviderFault } from '../port/provider.ts';
import { markSimulated } from '../registry/simulated-mark.ts';
import type { SimulatedFault } from './simulated-fault.ts';
import { SimulatedPeer, type SimulatedPeerOptions, simulatedBody } from './simulated-peer.ts';

/** A simulated provider, from both sides. */
export interface SimulatedProvider {
  readonly provider: Provider<'simulated'>;
  /** The other side: its own book, and what happens there without us. */
  readonly peer: SimulatedPeer;
  /** Lets a fault happen to the next send that has none yet; several are used up in order, one for each send. */
  next(...faults: readonly SimulatedFault[]): void;
}

/** One trip over the simulated wire. */
export interface SimulatedTrip {
  readonly call: 'submit' | 'lookup' | 'listSince' | 'probe';
  /** Whether the request is on its way, or the answer. */
  readonly leg: 'request' | 'answer';
}

/** How a simulated provider behaves. */
export interface SimulatedProviderOptions extends SimulatedPeerOptions {
  /** Draws a fault for each send for which none was scripted. */
  readonly faults?: () => SimulatedFault | undefined;
  /** What every trip over the wire waits for; one that throws loses what is under way. Not at all where it is absent. */
  readonly wire?: (trip: SimulatedTrip, signal: AbortSignal) => Promise<void>;
  /** How many objects a page of a list has; 100 where it is absent. */
  readonly pageSize?: number;
}

/**
 * Makes a provider with a book of its own in this process. Its mode is `simulated`, by type and at run time, and it carries a mark, so no registry of live providers takes it.
 *
 * The same clock, faults and calls give the same answers.
 *
 * @source docs/rules/providers.md, SP-1, SP-2, SP-3, SP-4
 * @example
 * {@includeCode ../../examples/send-once.example.ts#provider}
 */
export function createSimulatedProvider(options: SimulatedProviderOptions): SimulatedProvider {
  const peer = new SimulatedPeer(options);
  const scripted: SimulatedFault[] = [];
  const provider = markSimulated<Provider<'simulated'>>({
    descriptor: options.descriptor,
    encode: simulatedBody,
    submit: (send, signal) =>
      submit(options, peer, { send, draw: () => scripted.shift() ?? options.faults?.() }, signal),
    lookup: ({ kind, reference }, signal) =>
      travel(options, 'lookup', signal, (): Lookup => {
        const power = options.descriptor.operations[kind];
        const consistency = power?.lookup.consistency ?? 'none';
        const found = consistency === 'none' ? [] : peer.find(kind, reference);
        if (found.length > 0) return { found };
        const conclusive = consistency === 'strong';
        return { found: [], conclusive, why: conclusive ? 'Every page was read.' : `The look-up is ${consistency}.` };
      }),
    listSince: ({ kind, from, to, cursor }, signal) =>
      travel(options, 'listSince', signal, () => {
        const { pageSize = 100 } = options;
        const start = Number(cursor ?? '0');
        const all = peer.list(kind, from, to);
        const observations = all.slice(start, start + pageSize);
        const next = start + pageSize;
        return next < all.length ? { observations, next: `${next}` } : { observations };
      }),
    probe: (signal) => travel(options, 'probe', signal, () => ({ at: options.clock() })),
  });
  return { provider, peer, next: (...faults) => void scripted.push(...faults) };
}

async function submit(
  { wire, descriptor }: SimulatedProviderOptions,
  peer: SimulatedPeer,
  { send, draw }: { readonly send: Send; readonly draw: () => SimulatedFault | undefined },
  signal: AbortSignal,
): Promise<SubmitOutcome> {
  if (!descriptor.operations[send.operation.kind]) return { outcome: 'not_sent', reason: 'not_capable' };
  if (signal.aborted) return { outcome: 'not_sent', reason: 'given_up' };
  const fault = draw();
  try {
    await wire?.({ call: 'submit', leg: 'request' }, signal);
    const answer = peer.receive(send, fault);
    await wire?.({ call: 'submit', leg: 'answer' }, signal);
    return answer;
  } catch (error) {
    return { outcome: 'unknown', reason: 'silence', detail: `${error}` };
  }
}

async function travel<Answer>(
  { wire }: SimulatedProviderOptions,
  call: SimulatedTrip['call'],
  signal: AbortSignal,
  answer: () => Answer,
): Promise<Result<Answer, ProviderFault>> {
  const failed = (message: string) =>
    err({ fault: true, code: 'provider_unavailable', message, retryable: true, effect: 'none' } as const);
  if (signal.aborted) return failed('Given up before it was sent.');
  try {
    await wire?.({ call, leg: 'request' }, signal);
    const given = answer();
    await wire?.({ call, leg: 'answer' }, signal);
    return ok(given);
  } catch (error) {
    return failed(`${error}`);
  }
}
