import { defineFees } from '@holdfast/fees';
import { days, hours, type Refusal } from '@holdfast/kernel';
import { type Money, money, percent, usd } from '@holdfast/money';
import {
  amount,
  defineGuard,
  defineProcess,
  type Facts,
  heldBy,
  inside,
  instant,
  optional,
  someoneElse,
  text,
} from '../src/index.ts';

/** A process that uses every word of the language, for the tests that need one. */
export const rental = defineProcess({
  kind: 'rental',
  version: 3,
  parties: ['tenant', 'landlord', 'agent'],
  staff: ['arbiter'],
  fees: defineFees('rental-1', {
    platform: { payer: 'tenant', mode: 'additive', rate: percent('3.5') },
    commission: { payer: 'landlord', mode: 'deductive', rate: percent('12.5'), rounding: 'halfEven' },
    agent: { payer: 'landlord', mode: 'deductive', rate: percent('10') },
  }),
  places: {
    held: inside('rentals:{id}:held'),
    reserve: inside('rentals:{id}:reserve'),
    earned: 'platform:fees:earned',
  },
  ways: {
    pay: { payout: 'landlord', commission: 'earned', agent: 'agent', platform: 'earned' },
    refund: 'tenant',
    deduct: 'landlord',
  },
  cutBy: { deduct: ['payout', 'commission'] },
  kinds: { deduct: 'damage' },
  claims: [{ name: 'rental:flat:{reference}', while: ['booked', 'living'] }, 'rental:open:{tenant}:{id}'],
  states: {
    asked: { after: 'answerBy', fire: 'Lapse' },
    booked: { after: days(2), fire: ['MoveInBySilence', 'Drop'] },
    living: { after: days(30), fire: 'Close', whenDone: 'settled' },
    reviewed: { waits: 'an arbiter' },
    lapsed: { done: true },
    settled: { done: true },
  },
  transitions: {
    Ask: {
      to: 'asked',
      by: 'tenant',
      emits: 'Asked',
      input: { answerBy: instant, note: optional(text) },
      keeps: ['answerBy', 'note'],
    },
    Book: { from: 'asked', to: 'booked', by: 'tenant', emits: 'Booked', funds: 'tenant -> held' },
    Lapse: { from: 'asked', to: 'lapsed', by: 'clock', emits: 'Lapsed' },
    MoveIn: {
      from: 'booked',
      to: 'living',
      by: 'landlord',
      emits: 'MovedIn',
      within: hours(24),
      shifts: { reserve_fee: 'platform: held -> reserve' },
    },
    MoveInBySilence: {
      from: 'booked',
      to: 'living',
      by: 'clock',
      emits: 'MovedIn',
      guards: [
        defineGuard({
          code: 'too_large_for_silence',
          says: 'more than 1,000 is held',
          refuses: ({ thing }: Facts): Refusal<'too_large_for_silence'> | undefined => {
            const held = thing && heldBy(thing);
            return held && held.minor > 100_000n ? { code: 'too_large_for_silence' } : undefined;
          },
        }),
      ],
      shifts: { reserve_fee: 'platform: held -> reserve' },
    },
    Drop: { from: 'booked', to: 'lapsed', by: ['tenant', 'clock'], emits: 'Dropped', settles: { refund: 'rest' } },
    PayPart: { from: 'living', by: 'tenant', emits: 'PartPaid', input: { part: amount }, settles: { pay: 'part' } },
    GiveBack: {
      from: 'living',
      by: 'landlord',
      emits: 'GivenBack',
      input: { back: amount },
      settles: { refund: 'back' },
    },
    Deduct: {
      from: 'living',
      by: 'landlord',
      emits: 'Deducted',
      input: { damage: amount },
      settles: { deduct: 'damage' },
    },
    Tip: {
      from: 'living',
      by: 'tenant',
      emits: 'Tipped',
      input: { extra: amount },
      passes: { tip: 'extra: tenant -> landlord' },
    },
    Review: { from: 'living', to: 'reviewed', by: ['tenant', 'landlord'], emits: 'ReviewAsked' },
    Rule: {
      from: 'reviewed',
      to: 'settled',
      by: ['arbiter', 'landlord'],
      emits: 'Ruled',
      input: { award: amount },
      guards: [someoneElse],
      settles: { refund: 'award', pay: 'rest' },
    },
    SplitEvenly: {
      from: 'reviewed',
      to: 'settled',
      by: 'arbiter',
      emits: 'Ruled',
      amounts: { half },
      settles: { refund: 'half', pay: 'rest' },
    },
    Close: { from: 'living', to: 'settled', by: 'clock', emits: 'Closed', settles: { pay: 'rest' } },
  },
});

/** The odd cent goes to the tenant. */
function half({ thing }: Facts): Money {
  const held = (thing && heldBy(thing)) ?? usd('0');
  return money((held.minor + 1n) / 2n, held.currency);
}
