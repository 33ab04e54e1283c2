import { expect, it } from 'vitest';
import { demoJson, inFolder } from './demo-process.ts';

it('holds every identity through refunds after payouts, late tips, reversals, forgotten keys, missing funds and a restore', async () => {
  await inFolder(async (folder) => {
    const report = await demoJson(['--store', 'memory', '--trips', '12', '--folder', folder, '--drill']);
    expect(report).toMatchObject({ bookings: 12, verified: true });
    expect(report.drills).toMatchObject({
      refundAfterPayout: { refunds: 4, debtsLeft: '0.00', verified: true },
      lateTips: { tipsAfterThePayout: 3, transfersOfTheirOwn: 3, verified: true },
      reversals: {
        reversals: 4,
        foundByReconciliation: 4,
        sentOnceMore: 4,
        askedBack: 3,
        takenBack: 3,
        answersOfReversalsLost: 1,
        exceptionsAfterwards: 0,
        verified: true,
      },
      prunedKeys: { verified: true },
      insufficientBalance: { timesToppedUp: 1, alarms: 1, verified: true },
      pendingFunds: { verified: true },
      restore: { sentBeforeAdopting: 0, sentAfterwards: 2, paidTwice: 0, verified: true },
    });
    const { drills } = report as { drills: Record<string, Record<string, number | string>> };
    expect(drills.refundAfterPayout?.debts).not.toBe('0.00');
    for (const [drill, count] of MET) expect(drills[drill]?.[count], `${drill}: ${count}`).toBeGreaterThan(0);
  });
});

/** What has to have happened for a drill to be one. */
const MET = [
  ['prunedKeys', 'answersLost'],
  ['prunedKeys', 'timesPruned'],
  ['insufficientBalance', 'hoursShort'],
  ['pendingFunds', 'refusedForFunds'],
  ['restore', 'unitsForgotten'],
  ['restore', 'adopted'],
] as const;
