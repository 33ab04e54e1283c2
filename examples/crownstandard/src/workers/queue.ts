/** What a queue says: a booking to look at, as in the seed, and for a payout of it which one. A hint; the book says what is to be done. */
export interface PayoutMessage {
  readonly bookingId: string;
  readonly payoutId?: string;
}

/** Puts a message into a queue, as `SendMessage` of SQS does: at least once, in no order, at most 900 seconds late on purpose. */
export type SendMessage = (message: PayoutMessage, options?: { readonly delaySeconds: number }) => Promise<void>;

/** The two queues of the seed. */
export interface PayoutQueues {
  readonly payouts: SendMessage;
  readonly retries: SendMessage;
}

/** What SQS gives a Lambda. */
export interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** What a Lambda answers: which messages are to come again. */
export interface SqsBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Reads a message; nothing where it is none, which then goes the way of what failed, to the dead-letter queue. */
function readMessage(body: string): PayoutMessage | undefined {
  try {
    const { bookingId, payoutId } = JSON.parse(body) as { readonly [field: string]: unknown };
    if (!isName(bookingId) || (payoutId !== undefined && !isName(payoutId))) return undefined;
    return { bookingId, ...(payoutId === undefined ? {} : { payoutId }) };
  } catch {
    return undefined;
  }
}

/** Does the work of each message of a batch, and names those that are to come again. One that fails keeps no other from its work. */
export async function eachMessage(
  { Records }: SqsEvent,
  work: (message: PayoutMessage) => Promise<boolean>,
): Promise<SqsBatchResponse> {
  const ends = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      const message = readMessage(body);
      const isDone = message !== undefined && (await work(message).catch(() => false));
      return isDone ? [] : [{ itemIdentifier: messageId }];
    }),
  );
  return { batchItemFailures: ends.flat() };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._-]{1,200}$/.test(value);
}
