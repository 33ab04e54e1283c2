import type { Actor } from '@holdfast/kernel';
import { verifyBook } from '@holdfast/ledger';
import { money, percent, usd } from '@holdfast/money';
import type { SubmitOutcome } from '@holdfast/providers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkPayouts } from './check-payouts.ts';
import { leavingOf } from './records/payout/decider.ts';
import {
  earn,
  type OpenedPayouts,
  observationOf,
  openPayouts,
  operator,
  outcomeOf,
  returnOf,
  worker,
} from './testing/open-payouts.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 40);

type Kind = 'payee' | 'obligation' | 'sender' | 'payout';

interface Step {
  readonly what: number;
  readonly which: number;
  readonly how: number;
}

const obligations = ['b0', 'b1', 'b2', 'b3'];
const payouts = ['p0', 'p1'];
/** How often each step is drawn. */
const drawn = [
  0, 2, 2, 3, 4, 5, 6, 6, 7, 7, 8, 9, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 16, 16, 17, 18, 18, 18, 19, 20, 21, 22, 22,
  23, 23, 23, 23, 23, 24, 24, 24, 24, 25, 25, 25, 26, 27, 28,
];
const dollars = (count: number) => money(BigInt(count), usd);
const policy = {
  fees: [{ fixed: usd('0.30'), rate: percent('1'), least: usd('0.50') }],
  step: [usd('0.05')],
  recoveryCap: percent('50'),
};

/** Plays one step; what is refused changes nothing. */
async function play(world: OpenedPayouts, { what, which, how }: Step): Promise<void> {
  const obligation = obligations[which % obligations.length] as string;
  const payout = payouts[which % payouts.length] as string;
  const ask = (kind: Kind, id: string, command: object, actor: Actor = worker) => world.code(kind, id, command, actor);
  switch (what) {
    case 0:
    case 1:
      await ask('obligation', obligation, earn(dollars(how + 1), { group: 'b' }));
      return;
    case 2:
      await ask('obligation', obligation, {
        type: 'RefundObligation',
        amount: dollars((how % 40) + 1),
        to: 'buyers:bea:refunds',
      });
      return;
    case 3:
      await ask('obligation', obligation, { type: how % 2 ? 'AddHold' : 'ReleaseHold', reason: 'dispute' });
      return;
    case 4:
    case 5: {
      const records = world.book.use(world.payouts.obligation);
      const some: string[] = [];
      for (const [index, id] of obligations.entries()) {
        const { state } = (await records.read(id))._unsafeUnwrap();
        if ((how >> index) % 4 !== 0 && state?.status === 'open') some.push(id);
      }
      if (some.length > 0) await world.plan(payout, ...some);
      return;
    }
    case 6:
    case 7:
      await ask('payout', payout, { type: 'StartAttempt' });
      return;
    case 8:
      await ask('payout', payout, { type: 'SendAgain' });
      return;
    case 9:
      world.pass(how * 1_200_000);
      return;
    case 10: {
      if (!(await world.payout(payout))) return;
      if (leavingOf(await world.payout(payout)).length > 0) await world.handOver(payout);
      return;
    }
    case 11:
      await ask('payout', payout, { type: 'CancelPayout' });
      return;
    case 22: {
      const debt = -(await world.balance('payees:ann:debts'));
      const amount = how % 3 === 0 || debt <= 0n ? dollars(how + 1) : money(debt, usd);
      await ask('payout', payout, { type: 'ReversePayout', amount, why: 'refunded' }, operator);
      return;
    }
    case 23: {
      const count = (await world.payout(payout))?.reversals?.length ?? 0;
      await ask('payout', payout, { type: 'StartAttempt', reversal: (how % Math.max(1, count)) + 1 });
      return;
    }
    default:
      if (what >= 24) await hearReversal(world, payout, what, how);
      else await hear(world, payout, what, how);
      // As the worker does in the same unit: what came back may be owed to what another payout has done with.
      for (const id of payouts) await world.code('payout', id, { type: 'Recheck' });
  }
}

