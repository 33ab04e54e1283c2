import { money, multiply } from '@holdfast/money';
import { COUNTER, type Company } from './company.ts';
import { latePayment } from './plan.ts';
import type { Happening } from './schedule.ts';

type TroubleHappening = Extract<Happening, { readonly trouble: unknown }>;

/** Plays what becomes of somebody who cannot pay. */
export async function playTrouble(company: Company, { what, ticket, trouble }: TroubleHappening): Promise<void> {
  const { plan, ask } = company;
  const asked = (step: string, command: Parameters<Company['ask']>[2]): Promise<boolean> =>
    ask(`${step} ${ticket}`, plan.foreman, command);
  // Who wins by a lot before he stops paying is another case, and who never won cannot be asked for what is to come.
  const won = (await company.winsOf(trouble.from + 1)).flat().some((win) => win.ticket === ticket);
  if (won !== (trouble.kind === 'accelerated')) return makeUp(company, what, ticket);
  switch (what) {
    case 'strike_off':
      await asked('default', { type: 'DeclareDefault', ticket });
      await asked('remove', { type: 'RemoveSubscriber', ticket, notice: `notice to ${plan.id} ${ticket}` });
      return;
    case 'resolve':
      return resolve(company, ticket, trouble);
    case 'demand':
      await asked('default', { type: 'DeclareDefault', ticket });
      await asked('demand', { type: 'DemandFuture', ticket, notice: `demand to ${plan.id} ${ticket}` });
      return;
    case 'accelerate':
      await asked('accelerate', { type: 'AccelerateLiability', ticket });
      return;
    case 'recover':
      await payAll(company, ticket, plan.terms.instalments - trouble.from + 2);
  }
}

async function resolve(company: Company, ticket: number, trouble: TroubleHappening['trouble']): Promise<void> {
  const { plan, scheme, ask } = company;
  switch (trouble.kind) {
    case 'reinstated':
      await payAll(company, ticket, 3);
      await ask(`reinstate ${ticket}`, plan.foreman, { type: 'ReinstateSubscriber', ticket });
      return;
    case 'substituted':
      await ask(`substitute ${ticket}`, plan.foreman, {
        type: 'SubstituteSubscriber',
        ticket,
        holders: [{ person: trouble.by }],
        deduction: money(scheme.subscription / 10n, scheme.currency),
        channel: 'bank',
      });
      return;
    default:
      await ask(`vacant ${ticket}`, plan.foreman, { type: 'HoldVacantTicket', ticket });
  }
}

/** Somebody whose trouble did not come as planned pays what was missed. */
async function makeUp(company: Company, what: TroubleHappening['what'], ticket: number): Promise<void> {
  if (what === 'resolve' || what === 'recover') await payAll(company, ticket, 3);
}

async function payAll({ plan, ask }: Company, ticket: number, instalments: number): Promise<void> {
  await ask(`make up ${ticket}`, COUNTER, {
    type: 'PayInstalment',
    ticket,
    amount: multiply(latePayment(plan), BigInt(instalments)),
    channel: 'bank',
    payment: `all-${ticket}`,
  });
}
