import { describe, expect, it } from 'vitest';
import { type MakeTest, testLaws } from './test-laws.ts';

const laws = [
  { name: 'holds', run: async () => {} },
  {
    name: 'is broken',
    run: async () => {
      throw new Error('planted');
    },
  },
  { name: 'needs a server', needs: ['server'], run: async () => {} },
];

interface Made {
  readonly name: string;
  readonly timeout: number;
  readonly run: () => Promise<readonly string[]>;
}

function collect(): { readonly made: Made[]; readonly it: MakeTest } {
  const made: Made[] = [];
  const it: MakeTest = (name, { timeout }, run) => {
    const skipped: string[] = [];
    made.push({
      name,
      timeout,
      run: async () => {
        await run({ skip: (why) => skipped.push(why) });
        return skipped;
      },
    });
  };
  return { made, it };
}

describe('testLaws', () => {
  it('makes a test of each law, which fails where the law is broken', async () => {
    const { made, it: make } = collect();
    testLaws(make, { laws, harness: {}, timeoutMs: 7 });
    expect(made.map(({ name, timeout }) => [name, timeout])).toEqual([
      ['holds', 7],
      ['is broken', 7],
      ['needs a server', 7],
    ]);
    expect(await made[0]?.run()).toEqual([]);
    await expect(made[1]?.run()).rejects.toThrow('planted');
  });

  it('keeps what cannot run in the report, with its reason, and skips it', async () => {
    const { made, it: make } = collect();
    testLaws(make, { laws, harness: { lacks: { server: 'none here' } }, except: { 'is broken': 'a known limit' } });
    expect(made.map(({ name }) => name)).toEqual([
      'holds',
      'is broken [not run: a known limit]',
      'needs a server [not run: server: none here]',
    ]);
    expect(await made[1]?.run()).toEqual(['a known limit']);
    expect(await made[2]?.run()).toEqual(['server: none here']);
  });

  it('throws where an exception is made for a law that there is not', () => {
    expect(() => testLaws(collect().it, { laws, harness: {}, except: { hols: 'misspelt' } })).toThrow('hols');
  });
});
