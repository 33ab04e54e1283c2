import type { Actor } from '@holdfast/kernel';
import { inr, type Money, money } from '@holdfast/money';
import type { AnyChitCommand } from '../chit/commands.ts';
import { accrue } from '../chit/payments/interest.ts';
import { schemeOf } from '../chit/scheme-of.ts';
import type { Chit } from '../chit/state.ts';
import { commitBid } from '../draw/commit-bid.ts';
import { commitLot } from '../draw/commit-lot.ts';
import { addDays } from '../terms/calendar.ts';
import type { Day } from '../terms/terms.ts';
import type { Hand } from './hand.ts';
import { foreman, lotSeed, type OpenedChits, registrar } from './open-chits.ts';
import { playChanges } from './play-changes.ts';
import { playDefaults, unblock } from './play-defaults.ts';
import { playPrizes, redrawUncollected } from './play-prizes.ts';

/** How a random life goes. */
export interface LifeOptions {
  /** The scheme's id. */
  readonly id: string;
  /** Decides everything that is left to chance. */
  readonly seed: number;
  /** Is called after every command. */
  readonly after: () => Promise<void>;
  /** Whether the scheme may be ended early. */
  readonly terminates?: boolean;
}

/**
 * Plays a scheme that runs to its end: payments early, late, in part and twice, bounced ones, bids, prizes that are secured, prepaid, left and drawn anew. It asks for
 * what the Act forbids as well: whether the scheme is under it is for the scheme to know. In the end everybody pays, and everything is paid out.
 *
 * @returns How many commands were done.
 */
export async function playLife(world: OpenedChits, options: LifeOptions): Promise<number> {
  const life = new Life(world, options);
  for (let turn = 0; turn < MOST_TURNS && (await life.chit()).phase === 'running'; turn += 1)
    await life.instalment(turn);
  await life.end();
  return life.done;
}

class Life implements Hand {
  done = 0;
  private payments = 0;
  private state: number;
  private readonly world: OpenedChits;
  private readonly options: LifeOptions;

  constructor(world: OpenedChits, options: LifeOptions) {
    this.world = world;
    this.options = options;
    this.state = options.seed | 1;
  }

  chit(): Promise<Chit> {
    return this.world.chit(this.options.id);
  }

  async ask(command: AnyChitCommand, actor: Actor = foreman): Promise<void> {
    if ((await this.world.code(this.options.id, command, actor)) !== 'done') return;
    this.done += 1;
    await this.options.after();
  }

