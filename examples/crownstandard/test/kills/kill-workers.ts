import { createRandom, type Random } from '@holdfast/testkit';
import { checkBooks, stillOpen } from './check-books.ts';
import { createFeed } from './feed.ts';
import { type KillWorld, openKillWorld } from './kill-world.ts';
import { aims, type Moment, momentsIn } from './moments.ts';
import type { AimedKill } from './noting.ts';
import type { Plant } from './plants.ts';
import { type OperatorWork, settle } from './settle.ts';
import type { SpawnedWorker } from './spawned-worker.ts';

/** How often, on what, and by which chance workers are killed. */
export interface KillOptions {
  /** Of the Postgres. */
  readonly url: string;
  readonly seed: number;
  readonly kills: number;
  /** A mistake that every worker is to make. */
  readonly plant?: Plant;
  /** Whether the provider forgets every key at each kill. Then nothing arrives late, since nothing could keep that from being paid twice. */
  readonly forgetting?: boolean;
  readonly onKill?: (kill: Kill) => void;
}

/** One kill. */
export interface Kill {
  readonly number: number;
  /** From outside, some milliseconds after it began to work or after it came to its first payout; or by itself at a step that was drawn. */
  readonly how: 'from its start' | 'from its first payout' | 'aimed';
  /** Where the worker was: several where it was at several things. */
  readonly moments: readonly Moment[];
}

/** What came of it. */
export interface KillReport {
  readonly seed: number;
  readonly kills: readonly Kill[];
  readonly bookings: number;
  readonly obligations: number;
  readonly transfers: number;
  /** Calls that asked the peer for a transfer, and those of them that it answered from its keys. */
  readonly sends: number;
  readonly replayed: number;
  readonly operator: OperatorWork;
  readonly seconds: number;
  /** What does not agree; empty where all is well. */
  readonly problems: readonly string[];
}

/** Kills workers at moments that the seed draws, until as many are dead as were asked for; lets the last one finish, and compares the books. */
export async function killWorkers(options: KillOptions): Promise<KillReport> {
  const startedAt = performance.now();
  const { forgetting = false } = options;
  const world = await openKillWorld(options);
  try {
    const random = createRandom(options.seed);
    const feed = createFeed(world, random.fork('feed'));
    const operator: OperatorWork = { redriven: 0, asserted: 0, unparked: 0, givenUp: 0 };
    await warmUp(world, options.kills, () => feed.turn(BOOKINGS));
    const kills: Kill[] = [];
    for (let number = 1; number <= options.kills; number += 1) {
      const kill = await killOne(world, { number, random, turn: () => feed.turn(BOOKINGS), forgetting });
      kills.push(kill);
      options.onKill?.(kill);
    }
    await world.peer.clearScript();
    const last = world.nextWorker();
    await last.start(world.startOf(world.notes('last')));
    const open = await settle(world, last, { feed, open: () => stillOpen(world, feed), work: operator }).finally(() =>
      last.stop(),
    );
    const problems = [...open, ...(await checkBooks(world, feed))];
    const sends = (await world.peer.requests()).filter(
      ({ method, url }) => method === 'POST' && url === '/v1/transfers',
    );
    return {
      seed: options.seed,
      kills,
      bookings: feed.bookings(),
      obligations: feed.obligations().size,
      transfers: (await world.peer.transfers()).length,
      sends: sends.length,
      replayed: sends.filter(({ replayed }) => replayed).length,
      operator,
      seconds: (performance.now() - startedAt) / 1_000,
      problems,
    };
  } finally {
    await world.close();
  }
}

/** Lets one worker live for two days, so that from then on payouts fall due at every step. */
async function warmUp(world: KillWorld, kills: number, turn: () => Promise<void>): Promise<void> {
  const worker = world.nextWorker();
  await worker.start(world.startOf(world.notes('first')));
  const steps = Math.min(kills, DELAY_HOURS);
  for (let step = 0; step < steps; step += 1) {
    await turn();
    await world.pass(HOUR_MS, worker);
  }
  for (let left = DELAY_HOURS - steps; left > 0; left -= STEP_HOURS) {
    await world.quiet();
    await world.pass(Math.min(left, STEP_HOURS) * HOUR_MS, worker);
  }
  await worker.stop();
}

