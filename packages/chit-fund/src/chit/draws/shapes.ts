import { z } from 'zod';
import { anyAmountField, digestField, numberField, personsField, plainField, referenceField } from '../shape.ts';

/** The shapes of the commands of draws. */
export const drawShapes = {
  OpenDraw: z.strictObject({
    type: z.literal('OpenDraw'),
    instalment: numberField,
    commitment: digestField.optional(),
    present: personsField,
    recording: referenceField.optional(),
    minutes: z.int().min(1).max(10_080).optional(),
  }),
  PlaceBid: z.strictObject({
    type: z.literal('PlaceBid'),
    ticket: numberField,
    bid: plainField,
    consenting: personsField.optional(),
  }),
  CommitBid: z.strictObject({ type: z.literal('CommitBid'), ticket: numberField, commitment: digestField }),
  RevealBid: z.strictObject({
    type: z.literal('RevealBid'),
    ticket: numberField,
    discount: anyAmountField,
    salt: z.string().max(200),
  }),
  EndBidding: z.strictObject({ type: z.literal('EndBidding') }),
  CloseDraw: z.strictObject({
    type: z.literal('CloseDraw'),
    seed: digestField.optional(),
    words: z.array(z.string().max(100)).max(1_000).optional(),
  }),
  AdjournDraw: z.strictObject({
    type: z.literal('AdjournDraw'),
    instalment: numberField,
    why: z.enum(['no_quorum', 'not_held', 'nobody_eligible', 'too_few_eligible', 'no_bids', 'ordered']),
  }),
  RecordMinutes: z.strictObject({ type: z.literal('RecordMinutes'), instalment: numberField, signedBy: personsField }),
  FileMinutes: z.strictObject({ type: z.literal('FileMinutes'), instalment: numberField }),
  VoidDraw: z.strictObject({
    type: z.literal('VoidDraw'),
    instalment: numberField,
    ticket: numberField,
    why: z.enum(['uncollected', 'payment_reversed', 'dispute']),
  }),
};