  /** A number from 0 below a count: the same ones for the same seed. */
  pick(count: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) | 0;
    return (this.state >>> 8) % count;
  }

  /** Plays one instalment, or tries again one that was put off. */
  async instalment(turn: number): Promise<void> {
    const before = await this.chit();
    const next = before.instalments.findIndex(({ status }) => status === 'adjourned');
    const instalment = next < 0 ? before.instalments.length + 1 : next + 1;
    const { drawDays, dueDays } = schemeOf(before);
    this.world.goTo(drawDays[Math.min(instalment, drawDays.length) - 1] ?? before.terms.starts);
    await this.sweep();
    const lasts = turn > before.terms.instalments;
    await this.payAll(before, lasts ? 100 : 50);
    if (lasts) await unblock(this);
    else await redrawUncollected(this);
    await this.draw(instalment, lasts);
    await this.ask({ type: 'RecordMinutes', instalment, signedBy: [foreman.id] });
    if (this.pick(3) > 0) await this.ask({ type: 'FileMinutes', instalment });
    if (this.pick(2) === 0) await this.ask({ type: 'SettleInstalment', instalment });
    await playPrizes(this, this.today());
    if (this.pick(3) > 0) await this.payAll(await this.chit(), 60);
    const { graceDays } = before.terms.late;
    this.world.goTo(addDays(dueDays[instalment - 1] ?? before.terms.starts, graceDays + 1));
    this.world.goTo(addDays(this.today(), this.pick(12)));
    await this.sweep();
    await this.oddities();
  }

  /** Ends the scheme: who owes pays, and everything leaves. */
  async end(): Promise<void> {
    for (let round = 0; round < 6; round += 1) {
      await this.payAll(await this.chit(), 100);
      await this.sweep();
    }
    const { tickets } = await this.chit();
    for (const index of tickets.keys()) {
      const ticket = index + 1;
      await this.ask({ type: 'PayPrize', ticket, channel: 'bank' });
      if (this.pick(4) === 0) await this.ask({ type: 'DepositUnclaimed', ticket });
      await this.ask({ type: 'RefundDefaulter', ticket, channel: 'bank' });
      const credit = await this.credit(ticket);
      if (credit.minor > 0n) await this.ask({ type: 'ReturnCredit', ticket, amount: credit, channel: 'bank' });
    }
  }

  /** Holds a draw with some bids, or with one of each ticket where draws without bids would be put off for ever. */
  private async draw(instalment: number, everybody: boolean): Promise<void> {
    const { id } = this.options;
    const chit = await this.chit();
    const commitment = commitLot(lotSeed)._unsafeUnwrap();
    const present = chit.tickets.flatMap(({ holders }) => holders.map(({ person }) => person));
    // One alone is no meeting under the Act.
    if (this.pick(6) === 0) await this.ask({ type: 'OpenDraw', instalment, commitment, present: present.slice(0, 1) });
    await this.ask({ type: 'OpenDraw', instalment, commitment, present });
    const { draw } = await this.chit();
    const { discount } = schemeOf(chit);
    const count = everybody ? chit.tickets.length : this.pick(4);
    for (let bid = 0; draw && discount && bid < count; bid += 1) {
      const ticket = 1 + (everybody ? bid : this.pick(chit.tickets.length));
      const span = discount.most - discount.least;
      const steps = discount.step === 0n ? 0n : span / discount.step;
      const minor =
        this.pick(3) === 0 ? discount.most : discount.least + ((steps * BigInt(this.pick(5))) / 4n) * discount.step;
      if (chit.terms.method.type !== 'sealed_auction') {
        await this.ask({ type: 'PlaceBid', ticket, bid: { by: 'discount', amount: money(minor, inr) } });
        continue;
      }
      const salt = 'ab'.repeat(16);
      const sealed = commitBid({ draw: `${id}/${instalment}/${draw.sequence}`, ticket, discount: minor, salt });
      await this.ask({ type: 'CommitBid', ticket, commitment: sealed._unsafeUnwrap() });
      await this.ask({ type: 'RevealBid', ticket, discount: money(minor, inr), salt });
    }
    await this.ask({ type: 'CloseDraw', seed: lotSeed });
  }

  /** Pays what some tickets owe, or nearly. */
  private async payAll(chit: Chit, percent: number): Promise<void> {
    for (const [index, { arrears, premium }] of chit.tickets.entries()) {
      if (this.pick(100) >= percent) continue;
      const today = this.today();
      const open = arrears.map((arrear) => accrue(arrear, chit.terms.late, today));
      const owed = open.reduce((sum, one) => sum + one.principal + one.forfeited + one.interest, 0n);
      const due = chit.phase === 'running' ? schemeOf(chit).subscription + premium : 0n;
      const parts = percent === 100 ? 4n : ([1n, 4n, 4n, 4n, 8n][this.pick(5)] ?? 4n);
      const minor = ((owed + due) * parts) / 4n;
      if (minor <= 0n) continue;
      const payment = `r${++this.payments}`;
      const command = {
        type: 'PayInstalment',
        ticket: index + 1,
        amount: money(minor, inr),
        channel: 'bank',
        payment,
      } as const;
      // It takes payments whoever is the foreman.
      await this.ask(command, { id: 'till', role: 'service' });
    }
  }

  private async oddities(): Promise<void> {
    const chit = await this.chit();
    const ticket = 1 + this.pick(chit.tickets.length);
    const instalment = 1 + this.pick(chit.terms.instalments);
    const payment = chit.tickets[ticket - 1]?.payments.at(-1)?.id ?? 'none';
    const odd: readonly AnyChitCommand[] = [
      { type: 'ReversePayment', ticket, payment, why: 'bounced' },
      { type: 'ReturnCredit', ticket, amount: money(1n + BigInt(this.pick(500)), inr), channel: 'bank' },
      { type: 'WriteOff', ticket, why: 'hopeless' },
      { type: 'TakeIncome' },
      { type: 'RestoreDividend', ticket, instalment, why: 'the bank was late' },
      { type: 'DepositPrize', ticket },
      { type: 'VoidDraw', instalment, ticket, why: this.pick(2) === 0 ? 'uncollected' : 'payment_reversed' },
    ];
    for (const command of odd) if (this.pick(4) === 0) await this.ask(command);
    await playDefaults(this, ticket);
    await playChanges(this, async () => {
      await this.payAll(chit, 30);
      await this.sweep();
    });
    if (this.options.terminates && this.pick(6) === 0) {
      const consents = [...new Set(chit.tickets.flatMap(({ holders }) => holders.map(({ person }) => person)))];
      await this.ask({ type: 'TerminateByConsent', consents: [...consents, foreman.id] });
      await this.ask({ type: 'TerminateForIncapacity', why: 'nobody goes on' }, registrar);
    }
    const won = chit.tickets.findIndex(({ prize }) => prize && prize.status !== 'paid' && prize.status !== 'prepaid');
    const prize = chit.tickets[won]?.prize;
    if (prize && this.pick(5) === 0)
      await this.ask({ type: 'VoidDraw', instalment: prize.instalment, ticket: won + 1, why: 'payment_reversed' });
  }

  private async sweep(): Promise<void> {
    await this.world.sweep();
    await this.options.after();
  }

  private async credit(ticket: number): Promise<Money> {
    return money(await this.world.balance(`chits:${this.options.id}:tickets:${ticket}`), inr);
  }

  private today(): Day {
    return this.world.now().slice(0, 10);
  }
}

/** Puts an end to a scheme whose draws are put off for ever. */
const MOST_TURNS = 40;
