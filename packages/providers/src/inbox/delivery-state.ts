import type { Instant, TextReference } from '@holdfast/kernel';
import type { Mode } from '../port/descriptor.ts';
import type { StoredBody } from './stored-body.ts';

/**
 * Where the deliveries of an event stand.
 *
 * `due`: to be routed at once. `unmatched`: no book knows what it is of; tried again. `look_up`: the provider is asked how its object really stands;
 * scheduled. `applied`: done. `ignored`: nothing in it concerns us. `poison`: waits for somebody to mend what is wrong.
 */
export type DeliveryStatus = 'due' | 'unmatched' | 'look_up' | 'applied' | 'ignored' | 'poison';

/** Another body under the same event. */
export interface OtherBody {
  readonly receivedAt: Instant;
  readonly digest: string;
  readonly body: StoredBody;
}

/** All deliveries of one event, by one account of one provider. */
export interface Delivery {
  readonly status: DeliveryStatus;
  /** The provider's name of the event. */
  readonly event: string;
  readonly endpoint: string;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly signedAt?: Instant;
  /** The first time. */
  readonly receivedAt: Instant;
  /** How often it came. */
  readonly times: number;
  readonly type: string;
  readonly digest: string;
  readonly headers: TextReference;
  readonly body: StoredBody;
  /** Bodies that contradict the first one; five at most are kept. */
  readonly others: readonly OtherBody[];
  /** Whether the provider has to be asked instead of believing what the body says. */
  readonly byLookup: boolean;
  /** Passes of routing so far. */
  readonly tries: number;
  /** When it is routed next: a task of the book; none where it has come to an end, or waits for somebody. */
  readonly nextTryAt?: Instant;
  /** Why it stands as it stands. */
  readonly why?: string;
  /** The provider's objects that it is of, where it could be read. */
  readonly objects: readonly string[];
  /** The books that it was applied to. */
  readonly books: readonly string[];
  /** Whether somebody was told that it has not come to an end in time. */
  readonly alarmed: boolean;
}
