import { checkChits, chitHistory } from '@holdfast/chit-fund';
import {
  type AnyLife,
  anyLife,
  anyLifeUnderAct,
  breachesOfAct,
  foreman,
  type OpenedChits,
  openChits,
  playLife,
} from '@holdfast/chit-fund/testing';
import { verifyBook } from '@holdfast/ledger';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportsAgree } from './reports-agree.ts';

// A life is long: its seed finds it again, and shrinking would take minutes.
const settings = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 4), endOnFailure: true };

describe('random lives of schemes', { timeout: 300_000 }, () => {
  it('law: after every command the identities hold, reports agree with record and ledger, and in the end every account is at zero', async () => {
    let commands = 0;
    const lives = fc.asyncProperty(anyLife(), async (life) => {
      commands += (await playedLife(life)).commands;
    });
    await fc.assert(lives, settings);
    expect(commands).toBeGreaterThan(settings.numRuns * 15);
  });

  it('law: under the Act all that holds as well, and nothing that it forbids is done by anybody', async () => {
    let commands = 0;
    const lives = fc.asyncProperty(anyLifeUnderAct(), async (life) => {
      const played = await playedLife(life);
      commands += played.commands;
      const history = (await chitHistory(played.world.book, played.world.chits, 'c1'))._unsafeUnwrap();
      expect(breachesOfAct(history)).toEqual([]);
    });
    await fc.assert(lives, settings);
    expect(commands).toBeGreaterThan(settings.numRuns * 15);
  });
});

/** Plays a life to its end, and looks at everything after each command. */
async function playedLife({ terms, terminates, seed }: AnyLife): Promise<{
  readonly world: OpenedChits;
  readonly commands: number;
}> {
  const world = openChits();
  await world.found('c1', terms);
  let looks = 0;
  const after = async () => {
    expect((await checkChits(world.book, world.chits))._unsafeUnwrap()).toEqual([]);
    looks += 1;
    if (looks % LOOKS_FOR_A_REPORT === 0) await reportsAgree(world);
  };
  const commands = await playLife(world, { id: 'c1', seed, terminates, after });
  await reportsAgree(world);
  const chit = await world.chit('c1');
  const end = await world.records.execute('c1', { type: 'CompleteScheme' }, { actor: foreman, key: 'complete' });
  expect(end.isOk() ? [] : [chit.phase, end.error, chit.carry, chit.reserve]).toEqual([]);
  await after();
  const report = (await verifyBook({ store: world.store, book: 'main', deciders: [world.chits.chit] }))._unsafeUnwrap();
  expect(report.difference).toBeUndefined();
  return { world, commands };
}

/** Makes a report for every so many looks: each reads the whole journal. */
const LOOKS_FOR_A_REPORT = 15;
