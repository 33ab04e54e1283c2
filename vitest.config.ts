import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const onSource = {
  resolve: { conditions: ['holdfast:source', ...defaultClientConditions] },
  // Node is started with these, too, and what packages have under `module` is for bundlers: Node cannot load all of it.
  ssr: { resolve: { conditions: ['holdfast:source', ...defaultServerConditions.filter((one) => one !== 'module')] } },
};
const setupFiles = ['./scripts/no-leaks.ts'];
const exclude = ['**/node_modules/**', '**/dist/**', '**/.tsc/**'];
// Only what hangs is to be ended: a machine that is busy with other work takes many times longer, and that is no mistake.
const patience = 600_000;
const limits = {
  testTimeout: patience,
  hookTimeout: patience,
  expect: { poll: { timeout: 120_000 } },
};

export default defineConfig({
  test: {
    // The usual number leaves one core to watching: on two cores that is one file at a time, and half of the minutes waiting.
    maxWorkers: '100%',
    teardownTimeout: 60_000,
    projects: [
      {
        ...onSource,
        test: {
          name: 'unit',
          include: ['{packages,examples,bench,tools}/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'],
          exclude: [...exclude, '**/*.server.test.ts'],
          setupFiles: [...setupFiles, './packages/testkit/test/same-cases.ts'],
          ...limits,
          pool: 'threads',
          isolate: false,
        },
      },
      {
        ...onSource,
        test: {
          name: 'server',
          include: ['{packages,examples,bench,tools}/**/*.server.test.ts'],
          exclude,
          setupFiles,
          ...limits,
          pool: 'forks',
          globalSetup: ['./tools/embedded-postgres/src/vitest-setup.ts', './tools/embedded-mongo/src/vitest-setup.ts'],
        },
      },
    ],
  },
});
