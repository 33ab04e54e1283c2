/**
 * What can go wrong with one send to the simulated provider.
 *
 * @source docs/rules/providers.md, SP-3
 */
export type SimulatedFault =
  /** No byte arrives. */
  | 'connection_refused'
  /** The request is lost on its way, and nobody can tell. */
  | 'lost_request'
  /** Refused before the idempotency layer, so nothing is kept: 429, 401, 400, a gateway's 502, 409. */
  | 'throttled'
  | 'bad_credentials'
  | 'malformed'
  | 'gateway_error'
  | 'key_in_use'
  /** A no that is kept under the key. */
  | 'declined'
  | 'bad_destination'
  | 'payee_restricted'
  /** A 500 that is kept under the key: without effect, with it, or repaired later. */
  | 'server_error'
  | 'server_error_done'
  | 'server_error_repaired'
  /** Executed, but the answer does not arrive, or cannot be read. */
  | 'lost_answer'
  | 'unreadable'
  /** Executed otherwise than asked for: one minor unit less, or to somebody else. */
  | 'other_amount'
  | 'other_destination';

/** Every fault, for those who go through all of them. */
export const simulatedFaults: readonly SimulatedFault[] = [
  'connection_refused',
  'lost_request',
  'throttled',
  'bad_credentials',
  'malformed',
  'gateway_error',
  'key_in_use',
  'declined',
  'bad_destination',
  'payee_restricted',
  'server_error',
  'server_error_done',
  'server_error_repaired',
  'lost_answer',
  'unreadable',
  'other_amount',
  'other_destination',
];
