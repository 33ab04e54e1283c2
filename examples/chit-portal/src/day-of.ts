import type { Instant } from '@holdfast/kernel';

/** Gives the day of an instant in India, whose zone has been five and a half hours ahead without a change since 1945. */
export function dayOf(instant: Instant): string {
  return new Date(Date.parse(instant) + INDIA_MS).toISOString().slice(0, 10);
}

/** Gives the instant at which a day begins in India. */
export function startOf(day: string): Instant {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - INDIA_MS).toISOString();
}

/** Gives the day that lies so many days after another. */
export function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

const INDIA_MS = 19_800_000;
