import { type Context, Defect, type Duration, hours, type RecordDecider, type Seen } from '@holdfast/kernel';
import { adoptList, closeSending, openGate, type SendingGate, settlingTime } from '@holdfast/providers';
import { err, ok, type Result } from 'neverthrow';
import type { PayoutEnvironment } from '../payout/environment.ts';
import { plainCodec } from '../plain-codec.ts';
import { readCommand } from '../shape.ts';
import { type AnySenderCommand, type SenderCommands, senderShapes } from './commands.ts';
import type { SenderRefusals } from './refusals.ts';
import type { Sender, StopReason } from './sender.ts';

/** What happened to a sender. */
export type SenderEvent =
  | { readonly type: 'SenderRegistered'; readonly gate: SendingGate }
  | { readonly type: 'GateMoved'; readonly gate: SendingGate }
  | { readonly type: 'SendingStopped' | 'SendingResumed'; readonly reason: StopReason }
  | { readonly type: 'BalanceShort' | 'BalanceFunded'; readonly currency: string };

/** The records of our accounts at providers. */
export type SenderDecider = RecordDecider<SenderCommands, Sender, SenderEvent>;

/**
 * Makes the decider of our accounts at providers: whether anything may be sent from them.
 *
 * @source docs/rules/payouts.md, P-21
 */
export function senderDecider({ senders }: Pick<PayoutEnvironment, 'senders'>): SenderDecider {
  return {
    kind: 'sender',
    keeps: 'record',
    parse: (command) => readCommand(senderShapes, command),
    needs: () => ({}),
    decide: (seen, command, context) => {
      const power = senders.get(context.id)?.descriptor.operations.transfer;
      // What a restored book has forgotten may still be under way: at the provider, or in a worker that was paused.
      const settles = power ? settlingTime(power, LONGEST_PAUSE) : { ms: 2 * LONGEST_PAUSE.ms };
      return decideSender(seen, command as AnySenderCommand, context, settles);
    },
    evolve: evolveSender,
    transfers: () => [],
    standing: ({ gate, stopped, short }) => ({
      status: gate.closed || stopped.length > 0 ? 'closed' : short.length > 0 ? 'short' : 'open',
      claims: [],
      deadlines: [],
      touches: [],
    }),
    codec: plainCodec(),
  };
}

const LONGEST_PAUSE = hours(2);

function decideSender(
  seen: Seen,
  command: AnySenderCommand,
  { id, at }: Context,
  settles: Duration,
): Result<readonly SenderEvent[], SenderRefusals[keyof SenderRefusals]> {
  const known = seen.record(id) as Sender | undefined;
  if (command.type === 'RegisterSender') {
    if (known) return err({ code: 'sender_exists', sender: id });
    return ok([{ type: 'SenderRegistered', gate: openGate(command, seen.book().epoch) }]);
  }
  if (!known) return err({ code: 'sender_unknown', sender: id });
  switch (command.type) {
    case 'StopSending':
      return ok([{ type: 'SendingStopped', reason: command.reason }]);
    case 'ResumeSending':
      return ok([{ type: 'SendingResumed', reason: command.reason }]);
    case 'ReportShortage':
      return ok([{ type: 'BalanceShort', currency: command.currency }]);
    case 'ReportFunded':
      return ok([{ type: 'BalanceFunded', currency: command.currency }]);
    case 'BeginEpoch': {
      const { epoch, from } = command;
      if (epoch <= known.gate.epoch) return err({ code: 'epoch_not_later', epoch, known: known.gate.epoch });
      return ok([
        { type: 'GateMoved', gate: closeSending(known.gate, { because: 'epoch', from, settles, epoch }, at) },
      ]);
    }
    case 'ReportUnknownAttempt': {
      const gate = closeSending(known.gate, { because: 'unknown_attempt', from: command.from, settles }, at);
      return ok([{ type: 'GateMoved', gate }]);
    }
    case 'AdoptList':
      return adoptList(known.gate, command).map((gate) => [{ type: 'GateMoved', gate }]);
  }
}

function evolveSender(known: Sender | undefined, event: SenderEvent): Sender {
  if (event.type === 'SenderRegistered') return { gate: event.gate, stopped: [], short: [] };
  if (!known) throw new Defect(`${event.type} of a sender that was never registered`);
  switch (event.type) {
    case 'GateMoved':
      return { ...known, gate: event.gate };
    case 'SendingStopped':
      return { ...known, stopped: including(known.stopped, event.reason) };
    case 'SendingResumed':
      return { ...known, stopped: known.stopped.filter((reason) => reason !== event.reason) };
    case 'BalanceShort':
      return { ...known, short: including(known.short, event.currency) };
    case 'BalanceFunded':
      return { ...known, short: known.short.filter((code) => code !== event.currency) };
  }
}

/** Gives a set with one more. */
function including<T>(set: readonly T[], one: T): readonly T[] {
  return set.includes(one) ? set : [...set, one];
}
