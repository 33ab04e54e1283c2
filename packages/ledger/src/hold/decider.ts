import {
  accountKey,
  type Context,
  type Json,
  type Needs,
  type RecordDecider,
  type Seen,
  type Standing,
  type Transfer,
} from '@holdfast/kernel';
import { add, type Money, zero } from '@holdfast/money';
import { type AnyHoldCommand, type HoldCommands, parseHoldCommand } from './commands.ts';
import { decideHold, leftOf } from './decide-hold.ts';
import type { HoldEvent } from './events.ts';
import type { Hold } from './state.ts';

/**
 * Sets money aside and takes it or gives it back: `HoldMoney`, `CaptureHold`, `ReleaseHold`, and `ExpireHold`, which the clock asks for.
 *
 * One record for each hold. A hold may be captured in parts; it is expired as soon as its instant has come, whether or not the clock came by.
 *
 * @source docs/rules/ledger.md, L-12, L-13, L-14
 * @example
 * {@includeCode ../../examples/hold.example.ts#hold}
 */
export const holdMoney: RecordDecider<HoldCommands, Hold, HoldEvent> = {
  kind: 'hold',
  keeps: 'record',
  parse: parseHoldCommand,
  needs: (command, context, seen) => needsOf(command as AnyHoldCommand, context, seen),
  decide: (seen, command, context) => decideHold(seen, command as AnyHoldCommand, context),
  evolve: evolveHold,
  transfers: (event) => [transferOf(event)],
  standing: standingOf,
  codec: {
    encodeState: (state) => state as unknown as Json,
    decodeState: (json) => json as unknown as Hold,
    encodeEvent: ({ type, ...data }) => ({ type, version: 1, data: data as unknown as Json }),
    decodeEvent: ({ type, data }) => ({ type, ...(data as object) }) as HoldEvent,
  },
};

function evolveHold(state: Hold | undefined, event: HoldEvent): Hold {
  if (event.type === 'MoneyHeld') {
    const { type: _type, amount, ...rest } = event;
    const nothing = zero(amount.currency);
    return { status: 'open', ...rest, amount, captured: nothing, released: nothing };
  }
  const before = state as Hold;
  const moved: Hold =
    event.type === 'HoldCaptured'
      ? { ...before, captured: add(before.captured as Money, event.amount) }
      : { ...before, released: add(before.released as Money, event.amount) };
  if (leftOf(moved).minor > 0n) return moved;
  const { from, held, amount, captured, released } = moved;
  const status = event.type === 'HoldExpired' ? 'expired' : captured.minor > 0n ? 'captured' : 'released';
  return { status, from, held, amount, captured, released };
}

function transferOf(event: HoldEvent): Transfer {
  const { amount } = event;
  switch (event.type) {
    case 'MoneyHeld':
      return { from: event.from, to: event.held, amount, kind: 'hold' };
    case 'HoldCaptured':
      return { from: event.held, to: event.to, amount, kind: 'hold_capture' };
    case 'HoldReleased':
      return { from: event.held, to: event.from, amount, kind: 'hold_release' };
    case 'HoldExpired':
      return { from: event.held, to: event.from, amount, kind: 'hold_expiry' };
  }
}

function standingOf(state: Hold): Standing {
  const { status, from, held, amount } = state;
  if (status !== 'open') return { status, claims: [], deadlines: [], touches: [] };
  const { expiresAt } = state;
  const code = amount.currency.code;
  return {
    status,
    claims: [],
    deadlines: expiresAt === undefined ? [] : [{ name: 'expiry', dueAt: expiresAt, command: { type: 'ExpireHold' } }],
    touches: [accountKey(from, code), accountKey(held, code)],
  };
}

function needsOf(command: AnyHoldCommand, { id }: Context, seen: Seen): Partial<Needs> {
  if (command.type === 'HoldMoney') {
    const code = command.amount.currency.code;
    return { accounts: [accountKey(command.from, code), accountKey(command.held, code)] };
  }
  const state = seen.record(id) as Hold | undefined;
  if (!state) return {};
  const code = state.amount.currency.code;
  const accounts = [accountKey(state.from, code), accountKey(state.held, code)];
  return { accounts: command.type === 'CaptureHold' ? [...accounts, accountKey(command.to, code)] : accounts };
}
