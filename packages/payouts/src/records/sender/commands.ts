import type { Instant } from '@holdfast/kernel';
import type { Mode } from '@holdfast/providers';
import { z } from 'zod';
import { codeField, instantField, shortIdField } from '../shape.ts';
import type { SenderRefusals } from './refusals.ts';
import type { StopReason } from './sender.ts';

/** Tells of our account at a provider. */
export interface RegisterSender {
  readonly type: 'RegisterSender';
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
}

/** Sends nothing more, until somebody resumes it. */
export interface StopSending {
  readonly type: 'StopSending';
  readonly reason: StopReason;
}

/** Takes one reason to stop away. */
export interface ResumeSending {
  readonly type: 'ResumeSending';
  readonly reason: StopReason;
}

/** Tells that our balance is short of a currency. */
export interface ReportShortage {
  readonly type: 'ReportShortage';
  readonly currency: string;
}

/** Tells that our balance is enough again. */
export interface ReportFunded {
  readonly type: 'ReportFunded';
  readonly currency: string;
}

/** Closes sending after a restore, until the provider's own list has been adopted. */
export interface BeginEpoch {
  readonly type: 'BeginEpoch';
  /** Higher than the last one; the book's own, where the book began one (`BeginEpoch` of `bookKeeping`). */
  readonly epoch: number;
  /** Where the provider's list is to begin: before the instant from which the restored book goes on. */
  readonly from: Instant;
}

/** Closes sending since an attempt was met that the book does not know. */
export interface ReportUnknownAttempt {
  readonly type: 'ReportUnknownAttempt';
  readonly from: Instant;
}

/** Notes that everything in a part of the provider's list was applied or adopted. */
export interface AdoptList {
  readonly type: 'AdoptList';
  readonly from: Instant;
  readonly to: Instant;
  /** When the reading began. */
  readonly readAt: Instant;
}

/** The commands about our accounts at providers, each with exactly what it may be refused for. */
export type SenderCommands = {
  readonly RegisterSender: { readonly command: RegisterSender; readonly refusal: SenderRefusals['RegisterSender'] };
  readonly StopSending: { readonly command: StopSending; readonly refusal: SenderRefusals['StopSending'] };
  readonly ResumeSending: { readonly command: ResumeSending; readonly refusal: SenderRefusals['ResumeSending'] };
  readonly ReportShortage: { readonly command: ReportShortage; readonly refusal: SenderRefusals['ReportShortage'] };
  readonly ReportFunded: { readonly command: ReportFunded; readonly refusal: SenderRefusals['ReportFunded'] };
  readonly BeginEpoch: { readonly command: BeginEpoch; readonly refusal: SenderRefusals['BeginEpoch'] };
  readonly ReportUnknownAttempt: {
    readonly command: ReportUnknownAttempt;
    readonly refusal: SenderRefusals['ReportUnknownAttempt'];
  };
  readonly AdoptList: { readonly command: AdoptList; readonly refusal: SenderRefusals['AdoptList'] };
};

/** Any of the commands about a sender. */
export type AnySenderCommand = SenderCommands[keyof SenderCommands]['command'];

const reason = z.enum(['credentials', 'operator']);

/** The shapes of the commands about senders. */
export const senderShapes = {
  RegisterSender: z.strictObject({
    type: z.literal('RegisterSender'),
    provider: shortIdField,
    account: shortIdField,
    mode: z.enum(['live', 'sandbox', 'simulated']),
  }),
  StopSending: z.strictObject({ type: z.literal('StopSending'), reason }),
  ResumeSending: z.strictObject({ type: z.literal('ResumeSending'), reason }),
  ReportShortage: z.strictObject({ type: z.literal('ReportShortage'), currency: codeField }),
  ReportFunded: z.strictObject({ type: z.literal('ReportFunded'), currency: codeField }),
  BeginEpoch: z.strictObject({
    type: z.literal('BeginEpoch'),
    epoch: z.int().min(1).max(999_999_999),
    from: instantField,
  }),
  ReportUnknownAttempt: z.strictObject({ type: z.literal('ReportUnknownAttempt'), from: instantField }),
  AdoptList: z.strictObject({
    type: z.literal('AdoptList'),
    from: instantField,
    to: instantField,
    readAt: instantField,
  }),
};
