import type { RecordKeeper } from '@holdfast/kernel';
import type { Obligation } from './obligation/obligation.ts';
import type { Payee } from './payee/payee.ts';
import type { Payout } from './payout/payout.ts';
import { plainCodec } from './plain-codec.ts';
import type { Sender } from './sender/sender.ts';

/** Reads payees, for those who only look. */
export const payeeKeeper: RecordKeeper<Payee> = { kind: 'payee', codec: plainCodec() };

/** Reads obligations, for those who only look. */
export const obligationKeeper: RecordKeeper<Obligation> = { kind: 'obligation', codec: plainCodec() };

/** Reads payouts, for those who only look. */
export const payoutKeeper: RecordKeeper<Payout> = { kind: 'payout', codec: plainCodec() };

/** Reads senders, for those who only look. */
export const senderKeeper: RecordKeeper<Sender> = { kind: 'sender', codec: plainCodec() };
