import type { StripePeerControl } from './control.ts';
import { readWire, toWire } from './run-call.ts';

/** Gives the control of a peer that runs in another process, by its url. */
export function connectStripePeer(url: string): StripePeerControl {
  return new Proxy({} as StripePeerControl, {
    // A promise asks whatever it is given for `then`.
    get: (_, call) => (call === 'then' ? undefined : (...args: readonly unknown[]) => ask(url, String(call), args)),
  });
}

async function ask(url: string, call: string, args: readonly unknown[]): Promise<unknown> {
  const answer = await fetch(`${url}/_peer`, {
    method: 'POST',
    headers: { connection: 'close' },
    body: JSON.stringify(toWire({ call, args })),
  });
  const { result, failed } = readWire(await answer.text()) as { result?: unknown; failed?: string };
  if (failed !== undefined) throw new Error(`the peer refused ${call}: ${failed}`);
  return result;
}
