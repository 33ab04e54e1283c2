import type { Instant } from '@holdfast/kernel';
import type { SeatCommands } from './seats.ts';

/** Which currency a step moves. */
export type SampleCurrency = 'USD' | 'JPY';

/** A command of the sample domain, as plain data. */
export type SampleAsk =
  | {
      readonly ask: 'move';
      readonly from: string;
      readonly to: string;
      /** In minor units. */
      readonly minor: bigint;
      readonly currency: SampleCurrency;
    }
  | {
      readonly ask: 'hold';
      readonly id: string;
      readonly place: string;
      readonly buyer: string;
      /** In minor units. */
      readonly minor: bigint;
      readonly currency: SampleCurrency;
      readonly expiresAt: Instant;
      readonly note?: string;
    }
  | { readonly ask: 'end'; readonly id: string; readonly type: Exclude<keyof SeatCommands, 'HoldSeat'> };

/** What one caller asks for under one key: one command, or several together. */
export interface SampleStep {
  readonly actor: string;
  readonly key: string;
  readonly keepRefusal: boolean;
  readonly asks: readonly SampleAsk[];
}

/** Steps that are asked for at once, in this order, after the clock has gone on. */
export interface SampleRound {
  /** Below zero where the clock goes back. */
  readonly afterMs: number;
  readonly steps: readonly SampleStep[];
  /** Whether deadlines are swept once the steps are answered. */
  readonly sweep: boolean;
}

/** A random history of a book. */
export type SampleHistory = readonly SampleRound[];
