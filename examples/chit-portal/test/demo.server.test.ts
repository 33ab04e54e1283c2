import { demoUnderTest, inFolder } from '@holdfast/demo-kit/testing';
import { add, inr, type Money, subtract, zero } from '@holdfast/money';
import { expect, it } from 'vitest';

const demo = await demoUnderTest(new URL('../src/demo/main.ts', import.meta.url));
const SUMS = ['collected', 'prizes', 'dividends', 'commission', 'gst', 'penalties', 'carry'];
const FIELDS = ['schemes', 'tickets', 'draws', ...SUMS, 'members', 'verified', 'seconds'];

interface MemberJson {
  readonly paid: string;
  readonly received: string;
  readonly score: string;
}

it('ends with every scheme at zero: what came in is what went out and what is kept', async () => {
  await inFolder(async (folder) => {
    const report = await demo.json(['--store', 'memory', '--schemes', '4', '--folder', folder]);
    expect(Object.keys(report)).toEqual(FIELDS);
    expect(report).toMatchObject({ schemes: 4, tickets: 100, draws: 100, verified: true });
    const of = (name: string): Money => inr(report[name] as '1');
    expect(of('collected')).toEqual(['prizes', 'commission', 'gst', 'penalties', 'carry'].map(of).reduce(add));
    const members = Object.values(report.members as Record<string, MemberJson>);
    expect(members).toHaveLength(100);
    const sum = (name: 'paid' | 'received'): Money =>
      members.map((member) => inr(member[name] as '1')).reduce(add, zero(inr));
    const stays = subtract(sum('paid'), sum('received'));
    // A foreman who holds a ticket that nobody took over pays and wins as members do.
    expect(stays.minor).toBeGreaterThan(0n);
    expect(members.every(({ score }) => Number(score) >= 0 && Number(score) <= 900)).toBe(true);
    const page = await demo.run(['--store', 'memory', '--schemes', '1', '--folder', folder]);
    expect(page.stderr).toContain('was made with --schemes 4, and not with --schemes 1.');
  });
});

it('goes on where it was killed, ends with the same book, and asked again changes nothing', async () => {
  await inFolder(async (folder) => {
    const words = ['--schemes', '1', '--folder', folder, '--concurrency', '1'];
    const { seconds: _, ...whole } = await demo.json([...words, '--store', 'memory']);
    let met = 0;
    for (let kill = 0; kill < 2; kill += 1) {
      const { signal } = await demo.kill([...words, '--store', 'pglite'], { folder, afterMs: 800 + kill * 900 });
      if (signal === 'SIGKILL') met += 1;
    }
    expect(met, 'kills that met the demo').toBeGreaterThan(0);
    expect(await demo.json([...words, '--store', 'pglite'])).toMatchObject(whole);
    const again = await demo.run([...words, '--store', 'pglite']);
    expect(again.stdout).toContain('nothing new in the book');
  });
});
