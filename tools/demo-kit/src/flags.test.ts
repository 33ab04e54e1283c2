import { expect, it } from 'vitest';
import { parseFlags } from './flags.ts';

const around = {
  of: 'trips',
  rows: 6_433,
  home: '/home/.holdfast',
  workingFolder: '/home',
  name: 'demo',
  concurrency: 1_000,
};

it('replays every trip on PGlite where nothing is asked', () => {
  expect(parseFlags([], around)._unsafeUnwrap()).toEqual({
    help: false,
    rows: 6_433,
    store: 'pglite',
    folder: '/home/.holdfast/demo-pglite',
    concurrency: 1_000,
    json: false,
    switches: new Set(),
  });
});

it('reads every flag, with a space or an equals sign', () => {
  const spaced = parseFlags(
    ['--trips', '12', '--store', 'memory', '--folder', 'here', '--concurrency', '1', '--json', '--help'],
    around,
  );
  const joined = parseFlags(
    ['--help', '--json', '--trips=12', '--store=memory', '--folder=here', '--concurrency=1'],
    around,
  );
  expect(spaced).toEqual(joined);
  expect(spaced._unsafeUnwrap()).toEqual({
    help: true,
    rows: 12,
    store: 'memory',
    folder: '/home/here',
    concurrency: 1,
    json: true,
    switches: new Set(),
  });
});

it('knows the switches of its demo, and of no other', () => {
  const own = { ...around, switches: ['--drill', '--slow'] };
  expect(parseFlags(['--drill'], own)._unsafeUnwrap().switches).toEqual(new Set(['--drill']));
  expect(parseFlags(['--fast'], own)._unsafeUnwrapErr().allowed).toContain('--slow');
  expect(parseFlags(['--drill'], around)._unsafeUnwrapErr()).toMatchObject({ flag: '--drill' });
});

it('keeps a folder of its own for each number of trips that is asked for', () => {
  expect(parseFlags(['--trips', '12'], around)._unsafeUnwrap().folder).toBe('/home/.holdfast/demo-pglite-12-trips');
});

it('calls its rows what the demo calls them', () => {
  const schemes = { ...around, of: 'schemes', rows: 40 };
  const asked = parseFlags(['--schemes', '3'], schemes)._unsafeUnwrap();
  expect([asked.rows, asked.folder]).toEqual([3, '/home/.holdfast/demo-pglite-3-schemes']);
  expect(parseFlags(['--trips', '3'], schemes)._unsafeUnwrapErr()).toMatchObject({ flag: '--trips' });
});

it.each([
  [['--trip', '1'], '--trip'],
  [['trips'], 'trips'],
  [['--json=yes'], '--json=yes'],
  [['-h'], '-h'],
  [[''], ''],
  [['--__proto__', '1'], '--__proto__'],
  [['--trips'], '--trips'],
  [['--trips', '--json'], '--trips'],
  [['--trips', '0'], '--trips'],
  [['--trips', '-1'], '--trips'],
  [['--trips', '1.5'], '--trips'],
  [['--trips', '1e3'], '--trips'],
  [['--trips', ' 5'], '--trips'],
  [['--trips', '5\n'], '--trips'],
  [['--trips', '0x10'], '--trips'],
  [['--trips', '١٢'], '--trips'],
  [['--trips', 'NaN'], '--trips'],
  [['--trips='], '--trips'],
  [['--trips', '6434'], '--trips'],
  [['--trips', '9'.repeat(10_000)], '--trips'],
  [['--concurrency', '0'], '--concurrency'],
  [['--concurrency', '2001'], '--concurrency'],
  [['--store', 'oracle'], '--store'],
  [['--store', 'PGLITE'], '--store'],
  [['--store', '__proto__'], '--store'],
  [['--folder', ''], '--folder'],
  [['--folder', ' '], '--folder'],
  [['--folder', 'a\0b'], '--folder'],
])('refuses %j and names the flag', (words, flag) => {
  const refusal = parseFlags(words, around)._unsafeUnwrapErr();
  expect(refusal).toMatchObject({ code: 'flag_invalid', flag });
  expect(refusal.allowed.length).toBeGreaterThan(3);
  expect(refusal.given.length).toBeLessThanOrEqual(64);
});
