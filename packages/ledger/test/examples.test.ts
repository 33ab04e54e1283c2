import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { captured, held } from '../examples/hold.example.ts';
import { lines, march, report, trial } from '../examples/verify.example.ts';
import { deposited, seen } from '../examples/wallet.example.ts';

describe('the examples', () => {
  it('do what the pages say that show them', () => {
    expect(deposited._unsafeUnwrap()).toMatchObject({ status: 'committed', sequence: 1 });
    expect(seen._unsafeUnwrap()).toMatchObject({ available: usd('100'), held: usd('0') });
    expect(held.isOk() && captured.isOk()).toBe(true);
    expect(march._unsafeUnwrap()).toMatchObject({ opening: usd('0'), closing: usd('88') });
    expect(trial._unsafeUnwrap()).toMatchObject({ balanced: true, sequence: 3 });
    expect(report._unsafeUnwrap()).toMatchObject({ verified: true, sequence: 3 });
    expect(lines).toContain('account users:42:available  ; type: L');
  });
});
