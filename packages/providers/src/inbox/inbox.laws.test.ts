import { instantAt, storeFault } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';
import { deliveryOf, observationOf, openDesk, start } from '../../test/money-book.ts';
import type { Observation, ObservedStatus } from '../port/observation.ts';
import type { VerifiedDelivery } from '../webhooks/delivery.ts';
import { type Inbox, openInbox } from './open-inbox.ts';
import type { InboxOptions } from './options.ts';
import { readBody } from './stored-body.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 20) };

describe('an inbox', { timeout: 30_000 + runs.numRuns * 250 }, () => {
  it('law: stores whatever is in a body, and gives it back byte for byte', async () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.string({ unit: 'binary', maxLength: 2_000 }).map((text) => Buffer.from(text)),
      fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => Buffer.from(text.repeat(40))),
      fc
        .constantFrom('"', '\u0001', '\0', '\ud83d\ude00', '\\', 'ä')
        .map((text) => Buffer.from(`a${text.repeat(524_287 / Buffer.byteLength(text))}`)),
    );
    const desk = openDesk();
    let events = 0;
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        events += 1;
        const { id } = (await desk.inbox.receive(deliveryOf(`evt_${events}`, body)))._unsafeUnwrap();
        const { state } = await desk.delivery(id);
        if (!state) throw new Error('no delivery');
        const texts = await desk.book.texts(state.body.parts.map(({ textHash }) => textHash));
        const read = readBody(state.body, texts._unsafeUnwrap());
        expect(read && Buffer.compare(read, body)).toBe(0);
      }),
      runs,
    );
  });

  it('law: in any order, however often, whatever fails on the way, the same deliveries end in the same movements, each applied once', async () => {
    const anyStatus = fc.constantFrom<ObservedStatus>('pending', 'succeeded', 'failed', 'unrecognised');
    const anySaid = fc.record({
      object: fc.constantFrom('tr_1', 'tr_2', 'tr_3'),
      status: anyStatus,
      reversed: fc.boolean(),
      named: fc.boolean(),
    });
    const anyPlay = fc.record({
      shared: fc.boolean(),
      said: fc.array(anySaid, { minLength: 1, maxLength: 6 }),
      order: fc.array(fc.nat(), { minLength: 6, maxLength: 14 }),
      knownFirst: fc.boolean(),
      faults: fc.infiniteStream(fc.constantFrom('none', 'none', 'none', 'before', 'after')),
    });
    await fc.assert(
      fc.asyncProperty(anyPlay, async ({ shared, said, order, knownFirst, faults }) => {
        const desk = openDesk({ shared });
        const objects = [...new Set(said.map(({ object }) => object))];
        if (knownFirst) for (const object of objects) await desk.know(object);
        // What the provider itself says when it is asked: every object succeeded, and was reversed once.
        const now = (object: string): Observation =>
          observationOf({
            object,
            reference: object,
            returns: [{ id: `re_${object}`, amount: usd('1'), at: instantAt(start) }],
          });
        let asked = '';
        const lookup: InboxOptions['lookup'] = async ({ reference }) => {
          asked = reference;
          desk.lookups.answer = () => ({ found: [now(asked)] });
          return desk.options.lookup({} as never, new AbortController().signal);
        };
        const inbox = openInbox({ ...flaky(desk.options, () => faults.next().value as string), lookup });
        const all = said.map(({ object, status, reversed, named }, index): VerifiedDelivery => {
          const returns = reversed ? now(object).returns : [];
          const observation = {
            object,
            reference: object,
            status,
            returns: returns.map((one) => ({ ...one, amount: undefined as never })),
          };
          return deliveryOf(`evt_${index}`, { data: [{ ...observation, metadata: named ? { book: 'money' } : {} }] });
        });
        // Each at least once, many several times, in some order; routed in between, by two workers at once.
        const sendings = [...order.map((pick) => pick % all.length), ...all.keys()];
        for (const [times, pick] of sendings.entries()) {
          const sent = { ...all[pick], signedAt: instantAt(start + times * 1_000) } as VerifiedDelivery;
          let received = await inbox.receive(sent);
          // The sender sends again until it hears that it arrived.
          while (received.isErr()) received = await inbox.receive(sent);
          if (pick % 2 === 0) await Promise.all([desk.sweep(twice(inbox)), desk.sweep(inbox)]);
        }
        if (!knownFirst) for (const object of objects) await desk.know(object);
        for (let passes = 0; passes < 60; passes++) {
          desk.now.ms += 3_600_000;
          await Promise.all([desk.sweep(twice(inbox)), desk.sweep(inbox)]);
        }
        const page = (await desk.kept.list({ limit: 100 }))._unsafeUnwrap();
        expect(page.rows.map(({ status }) => status)).toEqual(all.map(() => 'applied'));
        for (const object of objects) {
          const movement = await desk.movement(object);
          const about = said.filter((one) => one.object === object);
          const doubted = about.some(({ status, reversed }) => reversed || status === 'unrecognised');
          if (doubted) expect(movement?.returns).toEqual([`re_${object}`]);
          // Each event is heard once at most as itself, and once at most as what its look-up saw.
          expect(movement?.heard).toBeLessThanOrEqual(1 + 2 * about.length);
          for (const { status, reversed } of about) {
            if (!reversed && status === 'pending') expect(movement?.seen).toContain('pending');
          }
          expect(movement?.seen).not.toContain('unrecognised');
        }
      }),
      runs,
    );
  });
});

/** A worker whose lease ended under it: another one does the same task at the same time. */
function twice(inbox: Inbox): Inbox {
  const { delivery } = inbox.handlers;
  return {
    ...inbox,
    handlers: { delivery: async (leased) => (await Promise.all([delivery(leased), delivery(leased)]))[0] },
  };
}

/** A book and targets whose calls fail: before they did anything, or after they did it all. */
function flaky(options: InboxOptions, next: () => string): InboxOptions {
  const fails = async <T>(work: () => Promise<T>): Promise<T> => {
    const how = next();
    const fault = storeFault('store_unavailable', 'planted', {
      retryable: true,
      effect: how === 'before' ? 'none' : 'unknown',
    });
    if (how === 'before') return err(fault) as T;
    const answer = await work();
    return how === 'after' ? (err(fault) as T) : answer;
  };
  const wrap = <B extends InboxOptions['book']>(book: B): B =>
    ({
      ...book,
      name: book.name,
      texts: (hashes: readonly string[]) => fails(() => book.texts(hashes)),
      together: (asks: never, asked: never) => fails(() => book.together(asks, asked)),
      use: (decider: never) => {
        const handle = book.use(decider) as { execute: (...args: unknown[]) => Promise<unknown> };
        return { ...handle, execute: (...args: unknown[]) => fails(() => handle.execute(...args)) };
      },
    }) as B;
  const book = wrap(options.book);
  const targets = options.targets.map((target) => ({
    ...target,
    book: target.book === options.book ? book : wrap(target.book as never),
    knows: (observation: Observation) => fails(() => target.knows(observation)),
  }));
  return { ...options, book, targets };
}
