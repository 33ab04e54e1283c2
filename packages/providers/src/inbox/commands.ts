import { type Instant, isInstant, isText, type ShapeInvalid, show } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import type { Mode } from '../port/descriptor.ts';
import type { DeliveryRefusals } from './refusals.ts';
import type { BodyText } from './stored-body.ts';

/** Stores a delivery whose signature is right. Nothing in its content can prevent that. */
export interface StoreDelivery {
  readonly type: 'StoreDelivery';
  readonly event: string;
  readonly endpoint: string;
  readonly provider: string;
  readonly account: string;
  readonly mode: Mode;
  readonly signedAt?: Instant;
  readonly receivedAt: Instant;
  /** What the body calls its kind. */
  readonly kind: string;
  readonly digest: string;
  /** As JSON, without secrets. */
  readonly headers: string;
  readonly body: BodyText;
}

/** How a pass of routing ended. */
export type RoutingEnd =
  | { readonly kind: 'applied'; readonly books: readonly string[]; readonly objects: readonly string[] }
  | { readonly kind: 'ignored' | 'poison'; readonly why: string; readonly objects: readonly string[] }
  /** No book knows what it is of, or the provider could not tell: tried again later. */
  | { readonly kind: 'unmatched' | 'look_up'; readonly why: string; readonly objects: readonly string[] };

/** Tells how a pass of routing ended. */
export interface ReportRouting {
  readonly type: 'ReportRouting';
  /** How many bodies of the event were there when the pass began. */
  readonly bodies: number;
  readonly end: RoutingEnd;
}

/** Has a delivery routed again at once: an operator asks for it once what was wrong is mended. */
export interface RetryDelivery {
  readonly type: 'RetryDelivery';
  /** Of a task: tells one pass from the next where both are due at one instant. */
  readonly pass?: number;
}

/** Raises the alarm about a delivery that has not come to an end. The clock asks for it. */
export interface AlarmDelivery {
  readonly type: 'AlarmDelivery';
}

/** The commands about deliveries, each with exactly what it may be refused for. */
export type DeliveryCommands = {
  readonly StoreDelivery: { readonly command: StoreDelivery; readonly refusal: DeliveryRefusals['StoreDelivery'] };
  readonly ReportRouting: { readonly command: ReportRouting; readonly refusal: DeliveryRefusals['ReportRouting'] };
  readonly RetryDelivery: { readonly command: RetryDelivery; readonly refusal: DeliveryRefusals['RetryDelivery'] };
  readonly AlarmDelivery: { readonly command: AlarmDelivery; readonly refusal: DeliveryRefusals['AlarmDelivery'] };
};

/** Any of the commands about deliveries. */
export type AnyDeliveryCommand = DeliveryCommands[keyof DeliveryCommands]['command'];

/** Reads a command from outside. */
export function parseDeliveryCommand(command: unknown): Result<AnyDeliveryCommand, ShapeInvalid> {
  const read = COMMAND.safeParse(command);
  if (read.success) return ok(read.data as AnyDeliveryCommand);
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  const given = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], command);
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...path, ...(extra === undefined ? [] : [extra])].join('.').slice(0, 64);
  return err({
    code: 'shape_invalid',
    field: field || 'command',
    given: show(given),
    allowed: issue?.message.slice(0, 200) ?? '',
  });
}

const instant = z.custom<Instant>(isInstant, 'an instant in UTC with milliseconds');
const freeText = z.custom<string>(isText, 'a text of at most 10,000 well-formed characters');
const line = freeText.refine((text) => text.length <= 300, 'a text of at most 300 characters');
const name = z.string().regex(/^[!-~]{1,255}$/, '1 to 255 printable ASCII characters');
const count = z.int().min(0);
const objects = z.array(name).max(1_000);
const COMMAND = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('StoreDelivery'),
    event: name,
    endpoint: name,
    provider: name,
    account: name,
    mode: z.enum(['live', 'sandbox', 'simulated']),
    signedAt: instant.optional(),
    receivedAt: instant,
    kind: line,
    digest: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
    headers: freeText,
    body: z.strictObject({
      encoding: z.enum(['utf8', 'base64']),
      bytes: z.int().min(0),
      parts: z.array(freeText).max(200),
    }),
  }),
  z.strictObject({
    type: z.literal('ReportRouting'),
    bodies: count,
    end: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('applied'), books: z.array(name).max(1_000), objects }),
      z.strictObject({ kind: z.enum(['ignored', 'poison', 'unmatched', 'look_up']), why: line, objects }),
    ]),
  }),
  z.strictObject({ type: z.literal('RetryDelivery'), pass: count.optional() }),
  z.strictObject({ type: z.literal('AlarmDelivery') }),
]);
