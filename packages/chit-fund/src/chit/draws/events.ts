import type { Transfer } from '@holdfast/kernel';
import type { Bid, Lot } from '../../draw/draw.ts';
import type { BidNotation } from '../../draw/read-bid.ts';
import type { Win } from '../../settlement/settlement.ts';
import type { OpenedDraw } from '../state.ts';
import type { AdjournReason } from './commands.ts';

/** What happens at draws. */
export type DrawEvent =
  | { readonly type: 'DrawOpened'; readonly draw: OpenedDraw; readonly recording?: string }
  | { readonly type: 'BidPlaced'; readonly instalment: number; readonly bid: Bid; readonly given: BidNotation }
  | {
      readonly type: 'BidCommitted';
      readonly instalment: number;
      readonly ticket: number;
      readonly commitment: string;
    }
  | { readonly type: 'BidRevealed'; readonly instalment: number; readonly bid: Bid }
  | { readonly type: 'BiddingEnded'; readonly instalment: number }
  | {
      readonly type: 'DrawDeclared';
      readonly instalment: number;
      readonly sequence: number;
      readonly at: string;
      readonly wins: readonly Win[];
      readonly tied: readonly number[];
      /** Tickets that could win. */
      readonly eligible: readonly number[];
      readonly lot?: Lot;
    }
  | {
      readonly type: 'DrawAdjourned';
      readonly instalment: number;
      readonly why: AdjournReason;
    }
  | { readonly type: 'MinutesRecorded'; readonly instalment: number; readonly signedBy: readonly string[] }
  | { readonly type: 'MinutesFiled'; readonly instalment: number }
  | {
      readonly type: 'DrawVoided';
      readonly instalment: number;
      readonly ticket: number;
      readonly why: 'uncollected' | 'payment_reversed' | 'dispute';
      /** What lies ready for the next winner, in minor units. */
      readonly amount: bigint;
      readonly transfers: readonly Transfer[];
    };
