import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { storeLaws, testLaws } from '@holdfast/testkit';
import { it } from 'vitest';
import { mongoHarness } from '../test/mongo-harness.ts';

// How many random histories a law of histories plays.
const runs = Number(process.env.HOLDFAST_RUNS ?? '20');

describeOnMongo('storeLaws on MongoDB', (url) =>
  testLaws(it, { laws: storeLaws, harness: mongoHarness(url, runs), timeoutMs: 600_000 + runs * 500 }),
);
