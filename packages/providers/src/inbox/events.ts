import type { FreeText, Instant, TextReference } from '@holdfast/kernel';
import type { Mode } from '../port/descriptor.ts';
import type { RoutingEnd } from './commands.ts';
import type { StoredBody } from './stored-body.ts';

/** A body on its way into the journal, or as it stands there. */
export type EventBody = Omit<StoredBody, 'parts'> & { readonly parts: readonly (FreeText | TextReference)[] };

/** An event was delivered for the first time. */
export interface DeliveryStored {
  readonly type: 'DeliveryStored';
  readonly event: string;
  readonly endpoint: string;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly signedAt?: Instant;
  readonly receivedAt: Instant;
  readonly kind: string;
  readonly digest: string;
  readonly headers: FreeText | TextReference;
  readonly body: EventBody;
  /** When it is to be routed. */
  readonly dueAt: Instant;
}

/** It was delivered again, with the same content. */
export interface DeliveryRepeated {
  readonly type: 'DeliveryRepeated';
  readonly receivedAt: Instant;
}

/** It was delivered again, with another content: neither is believed, and the provider is asked. */
export interface DeliveryContradicted {
  readonly type: 'DeliveryContradicted';
  readonly receivedAt: Instant;
  readonly digest: string;
  readonly body: EventBody;
  readonly dueAt: Instant;
}

/** A pass of routing came to an end. */
export interface DeliveryRouted {
  readonly type: 'DeliveryRouted';
  readonly end: RoutingEnd;
  /** When it is tried again, where it waits. */
  readonly nextTryAt?: Instant;
}

/** It is to be routed again. */
export interface DeliveryRetried {
  readonly type: 'DeliveryRetried';
  readonly dueAt: Instant;
}

/** It has not come to an end in time. */
export interface DeliveryAlarmed {
  readonly type: 'DeliveryAlarmed';
}

/** What happened to the deliveries of an event. */
export type DeliveryEvent =
  | DeliveryStored
  | DeliveryRepeated
  | DeliveryContradicted
  | DeliveryRouted
  | DeliveryRetried
  | DeliveryAlarmed;
