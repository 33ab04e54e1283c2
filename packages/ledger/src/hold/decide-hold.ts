import { type Context, type Instant, type Refusal, type Seen, show } from '@holdfast/kernel';
import { isSameCurrency, type Money, money, subtract, sum } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import type { AnyHoldCommand, CaptureHold, HoldMoney, ReleaseHold } from './commands.ts';
import type { HoldCaptured, HoldEvent, HoldReleased } from './events.ts';
import type { HoldRefusals } from './refusals.ts';
import type { Hold, OpenHold } from './state.ts';

type Decided<Type extends keyof HoldRefusals> = Result<readonly HoldEvent[], HoldRefusals[Type]>;

/** Decides a command about a hold: by its state, then by the instant, then by the amounts. */
export function decideHold(
  seen: Seen,
  command: AnyHoldCommand,
  context: Context,
): Result<readonly HoldEvent[], Refusal> {
  const state = seen.record(context.id) as Hold | undefined;
  if (command.type === 'HoldMoney') return decideHoldMoney(state, command, context, seen);
  if (!state) return err({ code: 'hold_unknown', hold: context.id });
  if (state.status !== 'open') return err({ code: 'hold_ended', hold: context.id, status: state.status } as Refusal);
  switch (command.type) {
    case 'CaptureHold':
      return decideCaptureHold(state, command, context);
    case 'ReleaseHold':
      return decideReleaseHold(state, command, context);
    case 'ExpireHold':
      return decideExpireHold(state, context);
  }
}

/** Gives what a hold still holds. */
export function leftOf({ amount, captured, released }: Hold): Money {
  return subtract(amount, sum([captured, released], amount.currency));
}

/** Sets money aside. A hold may not draw an overdraft: it takes what is there, whatever the account's floor. */
function decideHoldMoney(
  state: Hold | undefined,
  command: HoldMoney,
  { id, at }: Context,
  seen: Seen,
): Decided<'HoldMoney'> {
  const { from, held, amount, expiresAt } = command;
  if (state) return err({ code: 'hold_exists', hold: id });
  if (expiresAt !== undefined && expiresAt <= at) return err({ code: 'expiry_in_past', expiresAt, now: at });
  const balance = seen.balance(from, amount.currency.code);
  if (balance < amount.minor) {
    const available = money(balance > 0n ? balance : 0n, amount.currency);
    return err({ code: 'insufficient_funds', account: from, required: amount, available });
  }
  // Nothing below refuses.
  const event = { type: 'MoneyHeld', from, held, amount } as const;
  return ok([expiresAt === undefined ? event : { ...event, expiresAt }]);
}

/** Takes held money. Whether the hold's time is over is decided here, by the ledger's time, and not by whether the clock came by. */
function decideCaptureHold(state: OpenHold, command: CaptureHold, { id, at }: Context): Decided<'CaptureHold'> {
  if (isOver(state.expiresAt, at))
    return err({ code: 'hold_expired', hold: id, expiresAt: state.expiresAt as Instant });
  if (command.to === state.held) return err(notAllowed('to', command.to, 'another account than the one that holds'));
  const amount = amountOf(state, command, id);
  if (amount.isErr()) return err(amount.error);
  // Nothing below refuses.
  const { held, from } = state;
  const captured: HoldCaptured = { type: 'HoldCaptured', held, to: command.to, amount: amount.value };
  const left = subtract(leftOf(state), amount.value);
  if (!command.final || left.minor === 0n) return ok([captured]);
  const released: HoldReleased = { type: 'HoldReleased', held, from, amount: left };
  return ok([captured, released]);
}

function decideReleaseHold(state: OpenHold, command: ReleaseHold, { id }: Context): Decided<'ReleaseHold'> {
  const { held, from } = state;
  return amountOf(state, command, id).map((amount) => [{ type: 'HoldReleased', held, from, amount }]);
}

function decideExpireHold(state: OpenHold, { id, at }: Context): Decided<'ExpireHold'> {
  if (!isOver(state.expiresAt, at)) return err({ code: 'hold_not_due', hold: id, expiresAt: state.expiresAt ?? null });
  const { held, from } = state;
  return ok([{ type: 'HoldExpired', held, from, amount: leftOf(state) }]);
}

function amountOf(state: OpenHold, command: CaptureHold | ReleaseHold, hold: string) {
  const held = leftOf(state);
  const { amount } = command;
  if (amount === 'rest') return ok(held);
  if (!isSameCurrency(amount.currency, held.currency)) {
    return err(notAllowed('amount', `${amount}`, `an amount of ${held.currency.code}`));
  }
  if (amount.minor > held.minor) return err({ code: 'amount_exceeds_hold', hold, amount, held } as const);
  return ok(amount);
}

function notAllowed(field: string, given: string, allowed: string) {
  return { code: 'shape_invalid', field, given: show(given), allowed } as const;
}

function isOver(expiresAt: Instant | undefined, at: Instant): boolean {
  return expiresAt !== undefined && at >= expiresAt;
}
