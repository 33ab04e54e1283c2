import { z } from 'zod';
import {
  anyAmountField,
  holdersField,
  idField,
  numberField,
  personsField,
  referenceField,
  textField,
} from '../shape.ts';

/** The shapes of the commands that change a running scheme. */
export const changeShapes = {
  TransferTicket: z.strictObject({
    type: z.literal('TransferTicket'),
    ticket: numberField,
    holders: holdersField,
    deed: referenceField,
  }),
  RecordDeath: z.strictObject({ type: z.literal('RecordDeath'), person: idField, nominee: idField }),
  LayLien: z.strictObject({ type: z.literal('LayLien'), ticket: numberField, secures: referenceField }),
  LiftLien: z.strictObject({ type: z.literal('LiftLien'), ticket: numberField, secures: referenceField }),
  SuspendScheme: z.strictObject({ type: z.literal('SuspendScheme'), why: textField }),
  ResumeScheme: z.strictObject({ type: z.literal('ResumeScheme') }),
  SucceedForeman: z.strictObject({ type: z.literal('SucceedForeman'), foreman: idField }),
  LeaveScheme: z.strictObject({ type: z.literal('LeaveScheme'), ticket: numberField, deduction: anyAmountField }),
  TerminateByConsent: z.strictObject({ type: z.literal('TerminateByConsent'), consents: personsField }),
  TerminateForIncapacity: z.strictObject({ type: z.literal('TerminateForIncapacity'), why: textField }),
};
