export { fundedOf, heldBy, leftBy } from './amounts.ts';
export type { AmountOutOfRange, Facts, Guard, SameActor } from './guards.ts';
export { amountBetween, defineGuard, someoneElse } from './guards.ts';
export { type BookingCommands, booking, type OtpWrong } from './presets/booking.ts';
export { type JobOfferCommands, jobOffer } from './presets/job-offer.ts';
export { type SimpleSaleCommands, simpleSale } from './presets/simple-sale.ts';
export type { AvailableAction } from './process/available-actions.ts';
export { checkProcess } from './process/check/check-process.ts';
export type { Findings } from './process/check/findings.ts';
export { defineProcess, type Process, runProcess } from './process/define-process.ts';
export type {
  ClaimDefinition,
  LineOf,
  PartDefinition,
  PartTransitionDefinition,
  ProcessDefinition,
  StateDefinition,
  TransitionDefinition,
  Way,
} from './process/definition.ts';
export type { DerivedCommands, EventNameOf } from './process/derive-types.ts';
export {
  amount,
  type Fact,
  type Field,
  type Fields,
  instant,
  LONGEST_TEXT,
  type OptionalField,
  oneOf,
  optional,
  text,
  type ValuesOf,
  word,
} from './process/inputs.ts';
export type { Asking } from './process/permit.ts';
export { type InsideOf, type InsidePlace, inside, type OutsideOf, type Places } from './process/places.ts';
export type { RefusalDescription } from './process/refusals-of.ts';
export type { Linked, NoSuchWay, StrictDefinition } from './process/strict-definition.ts';
export type { NoParts, PartsOf, StandingOf, StrictParts } from './process/strict-parts.ts';
export type {
  AnyParts,
  Cut,
  Entered,
  Entry,
  HeldLine,
  Leaving,
  LineAmounts,
  Part,
  PartName,
  ProcessEvent,
  Thing,
  Whole,
} from './process/thing.ts';
export type {
  ActorNotAllowed,
  AlreadyStarted,
  AmountNotPositive,
  Blocked,
  ExceedsHeld,
  NotDue,
  NotFound,
  NotWhile,
  Overdue,
  PartAlreadyExists,
  PartNotFound,
  TooLate,
  WrongStatus,
} from './refusals.ts';
