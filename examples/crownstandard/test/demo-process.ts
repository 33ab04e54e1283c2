import { demoUnderTest } from '@holdfast/demo-kit/testing';

export { inFolder } from '@holdfast/demo-kit/testing';

/** The demo, as tests run it. */
export const {
  run: demo,
  kill: killDemo,
  json: demoJson,
} = await demoUnderTest(new URL('../src/demo/main.ts', import.meta.url));
