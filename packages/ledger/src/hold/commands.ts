import type { Instant, ShapeInvalid } from '@holdfast/kernel';
import type { Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { accountName, amountOrRest, flag, instantText, literal, optional, positiveAmount } from '../shape/fields.ts';
import { readShape, shapeInvalid } from '../shape/read-shape.ts';
import { typeOf } from '../transfer/commands.ts';
import type { HoldRefusals } from './refusals.ts';

/** Sets money aside. The id of the record is the hold's. */
export interface HoldMoney {
  readonly type: 'HoldMoney';
  readonly from: string;
  /** The account in which the money lies until it is captured or released. */
  readonly held: string;
  readonly amount: Money;
  /** From this instant on the hold can only be released; the clock then does so. Without it the hold stays until somebody ends it. */
  readonly expiresAt?: Instant;
}

/** Takes held money, in one or several parts. */
export interface CaptureHold {
  readonly type: 'CaptureHold';
  readonly to: string;
  readonly amount: Money | 'rest';
  /** Ends the hold: what is left over goes back. */
  readonly final?: boolean;
}

/** Gives held money back to where it came from. */
export interface ReleaseHold {
  readonly type: 'ReleaseHold';
  readonly amount: Money | 'rest';
}

/** Gives back what is left of a hold whose time is over. The clock asks for it; anybody may. */
export interface ExpireHold {
  readonly type: 'ExpireHold';
}

/** Any of the commands about a hold. */
export type AnyHoldCommand = HoldMoney | CaptureHold | ReleaseHold | ExpireHold;

/** The commands about holds, each with exactly what it may be refused for. */
export type HoldCommands = {
  readonly HoldMoney: { readonly command: HoldMoney; readonly refusal: HoldRefusals['HoldMoney'] };
  readonly CaptureHold: { readonly command: CaptureHold; readonly refusal: HoldRefusals['CaptureHold'] };
  readonly ReleaseHold: { readonly command: ReleaseHold; readonly refusal: HoldRefusals['ReleaseHold'] };
  readonly ExpireHold: { readonly command: ExpireHold; readonly refusal: HoldRefusals['ExpireHold'] };
};

/** Reads a command from outside. */
export function parseHoldCommand(command: unknown): Result<AnyHoldCommand, ShapeInvalid> {
  switch (typeOf(command)) {
    case 'HoldMoney':
      return readShape(command, HOLD).andThen((given) =>
        given.from === given.held
          ? err(shapeInvalid('held', given.held, 'another account than the one that gives'))
          : ok(given),
      );
    case 'CaptureHold':
      return readShape(command, CAPTURE);
    case 'ReleaseHold':
      return readShape(command, RELEASE);
    case 'ExpireHold':
      return readShape(command, EXPIRE);
    default:
      return err(shapeInvalid('type', typeOf(command), `'HoldMoney', 'CaptureHold', 'ReleaseHold' or 'ExpireHold'`));
  }
}

const HOLD = {
  type: literal('HoldMoney'),
  from: accountName,
  held: accountName,
  amount: positiveAmount,
  expiresAt: optional(instantText),
};
const CAPTURE = { type: literal('CaptureHold'), to: accountName, amount: amountOrRest, final: optional(flag) };
const RELEASE = { type: literal('ReleaseHold'), amount: amountOrRest };
const EXPIRE = { type: literal('ExpireHold') };
