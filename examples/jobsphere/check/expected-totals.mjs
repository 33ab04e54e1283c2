// Recomputes every total of the demo from the file of trips alone, for machines without Python.
// It shares no code with the demo or with Holdfast: plain JavaScript, BigInt cents, half cents rounded up.
//
//   npm run --silent demo -- --json | node examples/jobsphere/check/expected-totals.mjs -
//   node examples/jobsphere/check/expected-totals.mjs --trips 500       # prints what is expected

import { readFileSync } from 'node:fs';

const CASH = ['rejected', 'cancelled', 'cancelled', 'expired'];

function cents(text) {
  const [, minus, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`${text} is no whole number of cents`);
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return minus === '' ? value : -value;
}

function decimal(value) {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
}

function expected(count) {
  const file = new URL('../data/trips.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1, count === undefined ? undefined : count + 1);
  const totals = { trips: rows.length, completed: 0, rejected: 0, cancelled: 0, expired: 0, pending: 0, refused: 0 };
  const money = { deposited: 0n, available: 0n, held: 0n, paid: 0n, fees: 0n };
  rows.forEach((row, index) => {
    const [total, tip, payment] = row.split(',');
    const budget = cents(total) - cents(tip);
    if (budget < 1000n || budget > 1_000_000n) {
      totals.refused += 1;
      return;
    }
    const platform = (budget * 5n + 50n) / 100n;
    const service = (budget * 20n + 50n) / 100n;
    money.deposited += budget + platform;
    const ending = payment === 'credit card' ? 'completed' : payment === 'cash' ? CASH[(index + 1) % 4] : 'pending';
    totals[ending] += 1;
    if (ending === 'completed') {
      money.paid += budget - service;
      money.fees += platform + service;
    } else {
      money[ending === 'pending' ? 'held' : 'available'] += budget + platform;
    }
  });
  return { ...totals, ...Object.fromEntries(Object.entries(money).map(([name, value]) => [name, decimal(value)])) };
}

const words = process.argv.slice(2);
const flag = words.indexOf('--trips');
const [, trips] = flag < 0 ? [] : words.splice(flag, 2);
const asked = trips === undefined ? undefined : Number(trips);
if (words.length === 0) {
  console.log(JSON.stringify(expected(asked), null, 2));
} else {
  const given = JSON.parse(readFileSync(words[0] === '-' ? 0 : words[0], 'utf8'));
  const wanted = Object.entries(expected(asked ?? given.trips));
  const differences = wanted.filter(([name, value]) => given[name] !== value);
  for (const [name, value] of differences) console.log(`${name}: the file says ${value}, the demo ${given[name]}`);
  if (differences.length === 0) console.log(`${wanted.length} totals of ${given.trips} trips agree with the file.`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}
