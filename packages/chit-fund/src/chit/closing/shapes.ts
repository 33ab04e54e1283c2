import { z } from 'zod';
import { idField, numberField } from '../shape.ts';

/** The shapes of the commands at the end of a scheme. */
export const closingShapes = {
  CompleteScheme: z.strictObject({ type: z.literal('CompleteScheme') }),
  DepositUnclaimed: z.strictObject({ type: z.literal('DepositUnclaimed'), ticket: numberField }),
  PayUnclaimed: z.strictObject({ type: z.literal('PayUnclaimed'), ticket: numberField, channel: idField }),
};
