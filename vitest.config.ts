import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const onSource = {
  resolve: { conditions: ['holdfast:source', ...defaultClientConditions] },
  // Node is started with these, too, and what packages have under `module` is for bundlers: Node cannot load all of it.
  ssr: { resolve: { conditions: ['holdfast:source', ...defaultServerConditions.filter((one) => one !== 'module')] } },
};
const setupFiles = ['./scripts/no-leaks.ts'];
const exclude = ['**/node_modules/**', '**/dist/**', '**/.tsc/**'];

export default defineConfig({
  test: {
    // The usual number leaves one core to watching: on two cores that is one file at a time, and half of the minutes waiting.
    maxWorkers: '100%',
    projects: [
      {
        ...onSource,
        test: {
          name: 'unit',
          include: ['{packages,examples,bench,tools}/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'],
          exclude: [...exclude, '**/*.server.test.ts'],
          setupFiles,
          pool: 'threads',
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        ...onSource,
        test: {
          name: 'server',
          include: ['{packages,examples,bench,tools}/**/*.server.test.ts'],
          exclude,
          setupFiles,
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['./tools/embedded-postgres/src/vitest-setup.ts', './tools/embedded-mongo/src/vitest-setup.ts'],
        },
      },
    ],
  },
});