async function killOne(
  world: KillWorld,
  {
    number,
    random,
    turn,
    forgetting,
  }: { readonly number: number; readonly random: Random; turn(): Promise<void>; readonly forgetting: boolean },
): Promise<Kill> {
  const worker = world.nextWorker();
  const notes = world.notes(number);
  const how = random.pick(HOWS);
  const aim = how === 'aimed' ? aimOf(random) : undefined;
  const afterMs = random.integer(how === 'from its start' ? MOST_MS : MOST_MS_PAYING);
  await worker.start({ ...world.startOf(notes), ...(aim ? { aim } : {}) });
  // Now and then one lives long enough to look after what those before it left: else a provider would forget the keys.
  if (number % LONG_LIFE === 0) {
    await world.pass(HOUR_MS / 6, worker);
    await Promise.race([worker.ended, world.quiet(PATIENCE_MS)]);
  }
  await delaySome(world, random, forgetting);
  const feeding = turn();
  await world.pass(HOUR_MS / 2 + random.integer(HOUR_MS), worker);
  // Whatever it is waited for may not come: then the worker has nothing left to do.
  if (how === 'aimed') await Promise.race([worker.ended, world.quiet(PATIENCE_MS)]);
  else if (how === 'from its first payout') await Promise.race([worker.paying, worker.ended, world.quiet(PATIENCE_MS)]);
  await death(worker, how === 'aimed' ? 0 : afterMs);
  await feeding;
  if (forgetting) await world.peer.pruneKeys();
  return { number, how, moments: momentsIn(notes) };
}

function aimOf(random: Random): AimedKill {
  return { at: random.pick(aims), nth: random.chance(75) ? 1 : 2, afterMs: random.integer(6) };
}

/**
 * Has the peer take its time for a transfer, so that a kill meets it on the way; and has another one arrive only when the next worker has looked for it, not found
 * it, and sent it again: then nothing but its key keeps it from being paid twice.
 */
async function delaySome({ peer }: KillWorld, random: Random, forgetting: boolean): Promise<void> {
  const transfers = { method: 'POST', path: '^/v1/transfers$' } as const;
  const effect = { laterMs: 2 * HOUR_MS + random.integer(2 * HOUR_MS) };
  const slow = {
    ...transfers,
    skip: random.integer(2),
    meets: { fault: 'delay', ms: 5 + random.integer(60) },
  } as const;
  const late = { ...transfers, skip: random.integer(2), meets: { fault: 'cut', effect } } as const;
  await (forgetting ? peer.script(slow) : peer.script(slow, late));
}

/** Kills a worker after so many milliseconds, where it has not done so by itself. */
async function death(worker: SpawnedWorker, afterMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, afterMs);
  });
  await Promise.race([worker.ended, late]);
  clearTimeout(timer);
  worker.kill();
  const end = await worker.ended;
  if (end !== 'SIGKILL') throw new Error(`a worker ended with ${end}`);
}

const HOWS: readonly Kill['how'][] = ['from its start', 'from its first payout', 'aimed', 'aimed'];
/** New bookings between two kills. */
const BOOKINGS = 2;
/** An hour passes between two kills, nearly: a worker that lives so shortly has to meet what waits for it before a provider forgets it. */
const HOUR_MS = 3_600_000;
/** At most at a time where nobody is killed. */
const STEP_HOURS = 4;
/** From completion to payout. */
const DELAY_HOURS = 48;
const LONG_LIFE = 4;
/** How long it is waited for a worker to come to a payout that is due. */
const PATIENCE_MS = 120_000;
/** A worker that is killed by the clock lives at most so long. */
const MOST_MS = 350;
/** And at most so long after its first payout began. */
const MOST_MS_PAYING = 60;
