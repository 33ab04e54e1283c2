import type { Refusal, Transfer } from '@holdfast/kernel';
import { type Money, money } from '@holdfast/money';
import type { Process, ProcessEvent, Whole } from '../src/index.ts';
import { ask, type When } from './ask.ts';

/** A command, and who asks it when. */
export interface Asks {
  readonly command: unknown;
  readonly when: When;
}

/** What a history leaves behind. */
export interface After<State> {
  /** As it stands after the commands that were done. */
  readonly state: State;
  /** By account, as a decimal; accounts that nothing touched are absent. */
  readonly balances: ReadonlyMap<string, string>;
  readonly transfers: readonly Transfer[];
  /** Of the last command. */
  readonly refusal: Refusal | undefined;
}

/** Runs commands one after the other, and adds up by itself what their transfers did to each account. */
export function balancesAfter<State extends Whole, Event extends ProcessEvent>(
  // biome-ignore lint/suspicious/noExplicitAny: a test drives any process, whatever its commands are
  process: Process<any, State, Event>,
  id: string,
  asks: readonly Asks[],
): After<State> {
  const balances = new Map<string, Money>();
  const transfers: Transfer[] = [];
  let state: State | undefined;
  let refusal: Refusal | undefined;
  for (const { command, when } of asks) {
    const answer = ask(process, { id, state }, command, when);
    refusal = answer.isErr() ? answer.error : undefined;
    if (answer.isErr()) continue;
    state = answer.value.state;
    for (const transfer of answer.value.events.flatMap((event) => process.transfers(event))) {
      transfers.push(transfer);
      change(balances, transfer.from, transfer.amount, -1n);
      change(balances, transfer.to, transfer.amount, 1n);
    }
  }
  const texts = [...balances].map(([account, balance]): [string, string] => [account, balance.toJSON().amount]);
  return { state: state as State, balances: new Map(texts), transfers, refusal };
}

function change(balances: Map<string, Money>, account: string, { minor, currency }: Money, sign: bigint): void {
  balances.set(account, money((balances.get(account)?.minor ?? 0n) + sign * minor, currency));
}
