import type { Chit, ChitEvent } from '@holdfast/chit-fund';
import { eventModel, type ScoreEvent, score } from '@holdfast/chit-score';
import { answered, DemoFailed, listAll } from '@holdfast/demo-kit';
import { decodeUnit, type Json, reviveJson } from '@holdfast/kernel';
import { add as addMoney, inr, type Money, money } from '@holdfast/money';
import { memberNotes } from '../score/member-notes.ts';
import { scoreNotes } from '../score/score-notes.ts';
import type { Stage } from './stage.ts';

/** One instalment as it went. */
export interface Month {
  readonly instalment: number;
  readonly day: string;
  /** What the tickets owed. */
  readonly pot: Money;
  readonly winner: string;
  readonly ticket: number;
  readonly how: string;
  readonly discount: Money;
  readonly prize: Money;
  /** Of each ticket. */
  readonly dividend: Money;
}

/** What a member paid and got, and the score at the end. */
export interface MemberSums {
  readonly paid: Money;
  readonly received: Money;
  readonly score: bigint;
}

/** All that the demo tells of a book, counted from the book alone. */
export interface Tally {
  readonly schemes: number;
  readonly tickets: number;
  readonly draws: number;
  /** What instalments came to, with interest, forfeited dividends and deductions. */
  readonly collected: Money;
  readonly prizes: Money;
  readonly dividends: Money;
  /** What is left to the foremen of their commission, after tax where they bear it. */
  readonly commission: Money;
  readonly gst: Money;
  /** Interest, forfeited dividends and deductions. */
  readonly penalties: Money;
  /** What was left of sharing, and was shared at the end: dividends without a next instalment among it. */
  readonly carry: Money;
  readonly months: ReadonlyMap<string, readonly Month[]>;
  readonly members: ReadonlyMap<string, MemberSums>;
  /** What everybody paid, foremen for tickets that they hold among them. */
  readonly paidIn: Money;
  /** What was paid to everybody. */
  readonly paidOut: Money;
  readonly troubles: {
    readonly late: number;
    readonly removed: number;
    readonly substituted: number;
    readonly accelerated: number;
  };
}

/** What is added up while the journal is read. Amounts in paise. */
interface Sums {
  readonly paid: Map<string, bigint>;
  readonly received: Map<string, bigint>;
  readonly events: Map<string, ScoreEvent[]>;
  /** Who holds a ticket, by `scheme/ticket`. */
  readonly holders: Map<string, string>;
  readonly months: Map<string, Month[]>;
  /** Schemes whose foreman bears the tax on his commission. */
  readonly taxed: Set<string>;
  /** The newest draw of each scheme. */
  readonly drawn: Map<string, Drawn>;
  readonly money: {
    dues: bigint;
    /** Forfeited dividends that joined a pool. */
    pooled: bigint;
    prizes: bigint;
    dividends: bigint;
    commission: bigint;
    gst: bigint;
    carry: bigint;
  };
  readonly troubles: { late: number; removed: number; substituted: number; accelerated: number };
}

/** A draw that is not settled yet. */
interface Drawn {
  readonly day: string;
  readonly ticket: number;
  readonly how: string;
  readonly discount: bigint;
}

/**
 * Counts a whole book, from its journal and its records.
 *
 * @param asOf - The day of the scores.
 * @throws {DemoFailed} where a scheme is not completed.
 */
export async function tally({ book, chits }: Stage, asOf: string): Promise<Tally> {
  const sums = blank();
  for (let after = 0, more = true; more; ) {
    const read = answered(await book.units({ after, limit: PAGE }));
    if (read.kind === 'diverged') throw new DemoFailed('the journal was exchanged while it was read');
    for (const { sequence, bytes } of read.units) {
      after = sequence;
      const { at, events } = decodeUnit(bytes);
      for (const [index, { record, type, version, data }] of events.entries()) {
        if (!record?.startsWith('chit/')) continue;
        const event = chits.codec.decodeEvent({ type, version, data: reviveJson(data) as Json });
        take(sums, { scheme: record.slice('chit/'.length), event, at, place: `${sequence}.${index}` });
      }
    }
    more = read.units.length > 0;
  }
  const records = await countRecords({ book, chits });
  const counted = told(sums, asOf);
  return { ...records, ...counted, collected: addMoney(counted.collected, records.penalties) };
}

/** Something that happened in a scheme. */
interface Taken {
  readonly scheme: string;
  readonly event: ChitEvent;
  readonly at: string;
  readonly place: string;
}

function take(sums: Sums, taken: Taken): void {
  const { scheme, event } = taken;
  noteScores(sums, taken);
  switch (event.type) {
    case 'SchemeDrafted':
      if (event.terms.tax?.bearer === 'foreman') sums.taxed.add(scheme);
      return;
    case 'TicketEnrolled':
      hold(sums, scheme, event.ticket, event.holders[0]?.person ?? '');
      return;
    case 'DrawDeclared': {
      const [win] = event.wins;
      if (win) sums.drawn.set(scheme, { ...win, day: taken.at.slice(0, 10) });
      return;
    }
    case 'PaymentReceived':
      add(sums.paid, holderOf(sums, scheme, event.credited.ticket), event.amount.minor);
      sums.money.pooled += event.credited.carry;
      return;
    case 'InstalmentSettled':
      settle(sums, taken, event);
      return;
    case 'InstalmentOverdue':
      sums.troubles.late += event.late.length;
      return;
    case 'RemainderShared':
      sums.money.carry += event.amount.minor;
      return;
    case 'PrizePaid':
      for (const { person, amount } of event.shares) add(sums.received, person, amount.minor);
      return;
    case 'PrizePrepaid':
      add(sums.received, holderOf(sums, scheme, event.ticket), event.paid.minor);
      // What is kept of a prize pays what is in arrears first.
      sums.money.pooled += event.credited.carry;
      return;
    case 'CreditReturned':
      add(sums.received, holderOf(sums, scheme, event.ticket), event.amount.minor);
      return;
    case 'SubscriberRemoved':
      sums.troubles.removed += 1;
      return;
    case 'SubscriberSubstituted':
      sums.troubles.substituted += 1;
      hold(sums, scheme, event.ticket, event.holders[0]?.person ?? '');
      add(sums.paid, holderOf(sums, scheme, event.ticket), event.paid.minor);
      return;
    case 'VacantTicketHeld':
      hold(sums, scheme, event.ticket, event.foreman);
      return;
    case 'DefaulterRefunded':
      add(sums.received, event.persons[0] ?? '', event.amount.minor);
      return;
    case 'LiabilityAccelerated':
      sums.troubles.accelerated += 1;
  }
}

