/** Plain data as it is stored: no bigint, no fraction, no undefined. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A plain object of {@link Json}. */
export interface JsonObject {
  readonly [key: string]: Json;
}
