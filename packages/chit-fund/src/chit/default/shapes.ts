import { z } from 'zod';
import { anyAmountField, holdersField, idField, numberField, referenceField } from '../shape.ts';

/** The shapes of the commands about defaults. */
export const defaultShapes = {
  DeclareDefault: z.strictObject({ type: z.literal('DeclareDefault'), ticket: numberField }),
  RemoveSubscriber: z.strictObject({
    type: z.literal('RemoveSubscriber'),
    ticket: numberField,
    notice: referenceField,
  }),
  ReinstateSubscriber: z.strictObject({ type: z.literal('ReinstateSubscriber'), ticket: numberField }),
  SubstituteSubscriber: z.strictObject({
    type: z.literal('SubstituteSubscriber'),
    ticket: numberField,
    holders: holdersField,
    deduction: anyAmountField,
    channel: idField,
  }),
  HoldVacantTicket: z.strictObject({ type: z.literal('HoldVacantTicket'), ticket: numberField }),
  RefundDefaulter: z.strictObject({ type: z.literal('RefundDefaulter'), ticket: numberField, channel: idField }),
  DemandFuture: z.strictObject({ type: z.literal('DemandFuture'), ticket: numberField, notice: referenceField }),
  AccelerateLiability: z.strictObject({ type: z.literal('AccelerateLiability'), ticket: numberField }),
  CureDefault: z.strictObject({ type: z.literal('CureDefault'), ticket: numberField }),
  OpenDispute: z.strictObject({ type: z.literal('OpenDispute'), ticket: numberField, reference: referenceField }),
  CloseDispute: z.strictObject({
    type: z.literal('CloseDispute'),
    ticket: numberField,
    award: z.enum(['recover', 'reinstate', 'write_off']),
  }),
};
