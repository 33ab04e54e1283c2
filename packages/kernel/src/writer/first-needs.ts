import { recordKey } from '../account.ts';
import type { Seen } from '../decider.ts';
import { genesis } from '../head.ts';
import { NeedsCollector } from '../known.ts';
import type { Request } from '../request.ts';
import type { Needs } from '../store.ts';

/** Gives what requests need before anything is loaded: their keys, their records, and what their deciders name unseen. */
export function firstNeeds(requests: readonly Request[]): Needs {
  const needs = new NeedsCollector();
  for (const request of requests) {
    needs.keys.add(request.key);
    for (const { decider, id, parsed } of request.asks) {
      if (parsed.isErr()) continue;
      if (decider.keeps === 'record') needs.records.add(recordKey(decider.kind, id));
      needs.addAll(askUnseen(request, decider, id, parsed.value));
    }
  }
  return needs.collected();
}

function askUnseen(
  request: Request,
  decider: Request['asks'][number]['decider'],
  id: string,
  command: Parameters<typeof decider.needs>[0],
): Partial<Needs> {
  try {
    return decider.needs(command, { id, at: request.at, actor: request.actor }, NOTHING_SEEN);
  } catch {
    // A decider that throws is a defect of its own request: evaluate meets it again, alone.
    return {};
  }
}

const NOTHING_SEEN: Seen = {
  record: () => undefined,
  recordOf: () => undefined,
  balance: () => 0n,
  account: () => undefined,
  claim: () => undefined,
  book: () => genesis,
};
