import { z } from 'zod';
import { amountField, idField, numberField, referenceField } from '../shape.ts';

/** The shapes of the commands of prizes. */
export const prizeShapes = {
  GiveSecurity: z.strictObject({
    type: z.literal('GiveSecurity'),
    ticket: numberField,
    kind: z.enum(['movable', 'immovable', 'surety', 'deposit']),
    value: amountField,
    reference: referenceField,
  }),
  PayPrize: z.strictObject({ type: z.literal('PayPrize'), ticket: numberField, channel: idField }),
  PrepayPrize: z.strictObject({ type: z.literal('PrepayPrize'), ticket: numberField, channel: idField }),
  DepositPrize: z.strictObject({ type: z.literal('DepositPrize'), ticket: numberField }),
};
