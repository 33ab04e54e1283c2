import type { SampleAsk, SampleHistory, SampleStep } from './history.ts';

/** What a history must come to, by a model that shares no code with the kernel: maps, integers and a few rules. */
export interface Modelled {
  /** What each step must answer: `committed`, `replayed`, or the code of its refusal. */
  readonly answers: readonly string[];
  /** In minor units, by `name CODE`. */
  readonly balances: ReadonlyMap<string, bigint>;
  /** Statuses, by id. */
  readonly seats: ReadonlyMap<string, string>;
  /** Holders of places. */
  readonly places: ReadonlyMap<string, string>;
  /** How many units the journal must hold. */
  readonly units: number;
}

interface ModelSeat {
  readonly place: string;
  readonly buyer: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly expiresAt: string;
  status: string;
}

interface World {
  readonly balances: Map<string, bigint>;
  readonly seats: Map<string, ModelSeat>;
  readonly places: Map<string, string>;
}

/**
 * Works out what a history must come to.
 *
 * @param startMs - Where the history's clock begins, in milliseconds since 1970.
 */
export function modelHistory(history: SampleHistory, startMs: number): Modelled {
  let world: World = { balances: new Map(), seats: new Map(), places: new Map() };
  const keys = new Map<string, { readonly asked: string; readonly refusal: string | undefined }>();
  const answers: string[] = [];
  let units = 0;
  let nowMs = startMs;
  let newestMs = 0;
  for (const { afterMs, steps, sweep } of history) {
    nowMs += afterMs;
    for (const step of steps) {
      // No unit is dated before the one before it.
      const at = new Date(Math.max(nowMs, newestMs)).toISOString();
      const key = `${step.actor} ${step.key}`;
      const asked = shown(step);
      const known = keys.get(key);
      if (known) {
        answers.push(known.asked === asked ? (known.refusal ?? 'replayed') : 'key_conflict');
        continue;
      }
      const next = copied(world);
      const refusal = refusalOf(next, step, at);
      answers.push(refusal ?? 'committed');
      if (!refusal) world = next;
      if (refusal && !step.keepRefusal) continue;
      keys.set(key, { asked, refusal });
      units += 1;
      newestMs = Math.max(nowMs, newestMs);
    }
    if (!sweep) continue;
    const expired = expireAll(world, new Date(nowMs).toISOString());
    units += expired;
    if (expired > 0) newestMs = Math.max(nowMs, newestMs);
  }
  const seats = new Map([...world.seats].map(([id, { status }]) => [id, status] as const));
  return { answers, balances: world.balances, seats, places: world.places, units };
}

function refusalOf(world: World, step: SampleStep, now: string): string | undefined {
  for (const ask of step.asks) {
    const refusal = decide(world, ask, now);
    if (refusal) return refusal;
  }
  const holders = new Map<string, string[]>();
  for (const [id, { place, status }] of world.seats) {
    if (status === 'held' || status === 'confirmed') holders.set(place, [...(holders.get(place) ?? []), id]);
  }
  for (const ids of holders.values()) if (ids.length > 1) return 'claim_taken';
  world.places.clear();
  for (const [place, [id]] of holders) world.places.set(place, id ?? '');
  for (const [account, balance] of world.balances) {
    if (balance < 0n && !account.startsWith('world:')) return 'insufficient_funds';
  }
  return undefined;
}

function decide(world: World, ask: SampleAsk, now: string): string | undefined {
  if (ask.ask === 'move') {
    move(world, { from: ask.from, to: ask.to, minor: ask.minor, currency: ask.currency });
    return undefined;
  }
  const seat = world.seats.get(ask.id);
  if (ask.ask === 'hold') {
    if (seat) return 'seat_exists';
    const { place, buyer, minor, currency, expiresAt } = ask;
    world.seats.set(ask.id, { place, buyer, minor, currency, expiresAt, status: 'held' });
    move(world, { from: `users:${buyer}:available`, to: `strict:seat:${ask.id}:held`, minor, currency });
    return undefined;
  }
  if (!seat) return 'seat_unknown';
  if (seat.status !== 'held') return 'seat_not_held';
  if (ask.type === 'ExpireSeat' && now < seat.expiresAt) return 'seat_not_due';
  end(world, ask.id, seat, { ConfirmSeat: 'confirmed', LeaveSeat: 'left', ExpireSeat: 'expired' }[ask.type]);
  return undefined;
}

function end(world: World, id: string, seat: ModelSeat, status: string): void {
  seat.status = status;
  const { buyer, minor, currency } = seat;
  const to = status === 'confirmed' ? 'platform:seats:earned' : `users:${buyer}:available`;
  move(world, { from: `strict:seat:${id}:held`, to, minor, currency });
}

function expireAll(world: World, now: string): number {
  let expired = 0;
  for (const [id, seat] of world.seats) {
    if (seat.status !== 'held' || seat.expiresAt > now) continue;
    end(world, id, seat, 'expired');
    world.places.delete(seat.place);
    expired += 1;
  }
  return expired;
}

function move(
  { balances }: World,
  { from, to, minor, currency }: { from: string; to: string; minor: bigint; currency: string },
): void {
  for (const [name, change] of [[from, -minor] as const, [to, minor] as const]) {
    const account = `${name} ${currency}`;
    balances.set(account, (balances.get(account) ?? 0n) + change);
  }
}

function copied({ balances, seats, places }: World): World {
  return {
    balances: new Map(balances),
    seats: new Map([...seats].map(([id, seat]) => [id, { ...seat }] as const)),
    places: new Map(places),
  };
}

function shown(step: SampleStep): string {
  return JSON.stringify(step.asks, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
