import { days, hours } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { someoneElse } from '../../guards.ts';
import { jobOffer } from '../../presets/job-offer.ts';
import { simpleSale } from '../../presets/simple-sale.ts';
import { runProcess } from '../define-process.ts';
import type { ProcessDefinition, StateDefinition, TransitionDefinition } from '../definition.ts';
import { amount, instant, optional, text } from '../inputs.ts';
import { inside } from '../places.ts';
import { checkProcess } from './check-process.ts';

type Change = (definition: ProcessDefinition) => ProcessDefinition;

/** Changes one transition of a definition. */
const transition =
  (name: string, change: Partial<TransitionDefinition>): Change =>
  (definition) => {
    const { [name]: before, ...others } = definition.transitions;
    return { ...definition, transitions: { ...others, [name]: { ...(before as TransitionDefinition), ...change } } };
  };

/** Takes fields out of one transition. */
const without =
  (name: string, ...fields: readonly (keyof TransitionDefinition)[]): Change =>
  (definition) => {
    const left = Object.entries(definition.transitions[name] ?? {}).filter(
      ([field]) => !fields.includes(field as never),
    );
    const changed = Object.fromEntries(left) as unknown as TransitionDefinition;
    return { ...definition, transitions: { ...definition.transitions, [name]: changed } };
  };

/** Puts one state in the place of another. */
const state =
  (name: string, given: StateDefinition): Change =>
  (definition) => ({ ...definition, states: { ...definition.states, [name]: given } });

const both =
  (first: Change, second: Change): Change =>
  (definition) =>
    second(first(definition));

