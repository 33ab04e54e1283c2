import { describe, expect, it } from 'vitest';
import { summarise } from './report-tests.mjs';

const results = (numPassedTests, numFailedTests, testResults = []) => ({ numPassedTests, numFailedTests, testResults });
const quiet = { skipped: [], unhandledErrors: 0, code: 0, filtered: false };
const last = ({ lines }) => lines.at(-1);

describe('summarise', () => {
  it('ends with the counts', () => {
    const summary = summarise({ ...quiet, results: results(3, 0) });
    expect(last(summary)).toBe('3 passed, 0 failed');
    expect(summary.code).toBe(0);
  });

  it('fails when a test failed', () => {
    const summary = summarise({ ...quiet, code: 1, results: results(3, 2) });
    expect(last(summary)).toBe('3 passed, 2 failed');
    expect(summary.code).toBe(1);
  });

  it('fails when nothing ran or no report was written', () => {
    expect(summarise({ ...quiet, results: results(0, 0) }).code).toBe(1);
    const summary = summarise({ ...quiet, code: 134, results: undefined });
    expect(last(summary)).toBe('0 passed, 1 failed');
    expect(summary.code).toBe(134);
  });

  it('counts a file that broke outside of its tests', () => {
    const broken = [{ status: 'failed', assertionResults: [], name: 'a.test.ts', message: 'no such module' }];
    const summary = summarise({ ...quiet, code: 1, results: results(3, 0, broken) });
    expect(last(summary)).toBe('3 passed, 1 failed');
    expect(summary.lines).toContain('Failed outside of its tests: a.test.ts: no such module');
  });

  it('does not count a file twice whose test failed', () => {
    const failed = [{ status: 'failed', assertionResults: [{ status: 'failed' }], name: 'a.test.ts', message: '' }];
    expect(last(summarise({ ...quiet, code: 1, results: results(3, 1, failed) }))).toBe('3 passed, 1 failed');
  });

  it('fails on an error that belongs to no test', () => {
    const summary = summarise({ ...quiet, code: 1, unhandledErrors: 1, results: results(3, 0) });
    expect(last(summary)).toBe('3 passed, 1 failed');
    expect(summary.code).toBe(1);
  });

  it('fails when the run failed for a reason that it does not name', () => {
    expect(summarise({ ...quiet, code: 7, results: results(3, 0) }).code).toBe(7);
  });

  it('says what was not run and why above the last line', () => {
    const skipped = [{ test: 'a.test.ts > exports', reason: 'hledger is not installed' }];
    const summary = summarise({ ...quiet, skipped, results: results(3, 0) });
    expect(summary.lines.slice(-3)).toEqual([
      'Not run: hledger is not installed',
      '  a.test.ts > exports',
      '3 passed, 0 failed',
    ]);
    expect(summary.code).toBe(0);
  });

  it('fails on a test that was skipped in silence', () => {
    const skipped = [{ test: 'a.test.ts > exports', reason: '' }];
    expect(last(summarise({ ...quiet, skipped, results: results(3, 0) }))).toBe('3 passed, 1 failed');
  });
});
