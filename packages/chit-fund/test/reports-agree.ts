import {
  type Chit,
  type ChitHistory,
  chitHistory,
  minutesOf,
  monthlyReport,
  registersOf,
  statementOf,
} from '@holdfast/chit-fund';
import type { OpenedChits } from '@holdfast/chit-fund/testing';
import { money } from '@holdfast/money';
import { expect } from 'vitest';

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);

/**
 * Holds that statements, registers, minutes and reports of a scheme say what its record and the ledger have.
 */
export async function reportsAgree(world: OpenedChits): Promise<void> {
  const chit = await world.chit('c1');
  const history = (await chitHistory(world.book, world.chits, 'c1'))._unsafeUnwrap();
  const asOf = world.now().slice(0, 10);
  let apart = 0n;
  for (const [index, ticket] of chit.tickets.entries()) {
    const number = index + 1;
    const statement = statementOf(history, number, { asOf })._unsafeUnwrap();
    const open = sumOf(ticket.arrears.map(({ principal, interest, forfeited }) => principal + interest + forfeited));
    const credit = await world.balance(`chits:c1:tickets:${number}`);
    const last = statement.lines.at(-1)?.balance.minor ?? 0n;
    const waits = chit.float[index] ?? 0n;
    expect([number, statement.credit.minor, last]).toEqual([number, credit, credit - open]);
    expect(sumOf(statement.lines.map(({ amount }) => amount.minor))).toBe(last);
    expect(statement.totals.dividends.minor).toBe(ticket.dividends - waits);
    const setOff = statement.lines.filter(({ what }) => what === 'dividend').map(({ amount }) => amount.minor);
    expect(statement.totals.due.minor - sumOf(setOff)).toBe(ticket.dues);
    apart += (await world.balance(`chits:c1:deposits:${number}`)) + (await world.balance(`unclaimed:c1:${number}`));
  }
  for (let instalment = 1; instalment <= chit.terms.instalments; instalment += 1)
    apart += await world.balance(`chits:c1:unpaid:${instalment}`);
  const registers = registersOf(history);
  expect(registers.totals.deposited.minor).toBe(apart);
  for (const [index, { membership, holders }] of chit.tickets.entries()) {
    const holding = registers.subscribers[index]?.holdings.at(-1);
    if (membership === 'left' || membership === 'removed') expect(holding?.until).toBeDefined();
    else expect([holding?.holders, holding?.until]).toEqual([holders, undefined]);
  }
  await monthsAgree(world, chit, history, asOf);
}

async function monthsAgree(world: OpenedChits, chit: Chit, history: ChitHistory, asOf: string): Promise<void> {
  const purse = (name: string) => world.balance(`chits:c1:${name}`);
  for (const [index, known] of chit.instalments.entries()) {
    const report = monthlyReport(history, { instalment: index + 1, asOf })._unsafeUnwrap();
    const { standing, draws, exceptions } = report;
    // Outside of the Act there are none; under it those that are told are over.
    if (chit.terms.state === undefined) expect(exceptions).toEqual([]);
    for (const { by, done = asOf } of exceptions) expect(by < done).toBe(true);
    expect(draws[0]?.settled?.due).toEqual(known.money && money(known.money.dues, chit.terms.subscription.currency));
    if (index > 0) continue;
    expect([standing.advance.minor, standing.float.minor, standing.reserve.minor]).toEqual([
      -(await purse('advance')),
      await purse('float'),
      await purse('reserve'),
    ]);
    expect([standing.commissionNotTaken.minor, standing.taxNotTaken.minor]).toEqual([
      await purse('commission'),
      await purse('tax'),
    ]);
    const { arrears } = standing;
    const aged = sumOf(
      [arrears.notDue, arrears.to30, arrears.to60, arrears.to90, arrears.over90].map(({ minor }) => minor),
    );
    const open = chit.tickets.flatMap((ticket) => ticket.arrears);
    expect(aged).toBe(sumOf(open.map(({ principal, forfeited }) => principal + forfeited)));
  }
  for (const [index, { declaredAt, wins, status }] of chit.instalments.entries()) {
    if (declaredAt === undefined || (status !== 'declared' && status !== 'settled')) continue;
    const minutes = minutesOf(history, index + 1)._unsafeUnwrap();
    const entitled = minutes.entitled.map(({ ticket }) => ticket);
    expect(wins.map(({ ticket }) => ticket).filter((ticket) => entitled.includes(ticket))).toEqual(entitled);
  }
}
