import { type Agreement, defineScheme } from '@holdfast/chit-fund';
import { inr, money } from '@holdfast/money';
import type { SchemePlan } from './plan.ts';

/** Gives what a scheme's agreement says besides its terms: everything that the Act asks for. */
export function agreementOf({ terms, members }: SchemePlan): Agreement {
  const { gross, currency } = defineScheme(terms)._unsafeUnwrap();
  const half = money((gross + 1n) / 2n, currency);
  return {
    foreman: {
      name: 'Holdfast Demonstration Chit Funds',
      kind: 'company',
      netOwnedFunds: inr('10000000'),
      paidUpCapital: inr('1000000'),
    },
    security: { cash: half, bankGuarantee: half },
    subscribers: members.map(({ member }) => ({ person: member, hasAddress: true, tickets: '1' })),
    place: 'The registered office',
    time: '10:00',
    foremanInstalment: 'none',
    bank: 'An approved bank',
    consequences: 'Interest, loss of the dividend, removal from the list',
    defaultingWhen: 'Two instalments are unpaid after their days of grace',
    inspectionTimes: 'Working days from 10:00 to 17:00',
    nominees: 'One for each ticket, in writing',
  };
}
