import { z } from 'zod';

/** A text of 1 to `most` characters that can be stored. */
export function words(most: number) {
  const stored = (text: string): boolean => text.isWellFormed() && !text.includes('\0') && text.trim() !== '';
  const allowed = `a text of 1 to ${most} characters`;
  return z.string(allowed).min(1, allowed).max(most, allowed).refine(stored, allowed).describe(allowed);
}

/** A mail address; kept in lower case. */
export const email = z
  .email('a mail address')
  .max(255, 'at most 255 characters')
  .overwrite((text) => text.toLowerCase())
  .describe('a mail address');

/** A telephone number in the international form. */
export const phoneNumber = z
  .string()
  .regex(/^\+[1-9][0-9]{7,14}$/, 'a number such as +919812345678')
  .describe('a telephone number in the form of E.164, such as +919812345678');

/** What may be a password: length is what counts. */
export const password = z
  .string()
  .min(10, '10 to 200 characters')
  .max(200, '10 to 200 characters')
  .describe('10 to 200 characters');

/** A day of the calendar. */
export const day = z.iso.date('a day such as 2026-03-07').describe('a day such as 2026-03-07');

/** A day of birth, not in the future, of this or the last century. */
export const birthday = day.refine((text) => text >= '1900-01-01', 'a day from 1900 on');

/** An amount in rupees, as a decimal text: most readers of JSON round numbers. */
export const rupees = z
  .string('a decimal text such as "20000.00"')
  .regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?$/, 'a decimal text such as "20000.00"')
  .describe('an amount in rupees as a decimal text, such as "20000.00"');

/** An id that the portal gave. */
export const id = z.uuid('an id as the portal gives them');

/** The path of one thing. */
export const idPath = z.strictObject({ id });

/** What names a place outside through which money comes: `cash`, `bank`, `upi`. */
export const channel = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,31}$/, 'a short name such as cash, bank or upi')
  .describe('where the money comes in: cash, bank, upi …');

/** The part of a list that is asked for. */
export const paging = {
  limit: z.coerce.number('a whole number from 1 to 100').int().min(1, 'from 1').max(100, 'to 100').default(20),
  after: z
    .string()
    .max(200)
    .regex(/^[\w-]+$/, 'what the page before gave as next')
    .optional()
    .describe('`next` of the page before'),
};

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** What is answered where something is not done. */
const trouble = z
  .object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    traceId: z.string(),
    details: z.unknown().optional(),
  })
  .describe(
    'why not: a stable code, a sentence, the field that is meant, and the id under which the logs know the request',
  );

/** The header of commands that are harmless to repeat. */
export const keyHeader = z.looseObject({
  'idempotency-key': z
    .string('the header Idempotency-Key')
    .regex(/^[\x21-\x7e]{8,128}$/, '8 to 128 visible characters')
    .describe('names the command: sent again, it is answered as it was'),
});

/** The answers that every route may give beside its own. */
export const troubles = { '4xx': trouble, '5xx': trouble };
