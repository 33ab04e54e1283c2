import type { ChangeEvent } from './change/events.ts';
import type { ClosingEvent } from './closing/events.ts';
import type { DefaultEvent } from './default/events.ts';
import type { DrawEvent } from './draws/events.ts';
import type { FoundingEvent } from './founding/events.ts';
import type { PaymentEvent } from './payments/events.ts';
import type { PrizeEvent } from './prizes/events.ts';

/** Any of the events of a scheme. */
export type ChitEvent =
  | FoundingEvent
  | DrawEvent
  | PaymentEvent
  | PrizeEvent
  | ClosingEvent
  | DefaultEvent
  | ChangeEvent;
