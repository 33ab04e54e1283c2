import { defineFees } from '@holdfast/fees';
import { days } from '@holdfast/kernel';
import { amount, defineProcess, inside } from '../../src/index.ts';

/** A sale whose release waits for every claim to be closed: the smallest process with a part that holds the whole back. */
export const heldBack = defineProcess({
  kind: 'held-back',
  version: 1,
  parties: ['buyer', 'seller'],
  staff: ['arbiter'],
  fees: defineFees('none', {}),
  places: { held: inside('sales:{id}:held') },
  ways: { pay: 'seller', refund: 'buyer' },
  states: {
    held: { after: days(2), fire: 'Release' },
    released: { done: true },
  },
  transitions: {
    Fund: { to: 'held', by: 'buyer', emits: 'Funded', funds: 'buyer -> held' },
    GiveBack: { from: 'held', by: 'seller', emits: 'GivenBack', input: { back: amount }, settles: { refund: 'back' } },
    Release: {
      from: 'held',
      to: 'released',
      by: 'clock',
      unless: 'claim.open',
      emits: 'Released',
      settles: { pay: 'rest' },
    },
  },
  parts: {
    claim: {
      states: { open: { after: days(7), fire: 'LapseClaim' }, closed: { done: true } },
      transitions: {
        OpenClaim: { to: 'open', by: 'buyer', while: 'held-back.held', emits: 'ClaimOpened', cuts: 'held-back.rest' },
        CloseClaim: { from: 'open', to: 'closed', by: 'arbiter', emits: 'ClaimClosed', settles: { refund: 'rest' } },
        LapseClaim: { from: 'open', to: 'closed', by: 'clock', emits: 'ClaimLapsed', settles: { pay: 'rest' } },
      },
    },
  },
});
