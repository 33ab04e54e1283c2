import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { applied, guarded, received, run, verified } from '../examples/receive-webhook.example.ts';
import { moved, paid, started, tooSoon, unknown } from '../examples/send-once.example.ts';

describe('the examples', () => {
  it('do what the pages say that show them', () => {
    expect(started.postings).toEqual([{ kind: 'to_transit', amount: usd('75') }]);
    expect(unknown.attempt.state).toEqual({ status: 'unknown', because: 'silence' });
    expect(tooSoon._unsafeUnwrapErr().code).toBe('look_up_first');
    expect(paid.postings).toMatchObject([{ kind: 'paid', amount: usd('75') }]);
    expect(paid.attempt.state.status).toBe('paid');
    expect(moved).toHaveLength(1);
  });

  it('store a webhook before anything else, and apply it when its object is known', () => {
    expect(guarded.descriptor.mode).toBe('simulated');
    expect(verified._unsafeUnwrap()).toMatchObject({ event: 'evt_1' });
    expect(received._unsafeUnwrap()).toMatchObject({ id: 'evt_1', applied: false });
    expect(run._unsafeUnwrap()).toMatchObject({ done: 1 });
    expect(applied._unsafeUnwrap()).toBe(2);
  });
});
