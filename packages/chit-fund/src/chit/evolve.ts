import { Defect } from '@holdfast/kernel';
import type { ChangeEvent } from './change/events.ts';
import { evolveChange } from './change/evolve.ts';
import type { ClosingEvent } from './closing/events.ts';
import { evolveClosing } from './closing/evolve.ts';
import type { DefaultEvent } from './default/events.ts';
import { evolveDefault } from './default/evolve.ts';
import type { DrawEvent } from './draws/events.ts';
import { evolveDraws } from './draws/evolve.ts';
import type { ChitEvent } from './events.ts';
import type { FoundingEvent } from './founding/events.ts';
import { evolveFounding } from './founding/evolve.ts';
import type { PaymentEvent } from './payments/events.ts';
import { evolvePayments } from './payments/evolve.ts';
import type { PrizeEvent } from './prizes/events.ts';
import { evolvePrizes } from './prizes/evolve.ts';
import type { Chit } from './state.ts';

/** Folds an event of a scheme into its state. */
export function evolveChit(state: Chit | undefined, event: ChitEvent): Chit {
  const group = GROUPS[event.type];
  if (group === 'founding') return evolveFounding(state, event as FoundingEvent);
  if (!state) throw new Defect(`${event.type} of a scheme that was never drafted`);
  switch (group) {
    case 'draws':
      return evolveDraws(state, event as DrawEvent);
    case 'payments':
      return evolvePayments(state, event as PaymentEvent);
    case 'prizes':
      return evolvePrizes(state, event as PrizeEvent);
    case 'closing':
      return evolveClosing(state, event as ClosingEvent);
    case 'default':
      return evolveDefault(state, event as DefaultEvent);
    case 'change':
      return evolveChange(state, event as ChangeEvent);
  }
}

type EventGroup = 'founding' | 'draws' | 'payments' | 'prizes' | 'closing' | 'default' | 'change';

const GROUPS: { readonly [Type in ChitEvent['type']]: EventGroup } = {
  SchemeDrafted: 'founding',
  DraftRevised: 'founding',
  SchemeSubmitted: 'founding',
  SchemeRejected: 'founding',
  SchemeSanctioned: 'founding',
  SanctionExtended: 'founding',
  SanctionLapsed: 'founding',
  SchemeRegistered: 'founding',
  TicketEnrolled: 'founding',
  EnrolmentWithdrawn: 'founding',
  SubscribedDeclared: 'founding',
  SchemeCommenced: 'founding',
  DrawOpened: 'draws',
  BidPlaced: 'draws',
  BidCommitted: 'draws',
  BidRevealed: 'draws',
  BiddingEnded: 'draws',
  DrawDeclared: 'draws',
  DrawAdjourned: 'draws',
  MinutesRecorded: 'draws',
  MinutesFiled: 'draws',
  DrawVoided: 'draws',
  PaymentReceived: 'payments',
  PaymentReversed: 'payments',
  InstalmentSettled: 'payments',
  RedrawSettled: 'payments',
  InstalmentOverdue: 'payments',
  DividendRestored: 'payments',
  CreditReturned: 'payments',
  ArrearsWrittenOff: 'payments',
  IncomeTaken: 'payments',
  RemainderShared: 'payments',
  DefaultDeclared: 'default',
  SubscriberRemoved: 'default',
  SubscriberReinstated: 'default',
  SubscriberSubstituted: 'default',
  VacantTicketHeld: 'default',
  DefaulterRefunded: 'default',
  FutureDemanded: 'default',
  LiabilityAccelerated: 'default',
  DefaultCured: 'default',
  DisputeOpened: 'default',
  DisputeClosed: 'default',
  TicketTransferred: 'change',
  DeathRecorded: 'change',
  LienLaid: 'change',
  LienLifted: 'change',
  SchemeSuspended: 'change',
  SchemeResumed: 'change',
  ForemanSucceeded: 'change',
  SubscriberLeft: 'change',
  SchemeTerminated: 'change',
  SecurityGiven: 'prizes',
  PrizePaid: 'prizes',
  PrizePrepaid: 'prizes',
  PrizeDeposited: 'prizes',
  SchemeCompleted: 'closing',
  UnclaimedDeposited: 'closing',
  UnclaimedPaid: 'closing',
};
