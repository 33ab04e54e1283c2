import { addDuration, type Context, Defect, freeText, type RecordDecider, type Seen } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { isSameHold } from '../../eligibility/hold.ts';
import type { PayoutPolicy } from '../../eligibility/policy.ts';
import { debtsAccount, debtsOf, keysIn, LOSSES } from '../accounts.ts';
import { holdOf, withHold, withoutHold } from '../holds.ts';
import { plainCodec } from '../plain-codec.ts';
import { readCommand } from '../shape.ts';
import { type AnyPayeeCommand, type PayeeCommands, payeeShapes } from './commands.ts';
import type { NewDestination, PayeeEvent } from './events.ts';
import type { Payee } from './payee.ts';
import type { PayeeRefusals } from './refusals.ts';

type AnyPayeeRefusal = PayeeRefusals[keyof PayeeRefusals];

/** The records of payees. */
export type PayeeDecider = RecordDecider<PayeeCommands, Payee, PayeeEvent>;

/**
 * Makes the decider of payees: who may be sent to, where, and what they owe us.
 *
 * @source docs/rules/payouts.md, P-7, P-14
 */
export function payeeDecider(policy: PayoutPolicy): PayeeDecider {
  return {
    kind: 'payee',
    keeps: 'record',
    parse: (command) => readCommand(payeeShapes, command),
    needs: (command, { id }) => needsOf(command as AnyPayeeCommand, id),
    decide: (seen, command, context) => decidePayee(seen, command as AnyPayeeCommand, context, policy),
    evolve: evolvePayee,
    transfers: (event) => {
      if (event.type !== 'DebtOpened' && event.type !== 'DebtWrittenOff') return [];
      const { from, to, amount } = event;
      return [{ from, to, amount, kind: event.type === 'DebtOpened' ? 'debt' : 'debt_write_off' }];
    },
    standing: ({ frozen, holds, onboarded }) => ({
      status: frozen ? 'frozen' : holds.length > 0 ? 'held' : onboarded ? 'ready' : 'not_onboarded',
      claims: [],
      deadlines: [],
      touches: [],
    }),
    codec: plainCodec(),
  };
}

function decidePayee(
  seen: Seen,
  command: AnyPayeeCommand,
  { id, at }: Context,
  { destinationQuiet }: PayoutPolicy,
): Result<readonly PayeeEvent[], AnyPayeeRefusal> {
  const payee = seen.record(id) as Payee | undefined;
  if (command.type === 'RegisterPayee') return decideRegister(payee, command, id, at);
  if (!payee) return err({ code: 'payee_unknown', payee: id });
  switch (command.type) {
    case 'SetOnboarded':
      return ok([{ type: 'PayeeOnboarded', onboarded: command.onboarded }]);
    case 'ChangeDestination': {
      const { destination: address } = command;
      if (payee.destination?.address === address) return ok([]);
      const quietUntil = payee.destination && addDuration(at, destinationQuiet);
      const destination = { address, since: at, ...(quietUntil === undefined ? {} : { quietUntil }) };
      return ok([{ type: 'DestinationChanged', destination }]);
    }
    case 'FreezePayee':
    case 'UnfreezePayee':
      return ok([{ type: 'PayeeFrozen', frozen: command.type === 'FreezePayee' }]);
    case 'AddHold':
      return ok([{ type: 'PayeeHeld', hold: holdOf(command, at) }]);
    case 'ReleaseHold': {
      const { type: _type, ...hold } = command;
      if (payee.holds.some((one) => isSameHold(one, hold))) return ok([{ type: 'PayeeReleased', hold }]);
      const { reason, reference = null } = hold;
      return err({ code: 'payout_hold_unknown', reason, reference });
    }
    case 'OpenDebt': {
      const { amount, to, why } = command;
      return ok([{ type: 'DebtOpened', from: debtsAccount(id), to, amount, why: freeText(why) }]);
    }
    case 'WriteOffDebt': {
      const { amount, why } = command;
      const debt = debtsOf(seen, id, amount.currency);
      if (amount.minor > debt.minor) return err({ code: 'write_off_exceeds_debt', payee: id, amount, debt });
      return ok([{ type: 'DebtWrittenOff', from: LOSSES, to: debtsAccount(id), amount, why: freeText(why) }]);
    }
  }
}

function decideRegister(
  payee: Payee | undefined,
  { destination: address, onboarded = false }: PayeeCommands['RegisterPayee']['command'],
  id: string,
  at: string,
): Result<readonly PayeeEvent[], AnyPayeeRefusal> {
  if (payee) return err({ code: 'payee_exists', payee: id });
  const destination: NewDestination | undefined = address === undefined ? undefined : { address, since: at };
  return ok([{ type: 'PayeeRegistered', onboarded, ...(destination ? { destination } : {}) }]);
}

function evolvePayee(payee: Payee | undefined, event: PayeeEvent): Payee {
  if (event.type === 'PayeeRegistered') {
    const { onboarded, destination } = event;
    return { onboarded, frozen: false, holds: [], ...(destination ? { destination } : {}) };
  }
  if (!payee) throw new Defect(`${event.type} of a payee that was never registered`);
  switch (event.type) {
    case 'PayeeOnboarded':
      return { ...payee, onboarded: event.onboarded };
    case 'DestinationChanged': {
      // A destination that was to be mended is another one now.
      const holds = withoutHold(payee.holds, { reason: 'destination' });
      return { ...payee, holds, destination: event.destination };
    }
    case 'PayeeFrozen':
      return { ...payee, frozen: event.frozen };
    case 'PayeeHeld':
      return { ...payee, holds: withHold(payee.holds, event.hold) };
    case 'PayeeReleased':
      return { ...payee, holds: withoutHold(payee.holds, event.hold) };
    case 'DebtOpened':
    case 'DebtWrittenOff':
      return payee;
  }
}

function needsOf(command: AnyPayeeCommand, id: string) {
  if (command.type === 'OpenDebt') return { accounts: keysIn(command.amount.currency, debtsAccount(id), command.to) };
  if (command.type === 'WriteOffDebt') return { accounts: keysIn(command.amount.currency, debtsAccount(id), LOSSES) };
  return {};
}
