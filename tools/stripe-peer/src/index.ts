export type { PeerErrorBody } from './answer.ts';
export { connectStripePeer } from './connect-stripe-peer.ts';
export type { PeerBookRow, RecordedRequest, StripePeerControl } from './control.ts';
export { type PeerWebhooks, signWebhook } from './deliver-webhooks.ts';
export type { Effect, PeerChances, PeerFault, PeerRule, SeededChances } from './faults.ts';
export type {
  PeerBalanceTransaction,
  PeerDispute,
  PeerEvent,
  PeerPaymentIntent,
  PeerPayout,
  PeerRefund,
  PeerReversal,
  PeerTransfer,
} from './objects.ts';
export { type SpawnedStripePeer, spawnStripePeer } from './spawn-stripe-peer.ts';
export { type StripePeer, type StripePeerOptions, startStripePeer } from './start-stripe-peer.ts';
export type { AccountStanding } from './state.ts';
