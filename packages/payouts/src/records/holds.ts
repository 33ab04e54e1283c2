import { z } from 'zod';
import { type Hold, type HoldReason, isSameHold } from '../eligibility/hold.ts';
import { idField, instantField } from './shape.ts';

/** Keeps money back for a reason. The same reason and reference again changes nothing but its end. */
export interface AddHold {
  readonly type: 'AddHold';
  readonly reason: HoldReason;
  readonly reference?: string;
  readonly until?: Hold['until'];
}

/** Takes one hold away. */
export interface ReleaseHold {
  readonly type: 'ReleaseHold';
  readonly reason: HoldReason;
  readonly reference?: string;
}

/** Gives a set of holds with one more. */
export function withHold(holds: readonly Hold[], hold: Hold): readonly Hold[] {
  return [...holds.filter((one) => !isSameHold(one, hold)), hold];
}

/** Gives a set of holds without one. */
export function withoutHold(holds: readonly Hold[], hold: Pick<Hold, 'reason' | 'reference'>): readonly Hold[] {
  return holds.filter((one) => !isSameHold(one, hold));
}

/** Gives the hold that a command asks for. */
export function holdOf({ reason, reference, until }: AddHold, since: Hold['since']): Hold {
  return {
    reason,
    since,
    ...(reference === undefined ? {} : { reference }),
    ...(until === undefined ? {} : { until }),
  };
}

const reason = z.enum([
  'dispute',
  'chargeback',
  'risk',
  'compliance',
  'operator',
  'provider',
  'destination',
  'late_tip',
]);

/** The shapes of the commands about holds. */
export const holdShapes = {
  AddHold: z.strictObject({
    type: z.literal('AddHold'),
    reason,
    reference: idField.optional(),
    until: instantField.optional(),
  }),
  ReleaseHold: z.strictObject({ type: z.literal('ReleaseHold'), reason, reference: idField.optional() }),
};
