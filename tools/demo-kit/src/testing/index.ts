export {
  type DemoEnd,
  type DemoKill,
  type DemoRun,
  type DemoUnderTest,
  demoUnderTest,
  inFolder,
} from './demo-under-test.ts';