type Settled = Extract<ChitEvent, { readonly type: 'InstalmentSettled' }>;

function settle(
  sums: Sums,
  { scheme }: Taken,
  { instalment, money: settled, prizes, dividends, terminal, due }: Settled,
): void {
  const drawn = sums.drawn.get(scheme);
  const won = prizes[0];
  const months = sums.months.get(scheme) ?? [];
  sums.months.set(scheme, months);
  months.push({
    instalment,
    day: drawn?.day ?? due,
    pot: paise(settled.dues),
    winner: won ? holderOf(sums, scheme, won.ticket) : '',
    ticket: won?.ticket ?? 0,
    how: drawn?.how ?? '',
    discount: paise(settled.discount),
    prize: paise(settled.prizes),
    dividend: paise(dividends[0] ?? 0n),
  });
  const { money: all } = sums;
  all.dues += settled.dues;
  all.prizes += settled.prizes;
  all.dividends += settled.dividends;
  all.commission += settled.commission - (sums.taxed.has(scheme) ? settled.tax : 0n);
  all.gst += settled.tax;
  all.carry += terminal.reduce((sum, { amount }) => sum + amount, 0n);
  all.pooled += terminal.reduce((sum, { carry }) => sum + carry, 0n);
}

function noteScores(sums: Sums, taken: Taken): void {
  for (const { ticket, events } of scoreNotes(taken)) {
    const own = `${taken.scheme}/`;
    const persons =
      ticket === undefined
        ? [...sums.holders].flatMap(([place, person]) => (place.startsWith(own) ? [person] : []))
        : [holderOf(sums, taken.scheme, ticket)];
    for (const person of new Set(persons)) {
      const known = sums.events.get(person) ?? [];
      sums.events.set(person, known);
      known.push(...memberNotes(taken, events, known));
    }
  }
}

/** Makes the sums into what is told: of members, not of foremen. */
function told(sums: Sums, asOf: string): Omit<Tally, 'schemes' | 'tickets' | 'draws' | 'penalties'> {
  const { money: all, troubles, months } = sums;
  const persons = [...new Set([...sums.paid.keys(), ...sums.received.keys()])];
  const members = persons
    .filter((person) => person.startsWith('member-'))
    .sort()
    .map((person): [string, MemberSums] => {
      const scored = score(eventModel, sums.events.get(person) ?? [], { asOf });
      if (scored.isErr()) throw new DemoFailed(`${person} has no score: ${JSON.stringify(scored.error)}`);
      const paid = paise(sums.paid.get(person) ?? 0n);
      return [person, { paid, received: paise(sums.received.get(person) ?? 0n), score: scored.value.score }];
    });
  return {
    collected: paise(all.dues + all.pooled),
    prizes: paise(all.prizes),
    dividends: paise(all.dividends),
    commission: paise(all.commission),
    gst: paise(all.gst),
    carry: paise(all.carry),
    months,
    members: new Map(members),
    paidIn: paise(sumOf(sums.paid)),
    paidOut: paise(sumOf(sums.received)),
    troubles,
  };
}

async function countRecords({ book, chits }: Pick<Stage, 'book' | 'chits'>) {
  let [schemes, tickets, draws, penalties] = [0, 0, 0, 0n];
  for await (const [id, chit] of listAll<Chit>(book.use(chits))) {
    if (chit.phase !== 'completed') throw new DemoFailed(`${id} is left ${chit.phase}`);
    schemes += 1;
    tickets += chit.tickets.length;
    draws += chit.instalments.length;
    penalties += chit.penalties;
  }
  return { schemes, tickets, draws, penalties: paise(penalties) };
}

function blank(): Sums {
  return {
    paid: new Map(),
    received: new Map(),
    events: new Map(),
    holders: new Map(),
    months: new Map(),
    taxed: new Set(),
    drawn: new Map(),
    money: { dues: 0n, pooled: 0n, prizes: 0n, dividends: 0n, commission: 0n, gst: 0n, carry: 0n },
    troubles: { late: 0, removed: 0, substituted: 0, accelerated: 0 },
  };
}

function hold({ holders }: Sums, scheme: string, ticket: number, person: string): void {
  holders.set(`${scheme}/${ticket}`, person);
}

function holderOf({ holders }: Sums, scheme: string, ticket: number): string {
  return holders.get(`${scheme}/${ticket}`) ?? '';
}

function add(sums: Map<string, bigint>, name: string, minor: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + minor);
}

function sumOf(amounts: ReadonlyMap<string, bigint>): bigint {
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);
}

function paise(minor: bigint): Money {
  return money(minor, inr);
}

const PAGE = 1_000;
