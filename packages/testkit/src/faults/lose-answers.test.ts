import { createMemoryStore, genesis } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { blankJournal, draftBatch } from '../journal/draft-batch.ts';
import { type Loss, loseAnswers } from './lose-answers.ts';

const { changes } = draftBatch(blankJournal, [{ key: 'host a' }]);
const noNeeds = { keys: [], accounts: [], records: [], claims: [] };

describe('loseAnswers', () => {
  it.each([
    ['keep', 1],
    ['applied', 1],
    ['dropped', 0],
    ['orphaned', 0],
  ] as const)('answers an append that it is to have %s, with the head at %i', async (loss: Loss, number) => {
    const store = createMemoryStore();
    const lossy = loseAnswers(store, () => loss);
    const answer = await lossy.store.append('main', genesis, changes);
    if (loss === 'keep') expect(answer._unsafeUnwrap()).toBe('appended');
    else expect(answer._unsafeUnwrapErr()).toMatchObject({ effect: 'unknown', retryable: true });
    expect((await store.readHead('main'))._unsafeUnwrap().number).toBe(number);
    expect(lossy.counts[loss]).toBe(1);
  });

  it('lets an orphan arrive after some more calls, or when it is told to settle', async () => {
    const store = createMemoryStore();
    const lossy = loseAnswers(store, () => 'orphaned', 2);
    await lossy.store.append('main', genesis, changes);
    await lossy.store.load('main', noNeeds);
    expect((await store.readHead('main'))._unsafeUnwrap().number).toBe(0);
    await lossy.store.load('main', noNeeds);
    await lossy.settled();
    expect((await store.readHead('main'))._unsafeUnwrap().number).toBe(1);
    expect(lossy.orphansWritten()).toBe(1);
  });
});
