/** The sums of the demo, amounts as decimal texts. */
export interface SumsOfTrips {
  readonly bookings: number;
  readonly unpaid: number;
  readonly captured: string;
  readonly refunded: string;
  readonly tips: string;
  readonly platform: string;
  readonly providers: { readonly [name: string]: { readonly owed: string; readonly paid: string } };
  readonly payouts: { readonly released: number; readonly failed: number; readonly held: number };
}

/** Recomputes the sums of the first so many rows of the file's text; of all of them where no number is given. */
export function sumsOfTrips(text: string, trips?: number): SumsOfTrips;

/** Compares a report with the sums: one line for each that differs. */
export function differencesOf(want: object, got: object): string[];
