import { createMemoryStore, type Store } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { everyInterleaving } from '@holdfast/testkit';
import { describe, expect, it } from 'vitest';
import {
  assertSound,
  DUE,
  leftOver,
  type Marketplace,
  openMarketplace,
  START,
  type Step,
  stepNamed,
  steps,
} from './marketplace.ts';

/** Where a pair begins: what was done before, and when the pair is asked for. */
const stages = [
  { name: 'before the offer', before: [], at: START },
  { name: 'a pending offer', before: ['send'], at: START },
  { name: 'a pending offer that is due', before: ['send'], at: DUE },
  { name: 'an accepted offer', before: ['send', 'accept'], at: START },
  { name: 'an ended offer', before: ['send', 'accept', 'complete'], at: START },
] as const;

const pairs = steps.flatMap((left, index) => steps.slice(index).map((right) => ({ left, right })));

describe.each(stages)('two commands at once on $name', ({ before, at }) => {
  async function staged(store: Store<never>): Promise<Marketplace> {
    const market = openMarketplace(store);
    (await market.deposit(usd('300'), 'deposit'))._unsafeUnwrap();
    for (const name of before) (await stepNamed(name).run(market, `before-${name}`))._unsafeUnwrap();
    market.at(at);
    return market;
  }

  async function inOrder(first: Step, second: Step): Promise<string> {
    const market = await staged(createMemoryStore());
    const answers = [codeOf(await first.run(market, 'first')), codeOf(await second.run(market, 'second'))];
    await assertSound(market);
    return JSON.stringify([await leftOver(market), answers.sort()]);
  }

  it.each(pairs)('$left.name and $right.name come to what one of their orders comes to', async ({ left, right }) => {
    const serial = [await inOrder(left, right), await inOrder(right, left)];
    const market = await staged(createMemoryStore());
    const answers = await Promise.all([left.run(market, 'first'), right.run(market, 'second')]);
    await assertSound(market);
    expect(serial).toContain(JSON.stringify([await leftOver(market), answers.map(codeOf).sort()]));
  });

  it.each(pairs)(
    '$left.name and $right.name from two processes, in every interleaving of their store calls',
    async ({ left, right }) => {
      const serial = [await inOrder(left, right), await inOrder(right, left)];
      const answers: string[] = [];
      const { complete, schedules } = await everyInterleaving<never, undefined>({
        async open() {
          answers.length = 0;
          const store = createMemoryStore();
          await staged(store);
          return { store, world: undefined, close: () => store.close() };
        },
        callers: [left, right].map((step, index) => async (store) => {
          const market = openMarketplace(store);
          market.at(at);
          answers[index] = codeOf(await step.run(market, index === 0 ? 'first' : 'second'));
        }),
        async check(store) {
          const market = openMarketplace(store);
          await assertSound(market);
          expect(serial).toContain(JSON.stringify([await leftOver(market), [...answers].sort()]));
        },
      });
      expect(complete).toBe(true);
      expect(schedules).toBeGreaterThan(1);
    },
  );
});

function codeOf(answer: Awaited<ReturnType<Step['run']>>): string {
  return answer.isOk() ? answer.value.status : answer.error.code;
}
