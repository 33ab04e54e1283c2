import { usd } from '@holdfast/money';
import {
  applyLookup,
  applyOutcome,
  createSimulatedProvider,
  openGate,
  sendAgain,
  simulatedDescriptor,
  startAttempt,
} from '@holdfast/providers';

//#region provider
const clock = () => '2026-03-07T10:00:00.000Z';
const { provider, peer, next } = createSimulatedProvider({ descriptor: simulatedDescriptor(), clock });
// The next answer is lost: the provider does it, and nobody hears.
next('lost_answer');
//#endregion provider

//#region send
const { id, account, mode } = provider.descriptor;
const gate = openGate({ provider: id, account, mode });
const operation = {
  kind: 'transfer',
  reference: 'booking-7',
  amount: usd('75'),
  destination: 'acct_ann',
  metadata: {},
} as const;
const plan = {
  book: 'main',
  payout: 'po-7',
  descriptor: provider.descriptor,
  operation,
  encode: provider.encode,
  gate,
  retriesLeft: 3,
};

// Store the attempt first, post what it says (owed → transit), and call only on a receipt that says `committed`.
export const started = startAttempt(plan, clock())._unsafeUnwrap();
const { signal } = new AbortController();
const outcome = await provider.submit(started.attempt, signal);
export const unknown = applyOutcome(started.attempt, { send: 1, outcome }, clock());
//#endregion send

//#region look
// Nothing may be sent again yet: nobody has looked.
export const tooSoon = sendAgain(unknown.attempt, { gate, eligible: true }, clock());

const query = { kind: 'transfer', reference: 'booking-7', since: started.attempt.intentAt } as const;
const lookup = (await provider.lookup(query, signal))._unsafeUnwrap();
export const { step: paid } = applyLookup(unknown.attempt, { lookup, lookedAt: clock() }, clock());
//#endregion look

export const moved = peer.objects();
