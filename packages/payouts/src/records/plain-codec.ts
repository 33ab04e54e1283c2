import type { Codec, DomainEvent, Json } from '@holdfast/kernel';

/** Makes the codec of records whose states and events are plain data with amounts, all in version 1. */
export function plainCodec<State, Event extends DomainEvent>(): Codec<State, Event> {
  return {
    encodeState: (state) => state as unknown as Json,
    decodeState: (json) => json as unknown as State,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as unknown as Event,
  };
}