/** Plays what is heard of a payout's newest attempt, or an older one. */
async function hear(world: OpenedPayouts, id: string, what: number, how: number): Promise<void> {
  const payout = await world.payout(id);
  const number = payout?.attempts.length ?? 0;
  if (number === 0) return;
  const ask = (command: object, actor: Actor = worker) => world.code('payout', id, command, actor);
  const older = { ...payout, attempts: payout.attempts.slice(0, (how % number) + 1) };
  const attempt = older.attempts.at(-1)?.attempt;
  const amount = attempt?.operation.amount ?? usd('1');
  const wrong = how % 5 === 0 ? { amount: dollars(Number(amount.minor) + (how % 3) - 1 || 1) } : {};
  const returns = how % 7 === 0 ? [{ id: `r${how % 3}`, amount: dollars((how % 50) + 1), at: world.now() }] : [];
  const ours = how % 14 === 0 ? returns.map((one) => ({ ...one, reference: 'claw' })) : returns;
  const observation = observationOf(older, {
    ...wrong,
    returns: ours,
    ...(how % 11 === 0 ? { fee: dollars((how % 4) + 1) } : {}),
    ...(how % 13 === 0 ? { status: 'failed' as const } : {}),
  });
  const outcomes: readonly SubmitOutcome[] = [
    { outcome: 'accepted', observation, replayed: false },
    { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: true, replayed: how % 2 === 0 },
    { outcome: 'rejected', code: 'limited', advice: 'retry_later', kept: false, replayed: false },
    { outcome: 'rejected', code: 'closed', advice: 'fix_destination', kept: true, replayed: false },
    { outcome: 'unknown', reason: 'silence', detail: '' },
    { outcome: 'unknown', reason: 'server_error', detail: '' },
    { outcome: 'not_sent', reason: 'connection_refused' },
  ];
  if (what < 16) await ask(outcomeOf(older, outcomes[how % outcomes.length] as SubmitOutcome));
  else if (what === 16) await ask({ type: 'ReportObservation', observation });
  else if (what === 17) await ask({ type: 'PresumeSilence', attempt: number, sentBefore: world.now() });
  else if (what === 18) {
    const lookup = how % 3 === 0 ? { found: [observation] } : { found: [], conclusive: how % 2 === 0, why: '' };
    await ask({ type: 'ReportLookup', attempt: number, lookedAt: world.now(), lookup });
  } else if (what === 19)
    await ask({ type: 'AssertPaid', attempt: number, reference: `tr_${id}_${how % 2}`, why: 'said' }, operator);
  else if (what === 20) await ask({ type: 'AssertAbsent', attempt: number, evidence: 'case' }, operator);
  else await ask({ type: 'Redrive', attempt: number, why: 'again' }, operator);
}

/** Plays what is heard of an attempt of a reversal, by itself or by the transfer. */
async function hearReversal(world: OpenedPayouts, id: string, what: number, how: number): Promise<void> {
  const payout = await world.payout(id);
  const all = payout?.reversals ?? [];
  const reversal = all[how % Math.max(1, all.length)];
  if (!reversal || reversal.attempts.length === 0) return;
  const ask = (command: object, actor: Actor = worker) => world.code('payout', id, command, actor);
  const older = { ...reversal, attempts: reversal.attempts.slice(0, (how % reversal.attempts.length) + 1) };
  const attempt = older.attempts.at(-1)?.attempt;
  const named = { reversal: reversal.number, attempt: attempt?.number ?? 0 };
  const amount = attempt?.operation.amount ?? usd('1');
  const wrong = how % 5 === 0 ? { amount: dollars(Number(amount.minor) + (how % 3) - 1 || 1) } : {};
  const observation = observationOf(older, { ...wrong, ...(how % 17 === 0 ? { status: 'failed' as const } : {}) });
  const outcomes: readonly SubmitOutcome[] = [
    { outcome: 'accepted', observation, replayed: false },
    { outcome: 'rejected', code: 'no', advice: 'retry_later', kept: true, replayed: how % 2 === 0 },
    { outcome: 'rejected', code: 'short', advice: 'fund_platform', kept: true, replayed: false },
    { outcome: 'unknown', reason: 'silence', detail: '' },
    { outcome: 'unknown', reason: 'server_error', detail: '' },
    { outcome: 'not_sent', reason: 'connection_refused' },
  ];
  if (what === 24) await ask(outcomeOf(older, outcomes[how % outcomes.length] as SubmitOutcome));
  else if (what === 25) {
    const told = observationOf(payout, { returns: [returnOf(observation)] });
    await ask({ type: 'ReportObservation', observation: how % 2 === 0 ? observation : told });
  } else if (what === 26) {
    const lookup = how % 3 === 0 ? { found: [observation] } : { found: [], conclusive: how % 2 === 0, why: '' };
    await ask({ type: 'ReportLookup', ...named, lookedAt: world.now(), lookup });
  } else if (what === 27) await ask({ type: 'SendAgain', reversal: reversal.number });
  else if (how % 3 === 0)
    await ask({ type: 'AssertPaid', ...named, reference: `trr_${reversal.number}_${how % 2}`, why: 'said' }, operator);
  else if (how % 3 === 1) await ask({ type: 'AssertAbsent', ...named, evidence: 'case' }, operator);
  else await ask({ type: 'CancelReversal', reversal: reversal.number }, operator);
}