const offerFaults: readonly (readonly [what: string, change: Change, sentence: string])[] = [
  [
    'a fee that a way forgets',
    (offer) => ({ ...offer, ways: { ...offer.ways, pay: { payout: 'contractor', platform: 'earned' } } }),
    'way pay says nothing of service, which offer holds in accepted when CompleteJob comes',
  ],
  [
    'a fee that stays unearned',
    (offer) => ({
      ...offer,
      ways: { ...offer.ways, pay: { payout: 'contractor', platform: 'unearned', service: 'earned' } },
    }),
    'way pay leaves platform in unearned, which is inside',
  ],
  [
    'a line that is taken from where it does not lie',
    transition('AcceptOffer', { shifts: { platform_fee: 'platform: unearned -> held' } }),
    'AcceptOffer lays platform from unearned to held, but in pending it lies in held',
  ],
  [
    'a refund that is lost',
    without('RejectOffer', 'settles'),
    'rejected of offer is done, but platform in held, service in held, payout in held stays',
  ],
  [
    'an expiry that moves nothing',
    without('ExpireOffer', 'settles'),
    'expired of offer is done, but platform in held, service in held, payout in held stays',
  ],
  [
    'a refund that some way in does not have',
    both(transition('CancelOffer', { from: ['pending'] }), without('CompleteJob', 'settles')),
    'completed of offer is done, but platform in unearned, service in held, payout in held stays',
  ],
  [
    'a dead end',
    both(transition('CancelOffer', { from: ['pending'] }), transition('CompleteJob', { from: 'pending' })),
    'accepted of offer can never end, and holds platform in unearned, service in held, payout in held',
  ],
  [
    'a state that nothing reaches',
    transition('CompleteJob', { to: 'accepted' }),
    'completed of offer cannot be reached',
  ],
  [
    'a timer that names what does not start there',
    state('pending', { after: days(7), fire: 'CompleteJob' }),
    'pending of offer fires CompleteJob, which does not start there',
  ],
  [
    'a timer that the clock may not fire',
    state('pending', { after: days(7), fire: 'RejectOffer' }),
    'pending of offer fires RejectOffer, which the clock may not do',
  ],
  [
    'a rest that is paid twice',
    transition('CompleteJob', { settles: { pay: 'rest', refund: 'rest' } }),
    'CompleteJob settles rest by refund after the rest has left',
  ],
  [
    'a payment of what was never funded',
    both(without('SendOffer', 'funds', 'guards'), without('AcceptOffer', 'shifts')),
    'CompleteJob settles by pay, but offer never holds anything then',
  ],
  [
    'an amount that is no input',
    transition('CancelOffer', { settles: { refund: 'back' } }),
    'CancelOffer settles back, which is no amount of its input',
  ],
  [
    'an amount that may be left out',
    transition('CancelOffer', { input: { back: optional(amount) }, settles: { refund: 'back' } }),
    'CancelOffer settles back, which is no amount of its input',
  ],
  [
    'a part that is called the end',
    transition('CancelOffer', { input: { back: amount }, keeps: [], settles: { refund: 'back' } }),
    'CancelOffer settles a part of what offer holds and then calls it done: platform in held, service in held, payout in held would stay',
  ],
  [
    'money that comes in twice',
    transition('AcceptOffer', { funds: 'customer -> held' }),
    'AcceptOffer funds offer, which still holds platform in unearned, service in held, payout in held',
  ],
  [
    'a done state that goes on',
    transition('CancelOffer', { from: ['pending', 'accepted', 'completed'] }),
    'CancelOffer starts in completed of offer, which is done',
  ],
  [
    'a done state that falls due',
    state('expired', { done: true, after: days(1), fire: 'ExpireOffer' }),
    'expired of offer is done, but something falls due there',
  ],
  [
    'a timer without a time',
    state('pending', { fire: 'ExpireOffer' }),
    'pending of offer fires ExpireOffer, but does not say when',
  ],
  ['a time without a timer', state('accepted', { after: days(1) }), 'accepted of offer falls due, but fires nothing'],
  [
    'a clock that is allowed and never called',
    transition('CancelOffer', { by: ['customer', 'clock'] }),
    'the clock may CancelOffer from accepted of offer, but nothing there says when',
  ],
  [
    'a clock that would have to give a reason',
    transition('ExpireOffer', { input: { reason: text } }),
    'pending of offer fires ExpireOffer, but the clock has no reason to give',
  ],
  [
    'a deadline that nobody told',
    both(
      transition('AcceptOffer', { input: { until: instant } }),
      state('pending', { after: 'until', fire: 'ExpireOffer' }),
    ),
    'pending of offer falls due at until, which is no instant that is kept',
  ],
  [
    'a deadline that is told too late',
    both(
      transition('AcceptOffer', { input: { until: instant }, keeps: ['until'] }),
      state('pending', { after: 'until', fire: 'ExpireOffer' }),
    ),
    'pending of offer falls due at until, which it can reach without having been told',
  ],
  [
    'a time that is none',
    state('pending', { after: { ms: Number.NaN }, fire: 'ExpireOffer' }),
    'pending of offer falls due after NaN ms, which is not between a millisecond and a hundred years',
  ],
  [
    'an unknown actor',
    transition('CompleteJob', { by: 'buyer' }),
    'CompleteJob is done by buyer, who is neither party nor staff of offer',
  ],
  ['nobody', transition('CompleteJob', { by: [] }), 'nobody may CompleteJob'],
  [
    'an unknown state',
    transition('CompleteJob', { to: 'complete' }),
    'CompleteJob goes to complete, which is no state of offer',
  ],
  [
    'an unknown start',
    transition('CompleteJob', { from: 'accept' }),
    'CompleteJob starts in accept, which is no state of offer',
  ],
  [
    'an unknown way',
    transition('CompleteJob', { settles: { payout: 'rest' } }),
    'CompleteJob settles by payout, which is no way of offer',
  ],
  [
    'a beginning that leads nowhere',
    without('SendOffer', 'to'),
    'SendOffer begins offer, but does not say where it goes',
  ],
  ['a process that never begins', transition('SendOffer', { from: 'pending' }), 'nothing begins offer'],
  [
    'a fact that was never given',
    transition('AcceptOffer', { keeps: ['reason'] }),
    'AcceptOffer keeps reason, which is no field of its input',
  ],
  [
    'an input that shadows the command’s own',
    transition('SendOffer', { input: { amount } }),
    'SendOffer has an input amount, which every such command has',
  ],
  [
    'a place that is two',
    (offer) => ({ ...offer, places: { ...offer.places, kept: inside('escrows:{id}:held') } }),
    'held and kept are the same account escrows:{id}:held, so nobody could tell what lies where',
  ],
  [
    'an account of nobody',
    (offer) => ({ ...offer, places: { ...offer.places, held: inside('escrows:{ids}:held') } }),
    'the account escrows:{ids}:held of held speaks of {ids}, which offer does not have',
  ],
  [
    'an account that is none',
    (offer) => ({ ...offer, places: { ...offer.places, held: inside('escrows {id}') } }),
    'escrows {id} of held is no name for an account',
  ],
  [
    'a fee that nobody pays',
    (offer) => ({ ...offer, parties: ['customer', 'worker'] }),
    'service is paid by contractor, who is no party of offer',
  ],
  [
    'a claim of nothing',
    (offer) => ({ ...offer, claims: ['offer:job:{job}'] }),
    'the claim offer:job:{job} speaks of {job}, which offer does not have',
  ],
  [
    'a claim that is never held',
    (offer) => ({ ...offer, claims: [{ name: 'offer:job:{reference}', while: 'live' }] }),
    'the claim offer:job:{reference} is held while live, which is no state of offer',
  ],
  [
    'a name that is no transfer’s',
    (offer) => ({ ...offer, kinds: { fund: 'Escrow Hold' } }),
    'Escrow Hold is no name for a transfer: a-z, 0-9 and _, 64 at most',
  ],
  [
    'a name for what is not there',
    (offer) => ({ ...offer, kinds: { 'pay.tip': 'tip' } }),
    'kinds names pay.tip, which is no way, and no line of one',
  ],
  [
    'money that passes through the inside',
    transition('CompleteJob', { input: { tip: amount }, passes: { tip: 'tip: customer -> held' } }),
    'CompleteJob passes tip through held, which is inside: use settles or funds',
  ],
  [
    'an order of lines that are not there',
    (offer) => ({ ...offer, cutBy: { refund: ['tip'] } }),
    'refund is cut by tip, which is no line of offer',
  ],
];

