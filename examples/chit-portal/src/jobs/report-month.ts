import { chitsChart } from '@holdfast/chit-fund';
import { inr } from '@holdfast/money';
import { decimal } from '../feed/project-dues.ts';
import { idFrom } from '../id-from.ts';
import type { Portal } from '../portal.ts';
import { showCalendar } from '../schemes/show-scheme.ts';
import { eachRunningScheme, type RunningScheme } from './each-running-scheme.ts';

/**
 * Writes the report of a month for every scheme that is under way, and puts it into the storage: draws, what was due and paid, arrears by age, and what lies
 * in each account of the scheme. Once more writes the same place.
 */
export async function reportMonth(portal: Portal, month: string, today: string): Promise<string> {
  let count = 0;
  for await (const running of eachRunningScheme(portal)) {
    const { row } = running;
    const key = `reports/${row.id}/${month}.json`;
    const report = { scheme: row.id, name: row.name, month, ...(await figuresOf(portal, running, { month, today })) };
    const bytes = Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
    await portal.storage.put(key, { contentType: 'application/json', bytes });
    await portal.database
      .insertInto('reports')
      .values({
        id: idFrom('report', row.id, month),
        scheme_id: row.id,
        month,
        storage_key: key,
        created_at: portal.clock(),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    count += 1;
  }
  return `${count} reports`;
}

async function figuresOf(
  portal: Portal,
  { row, chit }: RunningScheme,
  { month, today }: { readonly month: string; readonly today: string },
) {
  const draws = showCalendar(chit).filter(({ drawOn }) => drawOn.startsWith(month));
  const dues = await portal.database
    .selectFrom('ticket_dues')
    .select(['amount', 'paid'])
    .where('scheme_id', '=', row.id)
    .where('due_on', '>=', `${month}-01`)
    .where('due_on', '<=', `${month}-31`)
    .execute();
  const sum = (of: 'amount' | 'paid'): string =>
    decimal(dues.reduce((total, due) => total + inr(due[of] as '1').minor, 0n));
  return {
    phase: chit.phase,
    due: sum('amount'),
    collected: sum('paid'),
    draws,
    arrears: ageing(chit, today),
    accounts: await accountsOf(portal, row.id),
  };
}

/** What is open, by how long it has been. */
function ageing(chit: RunningScheme['chit'], today: string) {
  const ages = { upTo30: 0n, upTo60: 0n, upTo90: 0n, over90: 0n };
  for (const { due, principal } of chit.tickets.flatMap(({ arrears }) => arrears)) {
    const age = (Date.parse(today) - Date.parse(due)) / 86_400_000;
    const bucket = age <= 30 ? 'upTo30' : age <= 60 ? 'upTo60' : age <= 90 ? 'upTo90' : 'over90';
    if (age > 0) ages[bucket] += principal;
  }
  return Object.fromEntries(Object.entries(ages).map(([name, amount]) => [name, decimal(amount)]));
}

async function accountsOf(portal: Portal, scheme: string) {
  const purses = Object.keys(chitsChart).filter((name) => /^chits:\{scheme\}:[a-z]+$/.test(name));
  const accounts: { [name: string]: string } = {};
  for (const purse of purses) {
    const account = purse.replace('{scheme}', scheme);
    const read = await portal.book.balance(account, inr);
    if (read.isErr()) throw new Error(`${account} cannot be read: ${read.error.code}`);
    accounts[purse.slice(purse.lastIndexOf(':') + 1)] = decimalOf(read.value.minor);
  }
  return accounts;
}

function decimalOf(minor: bigint): string {
  return minor < 0n ? `-${decimal(-minor)}` : decimal(minor);
}
