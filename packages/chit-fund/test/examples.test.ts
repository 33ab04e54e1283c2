import { describe, expect, it } from 'vitest';
import { income, left, wrong } from '../examples/run-chit.example.ts';

describe('the example', () => {
  it('ends with every account at zero, and the commission and interest with the foreman', () => {
    expect([left, wrong, income]).toEqual(['completed', [], 20_118n]);
  });
});
