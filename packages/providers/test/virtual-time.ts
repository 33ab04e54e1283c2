import { instantAt } from '@holdfast/kernel';
import type { Timer } from '../src/bulkhead/with-timeout.ts';

export const start = Date.parse('2026-03-07T10:00:00.000Z');

/** Time that passes only where a timer waits for it: each timer fires once the running work has come to rest. */
export function virtualTime() {
  const clockMs = { now: start };
  const waiting: { readonly at: number; readonly call: () => void }[] = [];
  let asleep = true;
  const fire = () => {
    const next = waiting.sort((one, other) => one.at - other.at).shift();
    asleep = next === undefined;
    if (!next) return;
    clockMs.now = Math.max(clockMs.now, next.at);
    next.call();
    setImmediate(fire);
  };
  const timer: Timer = (afterMs, call) => {
    const entry = { at: clockMs.now + afterMs, call };
    waiting.push(entry);
    if (asleep) {
      asleep = false;
      setImmediate(fire);
    }
    return () => {
      const index = waiting.indexOf(entry);
      if (index >= 0) waiting.splice(index, 1);
    };
  };
  return { timer, clock: () => instantAt(clockMs.now), random: () => 0.5, clockMs };
}
