import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBook, type StoredUnit } from '@holdfast/kernel';
import { eth, formatDecimal, type Money, money, usd } from '@holdfast/money';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arbitraryLedgerHistory } from '../testing/arbitraries.ts';
import { playLedgerHistory } from '../testing/play-history.ts';
import { sampleChart } from '../testing/sample-chart.ts';
import { createStillStore } from '../testing/still-store.ts';
import { transferMoney } from '../transfer/decider.ts';
import { exportBeancount } from './beancount.ts';
import { exportCsv } from './csv.ts';
import { exportHledger } from './hledger.ts';
import { exportJsonLines } from './json-lines.ts';
import { exportLedgerCli } from './ledger-cli.ts';

const numRuns = Math.min(Number(process.env.HOLDFAST_RUNS ?? 3), 30);
const run = promisify(execFile);
type Units = AsyncIterable<StoredUnit>;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function story(): Promise<Units> {
  const store = createStillStore();
  const book = openBook({ store, name: 'main', chart: sampleChart, clock: () => '2026-03-07T10:00:00.000Z' });
  const actor = { id: '=cmd', role: 'customer' };
  const moves = book.use(transferMoney);
  const pay = async (from: string, to: string, amount: Money, key: string) =>
    (await moves.execute({ type: 'Transfer', from, to, amount, kind: 'pay' }, { actor, key }))._unsafeUnwrap();
  await pay('world:bank', 'users:a-b_c.~1:available', usd('100'), 'date:2020-01-01,x;y');
  await pay('users:a-b_c.~1:available', 'platform:fees:earned', usd('0.05'), 'k2');
  await pay('world:chain', 'users:ann:available', money(10n ** 37n + 1n, eth), 'k3');
  return store.projectUnits('main');
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const line of lines) text += `${line}\n`;
  return text;
}

describe('the export', () => {
  it('for hledger declares, posts and asserts', async () => {
    const text = await textOf(exportHledger(await story()));
    expect(text).toContain('account users:a-b_c.~1:available  ; type: L\n');
    expect(text).toContain('commodity 1000.000000000000000000 ETH\n');
    expect(text).toContain('2026-03-07 * (2) pay\n    ; 10:00:00.000Z %3Dcmd%20k2\n');
    expect(text).toContain('    users:a-b_c.~1:available  0.05 USD\n    platform:fees:earned  -0.05 USD\n');
    expect(text).toContain('    users:a-b_c.~1:available  0.00 USD = -99.95 USD\n');
    expect(text).toContain('    world:chain  0.000000000000000000 ETH = 10000000000000000000.000000000000000001 ETH\n');
  });

  it('says when an entry takes effect that was booked backwards', async () => {
    const store = createStillStore();
    const book = openBook({ store, name: 'main', chart: sampleChart, clock: () => '2026-03-07T10:00:00.000Z' });
    const one = { from: 'world:bank', to: 'users:ann:available', amount: usd('1'), kind: 'pay' };
    const entry = { type: 'PostEntry', transfers: [one], effectiveAt: '2026-02-28T00:00:00.000Z' } as const;
    (await book.use(transferMoney).execute(entry, { actor: { id: 'a', role: 'b' }, key: 'k' }))._unsafeUnwrap();
    const units = () => store.projectUnits('main');
    const hledger = await textOf(exportHledger(units()));
    expect(hledger).toContain(
      '2026-03-07 * (1) pay\n    ; 10:00:00.000Z a%20k\n    ; effective: 2026-02-28T00:00:00.000Z\n',
    );
    expect(await textOf(exportCsv(units()))).toContain('1.00,USD,pay,2026-02-28T00:00:00.000Z\n');
    expect(await textOf(exportJsonLines(units()))).toContain('"effectiveAt":"2026-02-28T00:00:00.000Z"');
  });

  it('of a book that nobody used has no transactions', async () => {
    expect(await textOf(exportHledger(createStillStore().projectUnits('none')))).toBe('decimal-mark .\n');
  });

  it('for beancount asserts what beancount can calculate, and says what it cannot', async () => {
    const text = await textOf(exportBeancount(await story()));
    expect(text).toContain('2026-03-08 balance Liabilities:Xusers:Xa-2db-5fc-2e-7e1:Xavailable  -99.95 USD\n');
    expect(text).toContain('; 2026-03-08 more digits than beancount has: Assets:Xworld:Xchain  10000000000000000000.');
  });

  it('as CSV keeps spreadsheets from running what it says', async () => {
    const lines = (await textOf(exportCsv(await story()))).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe(
      `1,0,0,2026-03-07T10:00:00.000Z,"'=cmd date:2020-01-01,x;y",'=cmd,customer,world:bank,users:a-b_c.~1:available,100.00,USD,pay,2026-03-07T10:00:00.000Z`,
    );
  });

  it('as JSON lines has amounts as texts', async () => {
    const [line = ''] = (await textOf(exportJsonLines(await story()))).split('\n');
    expect(JSON.parse(line)).toMatchObject({
      sequence: 1,
      index: 0,
      transfers: [{ amount: '100.00', currency: 'USD', kind: 'pay' }],
    });
  });
});