describe('a fault in a definition', () => {
  it.each(offerFaults)('is refused in a sentence: %s', (_what, change, sentence) => {
    expect(checkProcess(change(jobOffer.definition)).problems).toContain(sentence);
  });

  it('stops the program at its start, with every sentence', () => {
    const change = both(without('RejectOffer', 'settles'), without('ExpireOffer', 'settles'));
    expect(() => runProcess(change(jobOffer.definition))).toThrow(
      [
        'offer is no sound process:',
        '- rejected of offer is done, but platform in held, service in held, payout in held stays',
        '- expired of offer is done, but platform in held, service in held, payout in held stays',
      ].join('\n'),
    );
  });

  it('never makes the checker itself stumble', () => {
    const offer = jobOffer.definition;
    for (const [index, [, change]] of offerFaults.entries()) {
      for (const [, other] of offerFaults.slice(index, index + 5)) {
        expect(checkProcess(both(change, other)(offer)).problems).not.toEqual([]);
      }
    }
  });
});

describe('what deserves a second thought', () => {
  it('is money that waits for ever when nobody acts', () => {
    expect(checkProcess(state('accepted', {})(jobOffer.definition))).toEqual({
      problems: [],
      lint: ['accepted of offer holds money, and if nobody acts it stays there for ever'],
    });
  });

  it('is a clock whose last word may be refused', () => {
    expect(checkProcess(transition('Refund', { guards: [someoneElse] })(simpleSale.definition)).lint).toEqual([
      'Refund is the last thing that funded of sale fires, and may be refused: then nothing happens',
    ]);
  });

  it('is nothing in the presets', () => {
    for (const { definition } of [jobOffer, simpleSale]) {
      expect(checkProcess(definition)).toEqual({ problems: [], lint: [] });
    }
  });
});

describe('a process that closes by itself', () => {
  const closing = both(
    state('funded', { after: hours(1), fire: 'Refund', whenDone: 'released' }),
    transition('Release', { to: 'funded', input: { part: amount }, settles: { pay: 'part' } }),
  );

  it('is sound with partial releases', () => {
    expect(checkProcess(closing(simpleSale.definition)).problems).toEqual([]);
  });

  it('is refused without its end', () => {
    const open = both(closing, state('funded', { after: hours(1), fire: 'Refund' }));
    expect(checkProcess(open(simpleSale.definition)).problems).toEqual(['released of sale cannot be reached']);
  });
});
