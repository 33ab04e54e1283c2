import type { Lookup, Observation, OperationPower, Send, SubmitOutcome } from '@holdfast/providers';
import { answerOf, inTime } from '../laws/expect.ts';
import { LawBroken } from '../laws/law.ts';
import type { ProviderTrial } from './provider-law.ts';

/** Submits, and breaks the law where that throws or hangs. */
export async function submitted({ provider }: ProviderTrial, send: Send, signal = going()): Promise<SubmitOutcome> {
  try {
    return await inTime(provider.submit(send, signal), 'a submit comes to an end');
  } catch (error) {
    if (error instanceof LawBroken) throw error;
    throw new LawBroken(`a submit does not throw, and threw ${error}`);
  }
}

/** Submits what must be accepted. */
export async function acceptedBy(trial: ProviderTrial, send: Send): Promise<Observation> {
  const outcome = await submitted(trial, send);
  if (outcome.outcome === 'accepted') return outcome.observation;
  throw new LawBroken(`a send without a fault is accepted, and was ${JSON.stringify(outcome)}`);
}

/** Looks up what must be answered. */
export async function lookedUpBy(trial: ProviderTrial, { operation }: Send): Promise<Lookup> {
  const { kind, reference } = operation;
  const since = trial.now();
  return answerOf(await trial.provider.lookup({ kind, reference, since }, going()), 'the look-up');
}

/** Gives what the provider promises of the kind of operation that the laws send. */
export function powerOf({ provider, operation, amount }: ProviderTrial): OperationPower {
  const { kind } = operation({ reference: 'law', amount, attempt: 1 });
  const power = provider.descriptor.operations[kind];
  if (power) return power;
  throw new LawBroken(`the descriptor names the kind of operation that the harness sends, ${kind}`);
}

/** Gives a signal that nobody aborts. */
export function going(): AbortSignal {
  return new AbortController().signal;
}
