import type { Instant, Refusal } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';

/**
 * The record is not there yet: this command does not begin one.
 *
 * @severity answer
 * @retry once it has begun
 */
export interface NotFound extends Refusal<'not_found'> {}

/**
 * The record is there already: a process begins once.
 *
 * @severity answer
 * @retry no
 */
export interface AlreadyStarted extends Refusal<'already_started'> {}

/**
 * There is no such part, or the part that it would be cut from is not there.
 *
 * @severity answer
 * @retry once it has begun
 */
export interface PartNotFound<Part extends string = string> extends Refusal<'part_not_found'> {
  /** What it is: `dispute`. */
  readonly part: Part;
  readonly id: string;
}

/**
 * There is a part of this id already: a part begins once.
 *
 * @severity answer
 * @retry no
 */
export interface PartAlreadyExists<Part extends string = string> extends Refusal<'part_already_exists'> {
  /** What it is: `dispute`. */
  readonly part: Part;
  readonly id: string;
}

/**
 * The actor is neither the party nor in the role that may do this.
 *
 * @severity answer
 * @retry no
 */
export interface ActorNotAllowed<Role extends string = string> extends Refusal<'actor_not_allowed'> {
  /** Parties and roles that may. */
  readonly allowed: readonly Role[];
}

/**
 * The process stands elsewhere.
 *
 * @severity answer
 * @retry no, unless it comes to stand in one of `allowed`
 */
export interface WrongStatus<Status extends string = string, Allowed extends string = string>
  extends Refusal<'wrong_status'> {
  readonly status: Status;
  readonly allowed: readonly Allowed[];
}

/**
 * What the command is about stands right, but the whole, or what the part is cut from, stands elsewhere.
 *
 * @severity answer
 * @retry no, unless it comes to stand in one of `allowed`
 */
export interface NotWhile<Of extends string = string, Allowed extends string = string> extends Refusal<'not_while'> {
  /** Whose status it is: the kind of the process, or the name of a part. */
  readonly of: Of;
  readonly status: string;
  readonly allowed: readonly Allowed[];
}

/**
 * A part stands in the way, such as an open dispute.
 *
 * @severity answer
 * @retry once that part stands otherwise
 */
export interface Blocked<By extends string = string> extends Refusal<'blocked'> {
  /** The part and its status: `dispute.open`. */
  readonly by: By;
  /** The part's id. */
  readonly id: string;
}

/**
 * The clock came before the deadline.
 *
 * @severity answer
 * @retry from `dueAt` on
 */
export interface NotDue extends Refusal<'not_due'> {
  readonly dueAt: Instant;
}

/**
 * The deadline of the state has passed; what is due counts as left, whether or not the clock has come by.
 *
 * @severity answer
 * @retry no
 */
export interface Overdue extends Refusal<'overdue'> {
  readonly dueAt: Instant;
}

/**
 * The window of this command has closed, although the state goes on.
 *
 * @severity answer
 * @retry no
 */
export interface TooLate extends Refusal<'too_late'> {
  readonly closedAt: Instant;
}

/**
 * An amount has to be more than zero; zero is allowed only beside another settlement of the same command.
 *
 * @severity answer
 * @retry no
 */
export interface AmountNotPositive extends Refusal<'amount_not_positive'> {
  /** The field of the command. */
  readonly field: string;
}

/**
 * More is asked for than is held. Nothing is done in part.
 *
 * @severity answer
 * @retry no
 */
export interface ExceedsHeld extends Refusal<'exceeds_held'> {
  readonly held: Money;
  readonly asked: Money;
}
