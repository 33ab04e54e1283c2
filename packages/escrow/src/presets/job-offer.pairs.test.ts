import { type Actor, addDuration, clockActor, days, type Instant } from '@holdfast/kernel';
import { type Money, usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { type Asks, balancesAfter } from '../../test/balances-after.ts';
import { fundedOf, heldBy, leftBy } from '../amounts.ts';
import { jobOffer } from './job-offer.ts';

const sentAt = '2026-03-01T10:00:00.000Z';
const expiresAt = addDuration(sentAt, days(7));
const customer = { id: 'ada', role: 'customer' };
const contractor = { id: 'ben', role: 'contractor' };

const asks = (type: string, actor: Actor, at: Instant, input: object = {}): Asks => ({
  command: { type, ...input },
  when: { actor, at },
});
const send = asks('SendOffer', customer, sentAt, {
  parties: { customer: 'ada', contractor: 'ben' },
  reference: 'J1',
  amount: usd('99.99'),
});
const accept = asks('AcceptOffer', contractor, sentAt);

const commandsAt = (at: Instant): readonly Asks[] => [
  { ...send, when: { actor: customer, at } },
  asks('AcceptOffer', contractor, at),
  asks('RejectOffer', contractor, at),
  asks('ExpireOffer', clockActor, at),
  asks('CancelOffer', customer, at),
  asks('CompleteJob', customer, at),
];

/** Each command with itself and every other. */
function pairsAt(at: Instant): readonly (readonly [Asks, Asks])[] {
  const commands = commandsAt(at);
  return commands.flatMap((first, index) => commands.slice(index).map((second): [Asks, Asks] => [first, second]));
}

const nameOf = ({ command }: Asks): string => (command as { type: string }).type;

/** Tells how a history ends, and whether its last two commands were done or why not. */
function tell(history: readonly Asks[], [first, second]: readonly [Asks, Asks]): string {
  const afterFirst = balancesAfter(jobOffer, 'O1', [...history, first]);
  const afterBoth = balancesAfter(jobOffer, 'O1', [...history, first, second]);
  const answers = [
    `${nameOf(first)} ${afterFirst.refusal?.code ?? 'done'}`,
    `${nameOf(second)} ${afterBoth.refusal?.code ?? 'done'}`,
  ];
  return `${answers.join(', ')}: ${afterBoth.state?.status ?? 'nothing'}`;
}

function tellPairs(history: readonly Asks[], at: Instant): readonly string[] {
  const told = pairsAt(at).flatMap(([first, second]) => {
    const orders =
      first === second
        ? [[first, second] as const]
        : ([
            [first, second],
            [second, first],
          ] as const);
    return orders.map((order) => tell(history, order));
  });
  return told.filter((line) => line.includes(' done'));
}

describe('two commands, in both orders', () => {
  it('on nothing: only an offer that is sent can be answered', () => {
    expect(tellPairs([], sentAt)).toMatchInlineSnapshot(`
      [
        "SendOffer done, SendOffer already_started: pending",
        "SendOffer done, AcceptOffer done: accepted",
        "AcceptOffer not_found, SendOffer done: pending",
        "SendOffer done, RejectOffer done: rejected",
        "RejectOffer not_found, SendOffer done: pending",
        "SendOffer done, ExpireOffer not_due: pending",
        "ExpireOffer not_found, SendOffer done: pending",
        "SendOffer done, CancelOffer done: cancelled",
        "CancelOffer not_found, SendOffer done: pending",
        "SendOffer done, CompleteJob wrong_status: pending",
        "CompleteJob not_found, SendOffer done: pending",
      ]
    `);
  });

  it('on a pending offer: one end excludes the others', () => {
    expect(tellPairs([send], sentAt)).toMatchInlineSnapshot(`
      [
        "SendOffer already_started, AcceptOffer done: accepted",
        "AcceptOffer done, SendOffer already_started: accepted",
        "SendOffer already_started, RejectOffer done: rejected",
        "RejectOffer done, SendOffer already_started: rejected",
        "SendOffer already_started, CancelOffer done: cancelled",
        "CancelOffer done, SendOffer already_started: cancelled",
        "AcceptOffer done, AcceptOffer wrong_status: accepted",
        "AcceptOffer done, RejectOffer wrong_status: accepted",
        "RejectOffer done, AcceptOffer wrong_status: rejected",
        "AcceptOffer done, ExpireOffer wrong_status: accepted",
        "ExpireOffer not_due, AcceptOffer done: accepted",
        "AcceptOffer done, CancelOffer done: cancelled",
        "CancelOffer done, AcceptOffer wrong_status: cancelled",
        "AcceptOffer done, CompleteJob done: completed",
        "CompleteJob wrong_status, AcceptOffer done: accepted",
        "RejectOffer done, RejectOffer wrong_status: rejected",
        "RejectOffer done, ExpireOffer wrong_status: rejected",
        "ExpireOffer not_due, RejectOffer done: rejected",
        "RejectOffer done, CancelOffer wrong_status: rejected",
        "CancelOffer done, RejectOffer wrong_status: cancelled",
        "RejectOffer done, CompleteJob wrong_status: rejected",
        "CompleteJob wrong_status, RejectOffer done: rejected",
        "ExpireOffer not_due, CancelOffer done: cancelled",
        "CancelOffer done, ExpireOffer wrong_status: cancelled",
        "CancelOffer done, CancelOffer wrong_status: cancelled",
        "CancelOffer done, CompleteJob wrong_status: cancelled",
        "CompleteJob wrong_status, CancelOffer done: cancelled",
      ]
    `);
  });

  it('on an offer that is due: only the clock still does something', () => {
    expect(tellPairs([send], expiresAt)).toMatchInlineSnapshot(`
      [
        "SendOffer already_started, ExpireOffer done: expired",
        "ExpireOffer done, SendOffer already_started: expired",
        "AcceptOffer overdue, ExpireOffer done: expired",
        "ExpireOffer done, AcceptOffer wrong_status: expired",
        "RejectOffer overdue, ExpireOffer done: expired",
        "ExpireOffer done, RejectOffer wrong_status: expired",
        "ExpireOffer done, ExpireOffer wrong_status: expired",
        "ExpireOffer done, CancelOffer wrong_status: expired",
        "CancelOffer overdue, ExpireOffer done: expired",
        "ExpireOffer done, CompleteJob wrong_status: expired",
        "CompleteJob wrong_status, ExpireOffer done: expired",
      ]
    `);
  });

  it('on an accepted offer: it is completed or cancelled', () => {
    expect(tellPairs([send, accept], sentAt)).toMatchInlineSnapshot(`
      [
        "SendOffer already_started, CancelOffer done: cancelled",
        "CancelOffer done, SendOffer already_started: cancelled",
        "SendOffer already_started, CompleteJob done: completed",
        "CompleteJob done, SendOffer already_started: completed",
        "AcceptOffer wrong_status, CancelOffer done: cancelled",
        "CancelOffer done, AcceptOffer wrong_status: cancelled",
        "AcceptOffer wrong_status, CompleteJob done: completed",
        "CompleteJob done, AcceptOffer wrong_status: completed",
        "RejectOffer wrong_status, CancelOffer done: cancelled",
        "CancelOffer done, RejectOffer wrong_status: cancelled",
        "RejectOffer wrong_status, CompleteJob done: completed",
        "CompleteJob done, RejectOffer wrong_status: completed",
        "ExpireOffer wrong_status, CancelOffer done: cancelled",
        "CancelOffer done, ExpireOffer wrong_status: cancelled",
        "ExpireOffer wrong_status, CompleteJob done: completed",
        "CompleteJob done, ExpireOffer wrong_status: completed",
        "CancelOffer done, CancelOffer wrong_status: cancelled",
        "CancelOffer done, CompleteJob wrong_status: cancelled",
        "CompleteJob done, CancelOffer wrong_status: completed",
        "CompleteJob done, CompleteJob wrong_status: completed",
      ]
    `);
  });

  it('law: what was funded is held, released, refunded or earned as fees, after every pair on every state', () => {
    for (const history of [[], [send], [send, accept]]) {
      for (const at of [sentAt, expiresAt]) {
        for (const [first, second] of pairsAt(at)) {
          for (const order of [
            [first, second],
            [second, first],
          ]) {
            const { state, balances } = balancesAfter(jobOffer, 'O1', [...history, ...order]);
            if (!state) continue;
            const [funded, held, paid, refunded] = [
              fundedOf(state),
              heldBy(state),
              leftBy(state, 'pay'),
              leftBy(state, 'refund'),
            ];
            expect(minor(funded)).toBe(minor(held) + minor(paid) + minor(refunded));
            const decimals = [...balances.values()].map((balance) => BigInt(balance.replace('.', '')));
            expect(decimals.reduce((sum, balance) => sum + balance, 0n)).toBe(0n);
            if (jobOffer.definition.states[state.status]?.done) expect(minor(held)).toBe(0n);
          }
        }
      }
    }
  });
});

const minor = (amount: Money | undefined): bigint => amount?.minor ?? 0n;