/** What reversals and payouts have recovered of what was lent, in minor units: each debt once at most. */
async function recoveredOf(world: OpenedPayouts): Promise<{ readonly lent: bigint; readonly recovered: bigint }> {
  let lent = 0n;
  let recovered = 0n;
  for (const id of obligations) {
    const { state } = (await world.book.use(world.payouts.obligation).read(id))._unsafeUnwrap();
    if (state && state.status !== 'promised') lent += state.lent.minor;
  }
  for (const id of payouts) {
    const payout = await world.payout(id);
    for (const { netted } of payout?.items ?? []) recovered += netted.minor;
    for (const { attempts } of payout?.reversals ?? [])
      for (const { taken } of attempts) for (const { amount } of taken) recovered += amount.minor;
  }
  return { lent, recovered };
}

const steps = fc.array(fc.record({ what: fc.constantFrom(...drawn), which: fc.nat(11), how: fc.nat(200) }), {
  minLength: 30,
  maxLength: 110,
  size: 'max',
});

it('law: after every unit of a random history the identities of payouts hold, no debt is recovered twice, and the journal derives it all', async () => {
  let attempts = 0;
  let reversed = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), steps, async (isPaid, history) => {
      const world = await openPayouts({ policy });
      for (const [index, id] of obligations.slice(0, 3).entries())
        await world.done('obligation', id, earn(dollars(1_000 * (index + 1)), { group: 'b' }));
      (await world.plan('p0', 'b0', 'b1'))._unsafeUnwrap();
      if (isPaid) {
        // Half of the histories begin where there is something to take back.
        await world.done('payout', 'p0', { type: 'StartAttempt' });
        const observation = observationOf(await world.payout('p0'));
        await world.done('payout', 'p0', { type: 'ReportObservation', observation });
        const refund = { type: 'RefundObligation', amount: dollars(500), to: 'buyers:bea:refunds' };
        await world.done('obligation', 'b0', refund);
        await world.done('payout', 'p0', { type: 'ReversePayout', amount: dollars(300), why: 'refunded' }, operator);
      }
      for (const step of history) {
        await play(world, step);
        expect((await checkPayouts(world.book, world.payouts))._unsafeUnwrap()).toEqual([]);
        const { lent, recovered } = await recoveredOf(world);
        expect(recovered <= lent).toBe(true);
      }
      for (const id of payouts) {
        const payout = await world.payout(id);
        attempts += payout?.attempts.length ?? 0;
        reversed += payout?.reversals?.flatMap((one) => one.attempts).length ?? 0;
      }
      const { payee, obligation, payout, sender } = world.payouts;
      const deciders = [payee, obligation, payout, sender];
      const report = (await verifyBook({ store: world.store, book: 'main', deciders }))._unsafeUnwrap();
      expect(report.difference).toBeUndefined();
    }),
    { numRuns: runs },
  );
  expect(attempts).toBeGreaterThan(runs);
  expect(reversed).toBeGreaterThan(runs < 20 ? -1 : 0);
}, 300_000);