const programs = [
  {
    name: 'hledger',
    version: ['hledger', '--version'],
    check: (file: string) => ['hledger', '-f', file, 'check', '--strict', 'ordereddates'],
    write: exportHledger,
  },
  {
    name: 'ledger',
    version: ['ledger', '--version'],
    check: (file: string) => ['ledger', '-f', file, '--strict', '--pedantic', 'balance'],
    write: exportLedgerCli,
  },
  {
    name: 'beancount',
    version: ['bean-check', '--version'],
    check: (file: string) => ['bean-check', file],
    write: exportBeancount,
  },
] as const;

async function isInstalled([command = '', ...rest]: readonly string[]): Promise<boolean> {
  return run(command, rest).then(
    () => true,
    () => false,
  );
}

const installed = new Map(
  await Promise.all(programs.map(async ({ name, version }) => [name, await isInstalled(version)] as const)),
);

async function check({ name, check: command, write }: (typeof programs)[number], units: Units): Promise<void> {
  const file = join(folder, `${name}.journal`);
  await writeFile(file, await textOf(write(units)));
  const [program = '', ...rest] = command(file);
  const { stderr } = await run(program, rest);
  expect(stderr).toBe('');
}

describe.each(programs)('$name', (program) => {
  if (!installed.get(program.name)) {
    it('accepts the export', ({ skip }) => skip(`${program.name} is not installed here`));
    return;
  }

  it('accepts the export', async () => {
    await check(program, await story());
  });

  it('law: accepts the export of any history', async () => {
    const property = fc.asyncProperty(arbitraryLedgerHistory(), async (history) => {
      const store = createStillStore();
      await playLedgerHistory(store, history, 'main');
      await check(program, store.projectUnits('main'));
    });
    await fc.assert(property, { numRuns });
  }, 120_000);

  it('refuses the export where an amount was changed', async () => {
    const text = (await textOf(program.write(await story()))).replace(' 0.05 USD', ' 0.06 USD');
    const file = join(folder, `${program.name}-changed.journal`);
    await writeFile(file, text);
    const [command = '', ...rest] = program.check(file);
    await expect(run(command, rest)).rejects.toThrow();
  });
});

describe('hledger', () => {
  it('reports the balances of the book', async ({ skip }) => {
    skip(!installed.get('hledger'), 'hledger is not installed here');
    const store = createStillStore();
    const histories = fc.sample(arbitraryLedgerHistory({ maxSteps: 60 }), { numRuns: 20, seed: 7 });
    const longest = histories.reduce((left, right) => (left.length < right.length ? right : left));
    const { book } = await playLedgerHistory(store, longest, 'main');
    const file = join(folder, 'balances.journal');
    await writeFile(file, await textOf(exportHledger(store.projectUnits('main'))));
    const options = ['--flat', '--empty', '--no-total', '--output-format', 'csv', '--layout', 'bare'];
    const { stdout } = await run('hledger', ['-f', file, 'balance', ...options]);
    const reported = new Map<string, string>();
    for (const line of stdout.replaceAll('"', '').trim().split('\n').slice(1)) {
      const [name, code, amount = ''] = line.split(',');
      if (!ZERO.test(amount)) reported.set(`${name} ${code}`, amount);
    }
    const { rows } = (await book.accounts({ limit: 1_000 }))._unsafeUnwrap();
    const own = rows.filter(({ balance }) => balance !== 0n);
    expect(own.length).toBeGreaterThan(3);
    const expected = own.map(
      ({ account, balance, state }) => [account, formatDecimal(money(-balance, state.currency))] as const,
    );
    expect(reported).toEqual(new Map(expected));
  });
});

const ZERO = /^-?0?(?:\.0*)?$/;
