import { expect, it } from 'vitest';
import { runInOrder } from './run-in-order.ts';

const never = { stopped: () => false };
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

it('starts items in order, and never more at once than allowed', async () => {
  const started: number[] = [];
  let running = 0;
  let most = 0;
  await runInOrder([1, 2, 3, 4, 5, 6, 7], { concurrency: 3, ...never }, async (item) => {
    started.push(item);
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  });
  expect(started).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('starts nothing more once it is stopped', async () => {
  const started: number[] = [];
  await runInOrder([1, 2, 3, 4], { concurrency: 1, stopped: () => started.length === 2 }, async (item) => {
    started.push(item);
  });
  expect(started).toEqual([1, 2]);
});

it('waits for what is in flight before it throws', async () => {
  let finished = false;
  const failing = runInOrder([1, 2, 3], { concurrency: 2, ...never }, async (item) => {
    if (item === 1) throw new Error('the first failed');
    await turn();
    finished = true;
  });
  await expect(failing).rejects.toThrow('the first failed');
  expect(finished).toBe(true);
});

it('lets the event loop turn, although nothing that it runs ever does', async () => {
  let stopped = false;
  setImmediate(() => {
    stopped = true;
  });
  let done = 0;
  const items = Array.from({ length: 10_000 }, (_, index) => index);
  await runInOrder(items, { concurrency: 50, stopped: () => stopped }, async () => {
    done += 1;
  });
  expect(done).toBeLessThan(200);
});
