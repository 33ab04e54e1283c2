import type { Context, Seen } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import type { ParameterUnknown } from '../../law/refusals.ts';
import type { ChitEnvironment } from '../environment.ts';
import type {
  ChitCurrencyDiffers,
  ChitNotDue,
  ChitWrongPhase,
  CreditTooSmall,
  InstalmentWrongStatus,
  NothingOpen,
  PaymentExists,
  PaymentNotReversible,
  TicketUnknown,
} from '../refusals.ts';
import type { Chit, Phase } from '../state.ts';
import type { PaymentCommand } from './commands.ts';
import { decideIncome, decideRestore, decideReturn, decideWriteOff } from './decide-money.ts';
import { decideOverdue } from './decide-overdue.ts';
import { decidePay, decideReverse } from './decide-pay.ts';
import { decideSettle } from './decide-settle.ts';
import type { PaymentEvent } from './events.ts';
import { evolvePayments } from './evolve.ts';

/** Why a command about payments is refused, in order of precedence. */
export type PaymentsRefusal =
  | ChitWrongPhase
  | TicketUnknown
  | ChitCurrencyDiffers
  | PaymentExists
  | PaymentNotReversible
  | InstalmentWrongStatus
  | ParameterUnknown
  | ChitNotDue
  | NothingOpen
  | CreditTooSmall;

/** What a command about payments comes to. */
export type PaymentDecided = Result<readonly PaymentEvent[], PaymentsRefusal>;

/**
 * Decides what happens with payments.
 *
 * @source docs/rules/chit-fund.md, CF-35, CF-36
 */
export function decidePayments(
  seen: Seen,
  chit: Chit,
  command: PaymentCommand,
  context: Context,
  environment: ChitEnvironment,
): PaymentDecided {
  const { phase } = chit;
  const allowed = command.type === 'SettleInstalment' ? SETTLING : LIVE;
  if (!allowed.includes(phase)) return err({ code: 'chit_wrong_phase', chit: context.id, phase, allowed });
  switch (command.type) {
    case 'PayInstalment':
      return decidePay(chit, command, context, environment);
    case 'ReversePayment':
      return decideReverse(seen, chit, command, context, environment);
    case 'SettleInstalment':
      return decideSettle(seen, chit, command, context, environment).map((events) => {
        // Where the days of grace are over already, who has not paid is late with the same unit.
        const { instalment } = command;
        const after = events.reduce(evolvePayments, chit);
        const open = after.tickets.some(({ arrears }) => arrears.some((one) => one.instalment === instalment));
        const late = open ? decideOverdue(after, { type: 'MarkOverdue', instalment }, context, environment) : ok([]);
        return [...events, ...late.unwrapOr([])];
      });
    case 'MarkOverdue':
      return decideOverdue(chit, command, context, environment);
    case 'RestoreDividend':
      return decideRestore(seen, chit, command, context, environment);
    case 'ReturnCredit':
      return decideReturn(seen, chit, command, context);
    case 'WriteOff':
      return decideWriteOff(chit, command, context);
    case 'TakeIncome':
      return decideIncome(seen, chit, context);
  }
}

const SETTLING: readonly Phase[] = ['running'];
const LIVE: readonly Phase[] = ['running', 'suspended', 'matured', 'terminated_by_consent', 'terminated_by_incapacity'];
