import type { PeerEvent } from '../objects.ts';
import { nextId, type PeerState, put, seconds } from '../state.ts';

/** The version of the API whose objects the peer imitates. */
export const apiVersion = '2026-10-28.endive';

/** Makes an event of what happened to an object, as it is now. */
export function emit(state: PeerState, type: PeerEvent['type'], object: unknown): void {
  const made: PeerEvent = {
    id: nextId(state, 'event', 'evt'),
    object: 'event',
    type,
    api_version: apiVersion,
    created: seconds(state),
    livemode: state.livemode,
    pending_webhooks: 1,
    request: { id: state.request.id, idempotency_key: state.request.key },
    data: { object: structuredClone(object) },
  };
  put(state, 'event', made);
  state.onEvent(made);
}
