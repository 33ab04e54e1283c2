import { createMemoryStore, type Store } from '@holdfast/kernel';

/** Makes a memory store whose own clock stands still in 2036, so that a test's clock is never ahead of it, on whatever day the test runs. */
export function createStillStore(): Store {
  return createMemoryStore({ nowMs: () => IN_2036 });
}

const IN_2036 = 2_095_891_200_000;
