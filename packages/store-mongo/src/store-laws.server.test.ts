import { describeOnMongo } from '@holdfast/embedded-mongo/vitest';
import { lawRuns, testLaws } from '../test/law-tests.ts';
import { mongoHarness } from '../test/mongo-harness.ts';

describeOnMongo('storeLaws on MongoDB', (url) => testLaws(mongoHarness(url, lawRuns)));
