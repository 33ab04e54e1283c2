import {
  type Changes,
  evaluate,
  genesis,
  type Knowledge,
  makeRequest,
  newKnowledge,
  type Request,
  unitDigest,
} from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { money, usd } from '@holdfast/money';
import { ACCOUNTS, chart, pairOf } from './accounts.ts';
import { orThrow } from './holdfast-transfers.ts';

/** Units a second of `evaluate`, and of the making of requests (canonical text and digest of the command), in batches of 200. */
export interface EvaluateSpeed {
  readonly evaluate: number;
  readonly makeRequest: number;
  /** The digests alone, over the same bytes in the same chain: what `evaluate` could come to if it did nothing else. */
  readonly hashing: number;
}

/** Times the pure pass of the writer's round alone: decisions, balances, canonical units, digests and the chain, without any store. */
export function evaluateInMemory(units: number): EvaluateSpeed {
  const knowledge = newKnowledge(genesis);
  for (let account = 0; account < ACCOUNTS; account++) {
    const state = orThrow(chart.open(`users:u${account}:available`, usd, false));
    knowledge.accounts.set(`users:u${account}:available USD`, {
      state: { ...state, currency: { code: 'USD', scale: 2 }, frozen: 'none', closed: false },
      balance: 1_000_000n,
    });
  }
  let making = 0;
  let evaluating = 0;
  let hashing = 0;
  for (let first = 0; first < units; first += BATCH) {
    const start = performance.now();
    const requests = Array.from({ length: BATCH }, (_, index) => requestOf(first + index));
    const made = performance.now();
    const { took, changes } = runBatch(knowledge, requests);
    evaluating += took;
    hashing += hashAgain(changes);
    making += made - start;
  }
  const perSecond = (milliseconds: number): number => Math.round((units / milliseconds) * 1_000);
  return { evaluate: perSecond(evaluating), makeRequest: perSecond(making), hashing: perSecond(hashing) };
}

function requestOf(index: number): Request {
  const [from, to] = pairOf(index, 'wide');
  const command = {
    type: 'Transfer',
    from: `users:u${from}:available`,
    to: `users:u${to}:available`,
    amount: money(1n, usd),
    kind: 'transfer',
  };
  const asked = { actor: { id: 'bench', role: 'operator' }, key: `k${index}` };
  return orThrow(makeRequest([{ decider: transferMoney, id: '', command }], asked, '2026-01-01T00:00:00.000Z'));
}

function runBatch(
  knowledge: Knowledge,
  requests: readonly Request[],
): { readonly took: number; readonly changes: Changes } {
  for (const request of requests) knowledge.units.set(request.key, undefined);
  const start = performance.now();
  const evaluation = evaluate(knowledge, requests, { chart, salt: () => '' });
  const took = performance.now() - start;
  if (evaluation.kind !== 'evaluated') throw new Error('the bench did not load enough');
  for (const [account, seen] of evaluation.accounts) knowledge.accounts.set(account, seen);
  knowledge.units.clear();
  knowledge.head = evaluation.changes.head;
  return { took, changes: evaluation.changes };
}

/** Chains the units of a batch once more, and nothing else. */
function hashAgain({ units, head }: Changes): number {
  const [first] = units;
  let digest = first?.digest;
  const start = performance.now();
  for (const { sequence, bytes } of units.slice(1)) digest = unitDigest(digest as string, sequence, bytes);
  const took = performance.now() - start;
  if (digest !== head.digest) throw new Error('the bench hashed other bytes');
  return (took * units.length) / (units.length - 1);
}

const BATCH = 200;
