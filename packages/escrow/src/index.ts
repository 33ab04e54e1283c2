export { fundedOf, heldBy, leftBy } from './amounts.ts';
export type { AmountOutOfRange, Facts, Guard, SameActor } from './guards.ts';
export { amountBetween, defineGuard, someoneElse } from './guards.ts';
export { type JobOfferCommands, jobOffer } from './presets/job-offer.ts';
export { type SimpleSaleCommands, simpleSale } from './presets/simple-sale.ts';
export type { AvailableAction } from './process/available-actions.ts';
export { checkProcess } from './process/check-process.ts';
export { defineProcess, type Process, runProcess } from './process/define-process.ts';
export type {
  ClaimDefinition,
  LineOf,
  Linked,
  NoSuchWay,
  ProcessDefinition,
  StateDefinition,
  StrictDefinition,
  TransitionDefinition,
  Way,
} from './process/definition.ts';
export type { DerivedCommands, EventNameOf } from './process/derive-types.ts';
export type { Findings } from './process/findings.ts';
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
export type { Entered, HeldLine, Leaving, ProcessEvent, Thing } from './process/thing.ts';
export type {
  ActorNotAllowed,
  AlreadyStarted,
  AmountNotPositive,
  ExceedsHeld,
  NotDue,
  NotFound,
  Overdue,
  TooLate,
  WrongStatus,
} from './refusals.ts';
