import { inr } from '@holdfast/money';
import { eventModel, type Score, type ScoreEvent, type ScoreOptions, score } from '../src/index.ts';

export const asOf = '2026-12-31';
const amount = inr('500');

export const scored = (events: readonly ScoreEvent[], options: Partial<ScoreOptions> = {}): Score =>
  score(eventModel, events, { asOf, ...options })._unsafeUnwrap();

/** The due day of a month of 2026. */
export const due = (month: number): string => `2026-${String(month).padStart(2, '0')}-05`;

/** Twelve monthly instalments, each paid on its day, but for those of which something else is said. */
export function year(paid: Readonly<Record<number, string | undefined>> = {}, months = 12): ScoreEvent[] {
  return Array.from({ length: months }, (_, index) => index + 1).flatMap((month): ScoreEvent[] => {
    const instalment = `i${month}`;
    const on = month in paid ? paid[month] : due(month);
    const first: ScoreEvent = {
      type: 'InstalmentDue',
      id: `d${month}`,
      instalment,
      ticket: 't',
      dueOn: due(month),
      amount,
    };
    return on === undefined ? [first] : [first, { type: 'InstalmentPaid', id: `p${month}`, instalment, on, amount }];
  });
}

export const prized = (on: string): ScoreEvent => ({ type: 'TicketPrized', id: 'prized', ticket: 't', on });
export const verified = (document: string, kind: string, more: object = {}): ScoreEvent => ({
  type: 'DocumentChanged',
  id: document,
  document,
  kind,
  status: 'VERIFIED',
  on: due(1),
  ...more,
});
export const profile = (...fields: readonly string[]): ScoreEvent[] =>
  fields.map((field) => ({ type: 'ProfileFieldChanged', id: `f-${field}`, field, verified: true, on: due(1) }));
export const whole = [
  ...year(),
  verified('aadhar', 'AADHAR'),
  verified('pan', 'PAN'),
  ...profile(...eventModel.params.profileFields),
];
