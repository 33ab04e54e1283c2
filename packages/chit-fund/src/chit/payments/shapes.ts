import { z } from 'zod';
import { amountField, idField, numberField, textField } from '../shape.ts';

/** The shapes of the commands of payments. */
export const paymentShapes = {
  PayInstalment: z.strictObject({
    type: z.literal('PayInstalment'),
    ticket: numberField,
    amount: amountField,
    channel: idField,
    payment: idField,
  }),
  ReversePayment: z.strictObject({
    type: z.literal('ReversePayment'),
    ticket: numberField,
    payment: idField,
    why: z.enum(['bounced', 'charged_back', 'mistaken']),
  }),
  SettleInstalment: z.strictObject({ type: z.literal('SettleInstalment'), instalment: numberField }),
  MarkOverdue: z.strictObject({ type: z.literal('MarkOverdue'), instalment: numberField }),
  RestoreDividend: z.strictObject({
    type: z.literal('RestoreDividend'),
    ticket: numberField,
    instalment: numberField,
    why: textField,
  }),
  ReturnCredit: z.strictObject({
    type: z.literal('ReturnCredit'),
    ticket: numberField,
    amount: amountField,
    channel: idField,
  }),
  WriteOff: z.strictObject({ type: z.literal('WriteOff'), ticket: numberField, why: textField }),
  TakeIncome: z.strictObject({ type: z.literal('TakeIncome') }),
};
