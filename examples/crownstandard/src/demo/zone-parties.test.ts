import { isId } from '@holdfast/kernel';
import { expect, it } from 'vitest';
import { readTrips } from './read-trips.ts';
import { accountOf, customerOf, nameOf, providerOf } from './zone-parties.ts';

const trips = readTrips(new URL('../../data/trips.csv', import.meta.url));

it('gives no two zones the same person, and none of them itself', () => {
  const zones = ['', 'unknown ', 'a b', 'a_20b', 'a.b', 'a~b', 'Café', 'Cafe'];
  const all = zones.flatMap((zone) => [customerOf(zone), providerOf(zone)]);
  expect(new Set(all).size).toBe(all.length);
  expect(new Set(zones.map(accountOf)).size).toBe(zones.length);
  expect([nameOf(''), providerOf('')]).toEqual(['unknown', providerOf('unknown')]);
});

it('makes a well-formed id of every zone in the file, short enough for a payee', () => {
  const ids = trips.flatMap(({ customer, provider }) => [customer, provider]);
  for (const id of new Set(ids)) expect([id, isId(id) && id.length <= 64]).toEqual([id, true]);
});

it('reads what becomes of each row', () => {
  const counts: Record<string, number> = {};
  for (const { dispute } of trips) counts[dispute] = (counts[dispute] ?? 0) + 1;
  expect(counts).toEqual({
    none: 5_070,
    rejected: expect.any(Number),
    half: expect.any(Number),
    whole: expect.any(Number),
  });
  expect(trips.filter(({ pays }) => !pays)).toHaveLength(44);
});
