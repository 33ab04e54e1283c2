import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { type BenchUser, INSTALMENT } from './plan.ts';

/** What users do, with how often of a hundred times. */
export const MIX = { calendar: 30, passbook: 20, schemes: 15, payments: 10, score: 5, pay: 10, bid: 10 } as const;

/** One thing that users do. */
export type Kind = keyof typeof MIX;

/** What the load came to. */
export interface LoadResult {
  /** Milliseconds of every answer, by kind. */
  readonly times: { readonly [K in Kind]: number[] };
  /** What went wrong, by what it was, with how often. */
  readonly errors: Map<string, number>;
  /** Answers that say no as they should: a bid in a draw that is over. */
  readonly refused: number;
}

/** How the load is laid on. */
export interface LoadOptions {
  /** Where the portal listens; users are spread over them. */
  readonly origins: readonly string[];
  /** Milliseconds between an answer and the next question, on average; each is between half and one and a half of it. */
  readonly thinkMs: number;
  /** Answers count that were asked for between these moments of `performance.now()`. */
  readonly from: number;
  readonly until: number;
}

/** Lets every user ask, wait for his answer, think, and ask again, over a connection of his own that stays open. */
export async function layLoad(users: readonly BenchUser[], options: LoadOptions): Promise<LoadResult> {
  const times: LoadResult['times'] = {
    calendar: [],
    passbook: [],
    schemes: [],
    payments: [],
    score: [],
    pay: [],
    bid: [],
  };
  const errors = new Map<string, number>();
  let refused = 0;
  const counted = (kind: Kind, { took, outcome }: Asked): void => {
    if (outcome === 'done' || outcome === 'refused') times[kind].push(took);
    else errors.set(`${kind}: ${outcome}`, (errors.get(`${kind}: ${outcome}`) ?? 0) + 1);
    if (outcome === 'refused') refused++;
  };
  await Promise.all(
    users.map(async (user, index) => {
      const client = new Client(options.origins[index % options.origins.length] as string);
      // Nobody begins at the same moment as all the others.
      await sleep(Math.random() * options.thinkMs);
      while (performance.now() < options.until) {
        const kind = pick();
        const asked = await ask(client, user, kind);
        if (asked.began >= options.from && asked.began < options.until) counted(kind, asked);
        await sleep(Math.min(options.thinkMs * (0.5 + Math.random()), Math.max(0, options.until - performance.now())));
      }
      await client.close();
    }),
  );
  return { times, errors, refused };
}

interface Asked {
  readonly began: number;
  readonly took: number;
  /** `done`, `refused`, or what went wrong. */
  readonly outcome: string;
}

async function ask(client: Client, user: BenchUser, kind: Kind): Promise<Asked> {
  const { path, body } = QUESTIONS[kind](user);
  const headers = {
    authorization: `Bearer ${user.token}`,
    ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
  };
  const began = performance.now();
  const outcome = await client
    .request({
      method: body ? 'POST' : 'GET',
      path,
      headers,
      body: body ? JSON.stringify(body) : null,
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
    })
    .then(
      async (answer) => outcomeOf(answer.statusCode, await answer.body.text()),
      (error: { readonly code?: string }) => error.code ?? String(error),
    );
  return { began, took: performance.now() - began, outcome };
}

/** Whoever waits as long as this has gone away. */
const TIMEOUT = 10_000;

function outcomeOf(status: number, body: string): string {
  if (status < 400) return 'done';
  const [, code = ''] = /"code":"(\w+)"/.exec(body) ?? [];
  return status === 409 && /^bid|^draw_not_open$/.test(code) ? 'refused' : `${status} ${code}`;
}

type Question = (user: BenchUser) => { readonly path: string; readonly body?: object };

const QUESTIONS: { readonly [K in Kind]: Question } = {
  calendar: ({ scheme }) => ({ path: `/api/schemes/${scheme}/draws` }),
  passbook: ({ subscription }) => ({ path: `/api/subscriptions/${subscription}/statement` }),
  schemes: () => ({ path: '/api/schemes' }),
  payments: () => ({ path: '/api/payments' }),
  score: ({ id }) => ({ path: `/api/users/${id}/chit-score` }),
  pay: ({ subscription }) => ({
    path: '/api/payments',
    body: { subscriptionId: subscription, amount: '10.00', channel: 'upi', transactionId: randomUUID() },
  }),
  bid: ({ scheme, ticket }) => ({
    path: `/api/schemes/${scheme}/draws/${INSTALMENT}/bids`,
    // From the commission of 1,250 to the highest of 7,500, in steps of 50.
    body: { ticket, by: 'discount', amount: `${1_250 + 50 * randomInt(126)}.00` },
  }),
};

function pick(): Kind {
  let left = randomInt(100);
  for (const kind of Object.keys(MIX) as Kind[]) {
    left -= MIX[kind];
    if (left < 0) return kind;
  }
  return 'calendar';
}
