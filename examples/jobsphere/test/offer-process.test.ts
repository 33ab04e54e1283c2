import { jobOffer } from '@holdfast/escrow';
import { fuzzProcess } from '@holdfast/testkit';
import { expect, it } from 'vitest';
import { offerProcess } from '../src/book/offer-process.ts';

const runs = Number(process.env.HOLDFAST_RUNS ?? 300);

it('law: whatever random people do with an offer, no money is lost', () => {
  const report = fuzzProcess(offerProcess, { runs, seed: 1 });
  // Every command was done, and every refusal of the process was met at least once.
  for (const [command, times] of Object.entries(report.done)) expect(times, command).toBeGreaterThan(0);
  for (const code of ['actor_not_allowed', 'wrong_status', 'overdue', 'budget_out_of_range', 'not_due'])
    expect(report.refused[code], code).toBeGreaterThan(0);
  expect(report.ended).toBeGreaterThan(0);
});

it('is the preset with one step more', () => {
  const { StartJob, GiveUpJob, ...shared } = offerProcess.definition.transitions;
  const plain = (definition: object): unknown => JSON.parse(JSON.stringify(definition));
  const { CompleteJob, ...others } = shared;
  const { CompleteJob: presetComplete, ...presetOthers } = jobOffer.definition.transitions;
  expect(plain(others)).toEqual(plain(presetOthers));
  expect(plain({ ...CompleteJob, from: 'accepted' })).toEqual(plain({ ...presetComplete }));
  expect([StartJob?.from, GiveUpJob?.from]).toEqual(['accepted', 'started']);
  const { started, ...states } = offerProcess.definition.states;
  expect(plain(states)).toEqual(plain(jobOffer.definition.states));
  expect(started).toBeDefined();
});
