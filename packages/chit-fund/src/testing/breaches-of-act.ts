import { addDuration, days, type Instant } from '@holdfast/kernel';
import { dayOf } from '../chit/environment.ts';
import type { Chit, Ticket } from '../chit/state.ts';
import { type ChitHistory, type HistoryStep, stepsOf } from '../reports/history.ts';
import { addMonths } from '../terms/calendar.ts';

/**
 * Reads what happened to a scheme again by the words of the Chit Funds Act, with its numbers of 2024 written out here, and says what was done against it.
 *
 * @returns Nothing where all was lawful.
 */
export function breachesOfAct(history: ChitHistory): readonly string[] {
  return stepsOf(history).flatMap((step) => {
    const { before, event, at } = step;
    const rules = before
      ? [...drawRules(step, before), ...prizeRules(step, before), ...defaultRules(step, before)]
      : [];
    return rules.flatMap(([rule, isBroken]) => (isBroken ? [`${at} ${event.type}, ${rule}`] : []));
  });
}

/** What is forbidden, and whether it was done. */
type Rule = readonly [rule: string, isBroken: boolean];

/** Nobody is found before the certificate, by fewer than two, for more than 40 percent, or among those who owe; the foreman has one instalment and 7 percent. */
function drawRules({ event, day }: HistoryStep, before: Chit): readonly Rule[] {
  const { terms, phase } = before;
  const whole = terms.subscription.minor * BigInt(terms.instalments);
  switch (event.type) {
    case 'DrawOpened': {
      const { instalment, present } = event.draw;
      const persons = new Set(before.tickets.flatMap(({ holders }) => holders.map(({ person }) => person)));
      const here = new Set(present.filter((person) => persons.has(person))).size;
      return [
        ['s. 9: no certificate', phase !== 'running'],
        ['s. 16: fewer than two are present', isContended(before, instalment) && here < Math.min(2, persons.size)],
        ['s. 22(2): an unpaid prize of before is not put apart', before.tickets.some((one) => lies(one, instalment))],
      ];
    }
    case 'DrawDeclared': {
      const taken = before.tickets.filter((_, index) => event.wins.some(({ ticket }) => ticket === index + 1));
      const company = [...before.instalments.flatMap(({ wins }) => wins), ...event.wins].filter(
        ({ how }) => how === 'company_chit',
      );
      return [
        ['s. 6(3): more than 40 percent is forgone', event.wins.some(({ discount }) => discount * 10n > whole * 4n)],
        ['s. 2(k): the winner has won before', taken.some(({ prize }) => prize !== undefined)],
        ['s. 2(k): the winner is in default', taken.some(isDefaulting)],
        ['s. 21(1)(a): a second instalment for the foreman', company.length > 1],
        ['before its day', day < terms.starts],
      ];
    }
    case 'InstalmentSettled': {
      const { commission, tax } = event.money;
      const shares = new Set(event.dividends);
      return [
        ['s. 2(pa): not the same to all', shares.size > 1],
        ['s. 21(1)(b): more than 7 percent', commission * 100n > whole * BigInt(terms.winnersPerDraw ?? 1) * 7n],
        ['a tax of other than 18 percent', terms.tax !== undefined && tax !== (commission * 18n + 50n) / 100n],
      ];
    }
    case 'PaymentReceived':
      return [['s. 9: no certificate', before.certificate === undefined]];
    case 'MinutesFiled':
      return [['s. 18: no minutes', before.instalments[event.instalment - 1]?.minutes !== 'recorded']];
    default:
      return [];
  }
}

/** A prize is paid against four thirds of what is to come, three halves in land, or with that kept back; void for not being collected after two months apart. */
function prizeRules({ event, day }: HistoryStep, before: Chit): readonly Rule[] {
  if (!('ticket' in event)) return [];
  const prize = before.tickets[event.ticket - 1]?.prize;
  const toCome = toComeOf(before);
  switch (event.type) {
    case 'SecurityGiven': {
      const { kind, value } = event;
      const [num, den] = kind === 'immovable' ? [3n, 2n] : [4n, 3n];
      return [['s. 21(1)(e): not sufficient', value.minor * den < toCome * num]];
    }
    case 'PrizePaid':
      return [['s. 22(1): without security', toCome > 0n && prize?.security === undefined]];
    case 'PrizePrepaid':
      return [['s. 22(1): less kept than is to come', event.kept.minor < toCome]];
    case 'DrawVoided': {
      const apart = prize?.depositedAt;
      const from = apart === undefined ? '9999-12-31' : addMonths(dayOf(apart, INDIA), 2);
      return [['s. 22(2): before two months', event.why === 'uncollected' && day < from]];
    }
    default:
      return [];
  }
}

/** Only who has not won is removed; for seven days he may come back, and nobody takes his place; all that is to come is due after a demand alone. */
function defaultRules({ event, at }: HistoryStep, before: Chit): readonly Rule[] {
  if (!('ticket' in event)) return [];
  const known = before.tickets[event.ticket - 1];
  const ends: Instant = addDuration(known?.removal?.on ?? at, days(7));
  switch (event.type) {
    case 'SubscriberRemoved':
      return [
        ['s. 28: has won', known?.prize !== undefined],
        ['s. 28: owes nothing', known?.membership !== 'defaulted'],
      ];
    case 'SubscriberReinstated':
      return [
        ['s. 28: after seven days', at > ends],
        ['s. 28: still owes', (known?.arrears.length ?? 0) > 0],
      ];
    case 'SubscriberSubstituted':
    case 'VacantTicketHeld':
      return [['s. 29: within seven days', at <= ends]];
    case 'LiabilityAccelerated':
      return [
        ['s. 32: has not won', known?.prize === undefined],
        ['s. 33: no demand seven days before', at < addDuration(known?.noticedAt ?? at, days(7))],
      ];
    default:
      return [];
  }
}

/** Whether a winner has to be found: more tickets have not won than win, and the foreman does not take it. */
function isContended({ terms, tickets, instalments }: Chit, instalment: number): boolean {
  const missing = (terms.winnersPerDraw ?? 1) - (instalments[instalment - 1]?.wins.length ?? 0);
  return terms.companyChit?.instalment !== instalment && tickets.filter(({ prize }) => !prize).length > missing;
}

/** Whether a prize of an earlier instalment is neither paid nor put apart. */
function lies({ prize }: Ticket, instalment: number): boolean {
  return prize !== undefined && prize.instalment < instalment && WAITING.includes(prize.status);
}

function isDefaulting({ membership, arrears }: Ticket): boolean {
  return !CONTENDING.includes(membership) || arrears.some(({ late }) => late);
}

/** Subscriptions to come of a ticket, in minor units; none where the scheme has ended. */
function toComeOf({ phase, terms, instalments }: Chit): bigint {
  if (phase.startsWith('terminated')) return 0n;
  const settled = instalments.filter(({ money }) => money !== undefined).length;
  return terms.subscription.minor * BigInt(terms.instalments - settled);
}

const WAITING: readonly string[] = ['awaiting', 'secured'];
const CONTENDING: readonly string[] = ['active', 'held'];
const INDIA = { offsetMinutes: 330 };
