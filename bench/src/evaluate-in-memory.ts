import { evaluate, genesis, type Knowledge, makeRequest, newKnowledge, type Request } from '@holdfast/kernel';
import { transferMoney } from '@holdfast/ledger';
import { money, usd } from '@holdfast/money';
import { ACCOUNTS, chart, pairOf } from './accounts.ts';
import { orThrow } from './holdfast-transfers.ts';

/** Units a second of `evaluate`, and of the making of requests (canonical text and digest of the command), in batches of 200. */
export interface EvaluateSpeed {
  readonly evaluate: number;
  readonly makeRequest: number;
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
  for (let first = 0; first < units; first += BATCH) {
    const start = performance.now();
    const requests = Array.from({ length: BATCH }, (_, index) => requestOf(first + index));
    const made = performance.now();
    evaluating += runBatch(knowledge, requests);
    making += made - start;
  }
  return { evaluate: Math.round((units / evaluating) * 1_000), makeRequest: Math.round((units / making) * 1_000) };
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

function runBatch(knowledge: Knowledge, requests: readonly Request[]): number {
  for (const request of requests) knowledge.units.set(request.key, undefined);
  const start = performance.now();
  const evaluation = evaluate(knowledge, requests, { chart, salt: () => '' });
  const took = performance.now() - start;
  if (evaluation.kind !== 'evaluated') throw new Error('the bench did not load enough');
  for (const [account, seen] of evaluation.accounts) knowledge.accounts.set(account, seen);
  knowledge.units.clear();
  knowledge.head = evaluation.changes.head;
  return took;
}

const BATCH = 200;
