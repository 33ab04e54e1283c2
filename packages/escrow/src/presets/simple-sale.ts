import { defineFees } from '@holdfast/fees';
import { type CommandsOf, days } from '@holdfast/kernel';
import { percent } from '@holdfast/money';
import { defineProcess } from '../process/define-process.ts';
import { inside } from '../process/places.ts';

/**
 * A sale through escrow: the buyer pays 5 % more, the seller gets 20 % less, and what is not released within a week goes back.
 *
 * @source docs/rules/escrow.md, E-26
 */
export const simpleSale = defineProcess({
  kind: 'sale',
  version: 1,
  parties: ['buyer', 'seller'],
  fees: defineFees('2026-01', {
    platform: { payer: 'buyer', mode: 'additive', rate: percent('5') },
    service: { payer: 'seller', mode: 'deductive', rate: percent('20') },
  }),
  places: { held: inside('escrows:{id}:held'), earned: 'platform:fees:earned' },
  ways: {
    pay: { payout: 'seller', platform: 'earned', service: 'earned' },
    refund: 'buyer',
  },
  states: {
    funded: { after: days(7), fire: 'Refund' },
    released: { done: true },
    refunded: { done: true },
  },
  transitions: {
    Fund: { to: 'funded', by: 'buyer', emits: 'Funded', funds: 'buyer -> held' },
    Release: { from: 'funded', to: 'released', by: 'buyer', emits: 'Released', settles: { pay: 'rest' } },
    Refund: { from: 'funded', to: 'refunded', by: ['seller', 'clock'], emits: 'Refunded', settles: { refund: 'rest' } },
  },
});

/** The commands of {@link simpleSale}: what each carries, and what it may be refused for. */
export interface SimpleSaleCommands extends CommandsOf<typeof simpleSale> {}
