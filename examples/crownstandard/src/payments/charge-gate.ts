import type { Codec, Json, RecordKeeper, Seen } from '@holdfast/kernel';
import { type Sender, senderId } from '@holdfast/payouts';
import { type Descriptor, openGate, type SendingGate } from '@holdfast/providers';

/** Names the record of our account where payments and refunds are concerned: it is closed and opened apart from that of payouts, since another list opens it. */
export function chargeSenderId(descriptor: Pick<Descriptor, 'id' | 'account'>): string {
  return `${senderId(descriptor)}.charges`;
}

/** Says whether payments and refunds may be sent. After a restore they may not, until the provider's own list of them has been adopted. */
export function chargeGate(seen: Pick<Seen, 'recordOf' | 'book'>, descriptor: Descriptor): SendingGate {
  const { id: provider, account, mode } = descriptor;
  const { epoch } = seen.book();
  const known = seen.recordOf(senderKeeper, chargeSenderId(descriptor))?.gate;
  const gate = known ?? openGate({ provider, account, mode });
  if (gate.closed || gate.epoch >= epoch) return gate;
  return { ...gate, closed: { because: 'epoch', at: NEVER, adoptedUntil: NEVER } };
}

/** Reads senders, for those who only look. */
const senderKeeper: RecordKeeper<Sender> = {
  kind: 'sender',
  codec: { decodeState: (json: Json) => json as unknown as Sender } as Codec<Sender, never>,
};
const NEVER = '9999-12-31T23:59:59.999Z';
