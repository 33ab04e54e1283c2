import { type Context, freeText } from '@holdfast/kernel';
import { type Attempt, assertAbsent, driveAgain } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import { type Charge, chargeStatus, leadingAttempt } from './charge.ts';
import type {
  AssertChargeAbsent,
  AssertChargeMade,
  ChargeCommands,
  ChargeNotWaiting,
  DriveChargeAgain,
  ObjectDiffers,
  ReplaceRefund,
} from './charge-commands.ts';
import type { ChargeStepped } from './charge-decider.ts';
import { settleCharge } from './settle-charge.ts';

/** What an operator says of a charge that waits for one. */
export type OperatorCommand = AssertChargeMade | AssertChargeAbsent | DriveChargeAgain | ReplaceRefund;

/** Says whether a command is an operator's. */
export function isOperators({ type }: { readonly type: string }): boolean {
  return OPERATORS.has(type);
}

/**
 * Decides about an operator's word. What an operator says stands beside what was heard, and never against it: what moved at the provider counts, whoever has said
 * that it did not.
 *
 * @errors
 * - `actor_not_allowed`: whoever says it is no operator.
 * - `charge_not_waiting`: nothing about it waits for this word: it is over, under way, looked up still, or of another attempt.
 * - `look_up_first`: nobody has looked since the provider said no.
 * - `object_differs`: the object is known, and not what was asked for; or something moved that is said not to have.
 */
export function decideOperator(
  known: Charge,
  command: OperatorCommand,
  { id, at, actor }: Context,
): Result<readonly ChargeStepped[], ChargeCommands[OperatorCommand['type']]['refusal']> {
  if (actor.role !== 'operator') return err({ code: 'actor_not_allowed' });
  const refusal = refuseStanding(known, command, id);
  if (refusal) return err(refusal);
  const why = freeText(command.why);
  const attempt = leadingAttempt(known);
  switch (command.type) {
    case 'AssertChargeMade': {
      const differs = differsIn(known, command, id);
      if (differs) return err(differs);
      const asserted = { attempt: command.attempt, object: command.object, at };
      return ok([{ type: 'ChargeAsserted', says: 'made', why, charge: { ...known, asserted }, transfers: [] }]);
    }
    case 'AssertChargeAbsent': {
      const moved = refundMoved(known, attempt, id);
      if (moved) return err(moved);
      const step = assertAbsent(attempt, command.evidence, at);
      if (step.isErr()) return err(notWaiting(id, attempt.state.status));
      return ok([{ type: 'ChargeAsserted', says: 'absent', why, ...settleCharge(known, step.value.attempt, at) }]);
    }
    case 'DriveChargeAgain': {
      const step = driveAgain(attempt, at);
      if (step.isErr()) return err({ code: 'look_up_first', charge: id });
      return ok([{ type: 'ChargeAsserted', says: 'again', why, ...settleCharge(known, step.value.attempt, at) }]);
    }
    case 'ReplaceRefund': {
      const cameBack = known.cameBack && { ...known.cameBack, again: command.again };
      const charge = cameBack ? { ...known, cameBack } : known;
      return ok([{ type: 'ChargeAsserted', says: 'again', why, charge, transfers: [] }]);
    }
  }
}

function refuseStanding(known: Charge, command: OperatorCommand, id: string): ChargeNotWaiting | undefined {
  const status = chargeStatus(known);
  // Somebody has said so already, and it is about to be booked.
  if (known.asserted) return notWaiting(id, 'asserted');
  if (!WAITS[command.type].has(status)) return notWaiting(id, status);
  const isAbout = !('attempt' in command) || command.attempt === leadingAttempt(known).number;
  // What was only met at the provider is claimed by whoever knows what it was for, or given back.
  return isAbout && !(known.isAdopted && 'attempt' in command) ? undefined : notWaiting(id, status);
}

function notWaiting(charge: string, status: string): ChargeNotWaiting {
  return { code: 'charge_not_waiting', charge, status };
}

/** A word cannot make of an object what it is not: what has moved by it lies in suspense. */
function differsIn(known: Charge, { object }: AssertChargeMade, charge: string): ObjectDiffers | undefined {
  const seen = known.attempts.flatMap(({ objects }) => objects).find((one) => one.object === object);
  if (!seen) return undefined;
  if (seen.mismatch) return { code: 'object_differs', charge, object, field: seen.mismatch.field };
  return seen.failed ? { code: 'object_differs', charge, object, field: 'status' } : undefined;
}

function refundMoved({ for: { what } }: Charge, { objects }: Attempt, charge: string): ObjectDiffers | undefined {
  const moved = objects.find(({ succeeded, returns }) => succeeded || returns.length > 0);
  if (!moved || what === 'booking' || what === 'tip') return undefined;
  return { code: 'object_differs', charge, object: moved.object, field: 'status' };
}

const WAITS: { readonly [Type in OperatorCommand['type']]: ReadonlySet<string> } = {
  AssertChargeMade: new Set(['waiting', 'failed']),
  AssertChargeAbsent: new Set(['waiting']),
  DriveChargeAgain: new Set(['failed']),
  ReplaceRefund: new Set(['returned']),
};
const OPERATORS: ReadonlySet<string> = new Set(Object.keys(WAITS));
