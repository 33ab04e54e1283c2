import { commitLot, futureSubscriptions, requiredSecurity } from '@holdfast/chit-fund';
import { money } from '@holdfast/money';
import { chance, lotSeed } from './chance.ts';
import { COUNTER, type Company } from './company.ts';
import { latePayment, type MemberPlan, paysLate, type SchemePlan, willingToForgo } from './plan.ts';
import type { Happening } from './schedule.ts';

type MonthHappening = Extract<Happening, { readonly instalment: number }>;

/** Plays a month's round: the draw, its minutes, the payments, the prize. */
export async function playMonth(company: Company, { what, instalment }: MonthHappening): Promise<void> {
  switch (what) {
    case 'open':
      return open(company, instalment);
    case 'bid':
      return bid(company, instalment);
    case 'close':
      return close(company, instalment);
    case 'minutes':
      return minute(company, instalment);
    case 'pay':
      return pay(company, instalment);
    case 'collect':
      return collect(company, instalment);
    case 'pay_late':
      return payLate(company, instalment);
  }
}

async function open({ plan, ask }: Company, instalment: number): Promise<void> {
  const commitment = commitLot(lotSeed(plan.id, instalment))._unsafeUnwrap();
  const present = plan.members.filter(({ ticket }) => chance(plan.id, ticket, instalment, 'present') < 0.4);
  const persons = [plan.members[0], plan.members[1], ...present].flatMap((one) => (one ? [one.member] : []));
  await ask(`${instalment} open`, plan.foreman, {
    type: 'OpenDraw',
    instalment,
    commitment,
    present: [...new Set(persons)],
    minutes: 30,
  });
}

/** Everybody who still may and wants to bids once, the lowest first. */
async function bid({ plan, scheme, ask, winsOf }: Company, instalment: number): Promise<void> {
  const bounds = scheme.discount;
  if (bounds === undefined) return;
  const won = new Set((await winsOf(instalment - 1)).flat().map(({ ticket }) => ticket));
  const bids = plan.members
    .filter(({ ticket }) => !won.has(ticket))
    .map((member) => ({ member, discount: willingToForgo(plan, member, instalment, bounds) }))
    .flatMap(({ member, discount }) => (discount === undefined ? [] : [{ member, discount }]))
    .sort((left, right) => Number(left.discount - right.discount) || left.member.ticket - right.member.ticket);
  for (const { member, discount } of bids) {
    await ask(
      `${instalment} bid ${member.ticket}`,
      holderOf(plan, member, instalment),
      { type: 'PlaceBid', ticket: member.ticket, bid: { by: 'discount', amount: money(discount, scheme.currency) } },
      ...MAY_NOT_BID,
    );
  }
}

async function close({ plan, ask }: Company, instalment: number): Promise<void> {
  await ask(`${instalment} close`, plan.foreman, { type: 'CloseDraw', seed: lotSeed(plan.id, instalment) });
}

async function minute({ plan, ask }: Company, instalment: number): Promise<void> {
  const witnesses = plan.members.slice(0, 2).map(({ member }) => member);
  await ask(`${instalment} minutes`, plan.foreman, {
    type: 'RecordMinutes',
    instalment,
    signedBy: [plan.foreman, ...witnesses],
  });
  await ask(`${instalment} filed`, plan.foreman, { type: 'FileMinutes', instalment });
}

/** Everybody who pays on time pays what is due, to the paisa; the counter books the morning's payments as one. */
async function pay({ plan, askAll, dueOf }: Company, instalment: number): Promise<void> {
  const amount = await dueOf(instalment, 1);
  const prompt = plan.members.filter((member) => !isMissing(member, instalment) && !paysLate(plan, member, instalment));
  await askAll(
    `${instalment} pay`,
    COUNTER,
    prompt.map(({ ticket }) => ({
      type: 'PayInstalment',
      ticket,
      amount,
      channel: CHANNELS[ticket % CHANNELS.length] as string,
      payment: `${instalment}-${ticket}`,
    })),
  );
}

async function payLate({ plan, ask }: Company, instalment: number): Promise<void> {
  const late = plan.members.filter((member) => !isMissing(member, instalment) && paysLate(plan, member, instalment));
  for (const { ticket } of late) {
    await ask(`${instalment} pay ${ticket}`, COUNTER, {
      type: 'PayInstalment',
      ticket,
      amount: latePayment(plan),
      channel: 'cash',
      payment: `${instalment}-${ticket}`,
    });
  }
}

/** The winner collects: most against security, some leave what is still to come with the foreman, a few come two months later. */
async function collect(company: Company, instalment: number): Promise<void> {
  const { plan, ask, winsOf } = company;
  await collectOf(company, instalment - 1, 'slow');
  const [win] = (await winsOf(instalment))[instalment - 1] ?? [];
  if (win === undefined) return;
  const { ticket } = win;
  const way = wayOf(company, instalment);
  if (way === 'prepaid') {
    await ask(`${instalment} prepaid`, plan.foreman, { type: 'PrepayPrize', ticket, channel: 'bank' });
  } else {
    await collectOf(company, instalment, way);
  }
}

async function collectOf(company: Company, instalment: number, way: 'prompt' | 'slow'): Promise<void> {
  const { plan, scheme, ask, winsOf } = company;
  const [win] = instalment < 1 ? [] : ((await winsOf(instalment))[instalment - 1] ?? []);
  if (win === undefined || wayOf(company, instalment) !== way) return;
  const { ticket } = win;
  const left = futureSubscriptions(scheme, instalment);
  if (left.minor > 0n) {
    const value = requiredSecurity(left, { kind: 'movable', asOf: plan.terms.starts })._unsafeUnwrap();
    await ask(`${instalment} security`, plan.foreman, {
      type: 'GiveSecurity',
      ticket,
      kind: 'movable',
      value,
      reference: `papers of ${plan.id} ${ticket}`,
    });
  }
  await ask(`${instalment} prize`, plan.foreman, { type: 'PayPrize', ticket, channel: 'bank' });
}

function wayOf({ plan }: Company, instalment: number): 'prompt' | 'slow' | 'prepaid' {
  const drawn = chance(plan.id, instalment, 'collects');
  if (instalment === plan.terms.instalments) return 'prompt';
  if (drawn < 0.05) return 'slow';
  return drawn < 0.2 && instalment > 15 ? 'prepaid' : 'prompt';
}

/** Whether somebody pays nothing for an instalment, and another happening makes up for it. */
function isMissing({ trouble }: MemberPlan, instalment: number): boolean {
  if (trouble === undefined || instalment < trouble.from) return false;
  return instalment <= trouble.from + 1;
}

/** Names who holds a ticket when an instalment is drawn. */
function holderOf({ foreman }: SchemePlan, { member, trouble }: MemberPlan, instalment: number): string {
  if (trouble === undefined || instalment <= trouble.from + 1) return member;
  return trouble.kind === 'substituted' ? trouble.by : trouble.kind === 'vacant' ? foreman : member;
}

const CHANNELS = ['bank', 'upi', 'cash'];
const MAY_NOT_BID = ['ticket_not_eligible', 'bids_not_taken', 'draw_wrong_state', 'bidding_over'];
