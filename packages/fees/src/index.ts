export { MOST_FEES } from './check-fees.ts';
export { defineFees, type FeesDefect } from './define-fees.ts';
export { explain, type QuoteStep } from './explain-quote.ts';
export {
  additiveLines,
  deductiveLines,
  type FeeMode,
  type FeeRule,
  type FeeRuleInput,
  type FeeSchedule,
  feeLines,
  type QuoteLine,
} from './fee-schedule.ts';
export { parseFees } from './parse-fees.ts';
export { type Quote, type QuoteRefusal, quote, quoteLines, quotesIn } from './quote.ts';
export { type FeeRuleJson, type QuoteJson, quoteFromJson, quoteToJson } from './quote-json.ts';
export type {
  FeeExceedsAmount,
  FeesInvalid,
  QuoteDiffers,
  QuoteInvalid,
  RefundExceedsRemaining,
  ScheduleMismatch,
} from './refusals.ts';
export { replayQuote } from './replay-quote.ts';
export { type Refund, type ReverseRefusal, reverse } from './reverse-quote.ts';
