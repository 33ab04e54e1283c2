import { hash } from 'node:crypto';
import type { ClaimTaken, Instant, ReadTrouble, TaskEnd } from '@holdfast/kernel';
import { isSameCurrency } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { holdsAt } from '../eligibility/hold.ts';
import { bundleOf } from '../records/obligation/bundle.ts';
import type { EarnedObligation, Obligation } from '../records/obligation/obligation.ts';
import type { PayoutBlocked } from '../records/payout/refusals.ts';
import { asOne, type Desk, failed, later, STALE } from './desk.ts';
import { sendPayout, whenCleared } from './send-payout.ts';

/**
 * Takes an obligation that is due into a payout, with everything that is due beside it, and sends it at once. What says no is asked again later.
 *
 * @source docs/rules/payouts.md, P-16, P-23
 */
export async function planObligation(desk: Desk, obligation: string): Promise<TaskEnd> {
  const read = await desk.obligation.read(obligation);
  if (read.isErr()) return failed(read.error);
  const first = read.value.state;
  if (first?.status !== 'open') return STALE;
  const bundle = bundleOf(first, desk.payouts.policy);
  const beside = await readBundle(desk, `open.${bundle}`);
  if (beside.isErr()) return failed(beside.error);
  const due = [...beside.value]
    .filter(([id, state]) => id === obligation || isDueWith(state, first, desk.clock()))
    .slice(0, MOST_ITEMS);
  const ids = [...new Set([obligation, ...due.map(([id]) => id)])].sort().slice(0, MOST_ITEMS);
  const awaits = await awaitedTips(desk, bundle);
  if (awaits.isErr()) return failed(awaits.error);
  return plan(desk, { bundle, first, obligations: ids, awaits: awaits.value });
}

interface Plan {
  readonly bundle: string;
  readonly first: EarnedObligation;
  readonly obligations: readonly string[];
  readonly awaits: readonly string[];
}

async function plan(desk: Desk, { bundle, first, obligations, awaits }: Plan): Promise<TaskEnd> {
  const sender = desk.senderFor(first);
  // Named by its run, so a restored book names it the same and finds it at the provider.
  const name = `${bundle}.${(first.planAt ?? desk.clock()).replace(/[-:.]/g, '')}`;
  const digest = hash('sha256', obligations.join(), 'hex').slice(0, 16);
  for (let suffix = 1; suffix <= MOST_NAMES; suffix++) {
    const id = suffix === 1 ? name : `${name}.${suffix}`;
    const command = { type: 'PlanPayout', sender, obligations, ...(awaits.length > 0 ? { awaits } : {}) } as const;
    const taken = obligations.map((one) => desk.obligation.ask(one, { type: 'TakeUp', payout: id }));
    const planned = await asOne(desk, [desk.payout.ask(id, command), ...taken], `plan:${id}:${digest}`);
    if (planned.isOk()) return sendPayout(desk, id);
    const { error } = planned;
    if (error.code === 'payout_exists') continue;
    if (error.code === 'payout_blocked') return whenCleared(desk, (error as PayoutBlocked).obstacles);
    // One of them was taken, or held, since it was read.
    if (error.code === 'payout_disagrees' || error.code === 'obligation_not_open') return later(1_000);
    return error.code === 'claim_taken' ? paidBefore(desk, error as ClaimTaken) : failed(error);
  }
  return later(desk.recheckMs);
}

/** A payout that was made of what the provider said has paid it already: the obligation joins it, and its money goes where the payment came from. */
async function paidBefore(desk: Desk, { claim, holder }: ClaimTaken): Promise<TaskEnd> {
  const obligation = claim.slice(claim.indexOf(':') + 1);
  const payout = holder.slice(holder.indexOf('/') + 1);
  const asks = [
    desk.obligation.ask(obligation, { type: 'TakeUp', payout }),
    desk.payout.ask(payout, { type: 'Recheck' }),
  ];
  const joined = await asOne(desk, asks, `join:${payout}:${obligation}`);
  return joined.isErr() ? failed(joined.error) : later(1);
}

function isDueWith(state: Obligation, first: EarnedObligation, now: Instant): boolean {
  if (state.status !== 'open' || state.planAt === undefined || state.planAt > now) return false;
  const funded = state.fundsAvailableAt === undefined || state.fundsAvailableAt <= now;
  const isOfSame = state.payee === first.payee && isSameCurrency(state.currency, first.currency);
  return isOfSame && funded && holdsAt(state.holds, now).length === 0;
}

async function awaitedTips(desk: Desk, bundle: string): Promise<Result<readonly string[], ReadTrouble>> {
  if (!desk.payouts.policy.tips.wait) return ok([]);
  return (await readBundle(desk, `promised.${bundle}`)).map((tips) => [...tips.keys()].slice(0, MOST_ITEMS));
}

async function readBundle(desk: Desk, status: string): Promise<Result<ReadonlyMap<string, Obligation>, ReadTrouble>> {
  const page = await desk.obligation.list({ status, limit: 1_000 });
  if (page.isErr()) return err(page.error);
  return ok(new Map(page.value.rows.flatMap(({ id, state }) => (state ? [[id, state] as const] : []))));
}

const MOST_ITEMS = 100;
const MOST_NAMES = 50;
