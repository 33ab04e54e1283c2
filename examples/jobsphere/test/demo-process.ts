import { demoUnderTest } from '@holdfast/demo-kit/testing';

export { type DemoEnd, inFolder } from '@holdfast/demo-kit/testing';

/** The demo, as tests run it. */
export const {
  start: startDemo,
  run: demo,
  json: demoJson,
} = await demoUnderTest(new URL('../src/demo/main.ts', import.meta.url));
