import { ticketAccount } from '@holdfast/chit-fund';
import { answered } from '@holdfast/demo-kit';
import type { Company } from './company.ts';
import type { Stage } from './stage.ts';

/**
 * Ends a scheme: pays out what lies for who was struck off and what somebody has paid too much, and completes it, which is refused while any of its accounts is
 * not at zero.
 */
export async function finish({ book }: Stage, { plan, scheme, ask, read }: Company): Promise<void> {
  const chit = await read();
  if (chit.phase === 'completed') return;
  for (const [index, { removal }] of chit.tickets.entries()) {
    const ticket = index + 1;
    if (removal !== undefined && !removal.refunded) {
      await ask(`refund ${ticket}`, plan.foreman, { type: 'RefundDefaulter', ticket, channel: 'bank' }, 'nothing_open');
    }
  }
  await ask('income', plan.foreman, { type: 'TakeIncome' });
  for (let ticket = 1; ticket <= plan.terms.tickets; ticket += 1) {
    const { money: credit } = answered(await book.balance(ticketAccount(plan.id, ticket), scheme.currency));
    if (credit.minor > 0n) {
      await ask(`return ${ticket}`, plan.foreman, { type: 'ReturnCredit', ticket, amount: credit, channel: 'bank' });
    }
  }
  await ask('complete', plan.foreman, { type: 'CompleteScheme' });
}
