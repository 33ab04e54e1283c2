import { describe, expect, it } from 'vitest';
import { plainHarness } from '../faulty-stores/plain-harness.ts';
import { expectThat } from './expect.ts';
import { type Law, storeLaw } from './law.ts';
import { runLaws } from './run-laws.ts';
import { storeLaws } from './store-laws.ts';

describe('runLaws', () => {
  const hostless = { ...plainHarness('plain store'), lacks: { host: 'this one has none' } };

  it('says of each law whether it held, was broken, or could not run and why', async () => {
    const laws: readonly Law[] = [
      storeLaw('holds', async () => {}),
      storeLaw('breaks', async () => expectThat(false, 'it does not hold')),
      storeLaw('needs a host', async () => {}, ['host']),
    ];
    const outcomes = await runLaws(laws, hostless);
    expect(outcomes).toMatchObject([
      { law: 'holds', outcome: 'held' },
      { law: 'breaks', outcome: 'broken', error: { name: 'LawBroken', message: 'it does not hold' } },
      { law: 'needs a host', outcome: 'not_run', why: 'host: this one has none' },
    ]);
  });

  it('closes what a law opened, whatever happens', async () => {
    let closed = 0;
    const harness = plainHarness('plain store');
    const counting = {
      ...harness,
      open: async () => {
        const opened = await harness.open();
        return {
          ...opened,
          close: async () => {
            closed += 1;
            await opened.close();
          },
        };
      },
    };
    const breaks = storeLaw('breaks', async () => expectThat(false, 'it does not hold'));
    await runLaws([storeLaw('holds', async () => {}), breaks], counting);
    expect(closed).toBe(2);
  });

  it('knows each law by a name of its own', () => {
    expect(new Set(storeLaws.map(({ name }) => name)).size).toBe(storeLaws.length);
  });
});
