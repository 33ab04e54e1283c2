import { writeFileSync } from 'node:fs';

/** Writes what vitest's JSON report leaves out: why a test was skipped, and errors that belong to no test. */
class TestNotesReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const skipped = [];
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        skipped.push({ test: `${module.relativeModuleId} > ${test.fullName}`, reason: test.result().note ?? '' });
      }
    }
    writeFileSync(
      process.env.HOLDFAST_TEST_NOTES,
      JSON.stringify({ skipped, unhandledErrors: unhandledErrors.length }),
    );
  }
}

export default TestNotesReporter;
