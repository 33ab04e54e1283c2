import { Defect, type Duration, hours, minutes, show } from '@holdfast/kernel';

/** When a breaker opens, for how long, and what closes it. */
export interface BreakerSettings {
  /** Opens at this many failures in a row. */
  readonly failuresInRow: number;
  /** Opens when `failureBps` of the last `size` results are failures, from `least` results on; 10,000 is all of them. */
  readonly window: { readonly size: number; readonly least: number; readonly failureBps: number };
  /** Results older than this count no more. */
  readonly remember: Duration;
  /** How long it is open the first time; twice as long after each probe that fails. */
  readonly openFor: Duration;
  readonly openAtMost: Duration;
  /** How far the time that it is open is spread, both ways; 2,000 is a fifth. */
  readonly jitterBps: number;
  /** How many probes in a row have to succeed before it closes. One is out at a time. */
  readonly probes: number;
  /** A probe that has not reported by then counts as a failure. */
  readonly probeLease: Duration;
}

/** The settings where nothing else is said: 5 in a row or half of the last 20 (at least 10); open for a minute, doubling to ten. */
export const defaultBreakerSettings: BreakerSettings = {
  failuresInRow: 5,
  window: { size: 20, least: 10, failureBps: 5_000 },
  remember: hours(1),
  openFor: minutes(1),
  openAtMost: minutes(10),
  jitterBps: 2_000,
  probes: 1,
  probeLease: minutes(1),
};

/**
 * Completes settings and checks them.
 *
 * @throws Defect that names the first setting that cannot be.
 * @source docs/rules/providers.md, B-2
 */
export function breakerSettings(given: Partial<BreakerSettings> = {}): BreakerSettings {
  const settings = { ...defaultBreakerSettings, ...given };
  const { failuresInRow, window, remember, openFor, openAtMost, jitterBps, probes, probeLease } = settings;
  check('failuresInRow', failuresInRow, 1, 1_000);
  check('window.size', window.size, 1, 1_000);
  check('window.least', window.least, 1, window.size);
  check('window.failureBps', window.failureBps, 1, 10_000);
  check('remember.ms', remember.ms, 1_000, MOST_MS);
  check('openFor.ms', openFor.ms, 1, MOST_MS);
  check('openAtMost.ms', openAtMost.ms, openFor.ms, MOST_MS);
  check('jitterBps', jitterBps, 0, 9_000);
  check('probes', probes, 1, 100);
  check('probeLease.ms', probeLease.ms, 1, MOST_MS);
  return settings;
}

function check(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Defect(`${name} of a breaker is a whole number from ${least} to ${most}, not ${show(value)}`);
}

/** A week. */
const MOST_MS = 604_800_000;
