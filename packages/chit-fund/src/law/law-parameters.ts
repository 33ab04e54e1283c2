import type { AnyParameter, ParameterKey, ParameterValues } from './parameter.ts';

const act = 'Chit Funds Act, 1982 (40 of 1982)';
const amended = 'Chit Funds (Amendment) Act, 2019 (41 of 2019)';
const ACT_FROM = '1982-08-19';
const AMENDED_FROM = '2020-01-01';

/**
 * The law of Indian chit funds by its days, each number with where it is written. Not legal advice: State rules add to it,
 * and what is not confirmed is a number from common knowledge whose text was not read.
 *
 * @source docs/rules/chit-fund.md, CF-14
 */
export const lawParameters: readonly AnyParameter[] = Object.freeze([
  row('in.commissionCapBps', 500n, `${act}, s. 21(1)(b)`, { from: ACT_FROM, to: '2019-12-31' }),
  row('in.commissionCapBps', 700n, `${act}, s. 21(1)(b), as amended by ${amended}`, { from: AMENDED_FROM }),
  row('in.discountCapBps', 3_000n, `${act}, s. 6(3), the ceiling of September 1993`, {
    from: '1993-09-01',
    to: '2001-12-31',
    confirmed: false,
  }),
  row('in.discountCapBps', 4_000n, `${act}, s. 6(3), the ceiling relaxed in 2002`, {
    from: '2002-01-01',
    confirmed: false,
  }),
  row('in.maxDurationMonths', 60n, `${act}, s. 6(2)`),
  row('in.maxDurationMonthsPermitted', 120n, `${act}, s. 6(2)`),
  row('in.foremanSecurityBps', 10_000n, `${act}, s. 20`),
  row('in.foremanSecurityInSecuritiesBps', 15_000n, `${act}, s. 20`),
  row('in.aggregateCap.individual', 100_000n, `${act}, s. 13`, { from: ACT_FROM, to: '2019-12-31' }),
  row('in.aggregateCap.individual', 300_000n, `${act}, s. 13, as amended by ${amended}`, { from: AMENDED_FROM }),
  row('in.aggregateCap.partner', 100_000n, `${act}, s. 13`, { from: ACT_FROM, to: '2019-12-31' }),
  row('in.aggregateCap.partner', 300_000n, `${act}, s. 13, as amended by ${amended}`, { from: AMENDED_FROM }),
  row('in.aggregateCap.firm', 600_000n, `${act}, s. 13`, { from: ACT_FROM, to: '2019-12-31' }),
  row('in.aggregateCap.firm', 1_800_000n, `${act}, s. 13, as amended by ${amended}`, { from: AMENDED_FROM }),
  row('in.aggregateCap.timesNetOwnedFunds', 10n, `${act}, s. 13`),
  row('in.companyCapital', 100_000n, `${act}, s. 8`),
  row('in.gst.foremanBps', 1_200n, 'GST on services of a foreman of a chit fund', {
    from: '2017-07-01',
    to: '2022-07-17',
  }),
  row('in.gst.foremanBps', 1_800n, 'GST on services of a foreman of a chit fund, 47th Council', { from: '2022-07-18' }),
  row('in.gst.onDefaultInterest', true, 'Advance rulings on interest and penalty for late instalments', {
    from: '2017-07-01',
    confirmed: false,
  }),
  row('in.gst.onDefaultInterest', false, 'Ushabala Chits, High Court of Andhra Pradesh, 9 December 2025', {
    from: '2025-12-09',
    state: 'AP',
  }),
  row('in.securityFactor.movable', { num: 4n, den: 3n }, `${act}, s. 21(1)(e)`),
  row('in.securityFactor.immovable', { num: 3n, den: 2n }, `${act}, s. 21(1)(e)`),
  row('in.sanctionMonths', 12n, `${act}, s. 4`),
  row('in.sanctionExtensionMonths', 6n, `${act}, s. 4`),
  row('in.minutesFilingDays', 21n, `${act}, s. 18`, { confirmed: false }),
  row('in.certificateFilingDays', 15n, `${act}, s. 10`),
  row('in.prizePaymentDays', 7n, `${act}, s. 22(1)`),
  row('in.redrawMonths', 2n, `${act}, s. 22(2)`),
  row('in.removalNoticeDays', 14n, `${act}, s. 28`),
  row('in.reentryDays', 7n, `${act}, s. 28`),
  row('in.removalFilingDays', 14n, `${act}, s. 28`),
  row('in.appealDays', 7n, `${act}, s. 28`),
  row('in.refundDays', 15n, `${act}, s. 30`),
  row('in.recordYears', 8n, `${act}, s. 45`, { confirmed: false }),
  // Since 2020 each State notifies its own amount: a row with its State.
  row('in.exemptUpTo', 100n, `${act}, s. 85(b)`, { to: '2019-12-31' }),
  row('in.quorum', 2n, `${act}, s. 16`),
]);

function row<Key extends ParameterKey>(
  key: Key,
  value: ParameterValues[Key],
  source: string,
  rest: { readonly from?: string; readonly to?: string; readonly state?: string; readonly confirmed?: boolean } = {},
): AnyParameter {
  const { from = ACT_FROM, confirmed = true, ...span } = rest;
  return Object.freeze({ key, value, source, from, confirmed, ...span }) as AnyParameter;
}
