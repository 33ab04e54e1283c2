import { type Instant, instantAt, type Needs, type Task } from '@holdfast/kernel';
import { type Draft, textHash } from '../journal/draft-batch.ts';
import { lawEpoch } from './law.ts';

/** A unit that has something of every kind, under names made of a tag. */
export function richDraft(tag: string): Draft {
  return {
    key: `host ${tag}`,
    transfers: [
      { from: 'world:bank', to: `users:${tag}:available`, amount: 10_000n },
      { from: `users:${tag}:available`, to: `seats:${tag}:held`, amount: 2_500n },
    ],
    records: [
      {
        record: `seat/${tag}`,
        status: 'held',
        state: { buyer: tag, note: 'ünï ✓ "quoted"' },
        touches: [`seats:${tag}:held USD`],
      },
    ],
    claims: [{ claim: `seat:${tag}`, holder: `seat/${tag}` }],
    tasks: [{ put: draftTask(`seat/${tag}`, 1) }],
    texts: [richText(tag)],
  };
}

/** Needs all that {@link richDraft} of a tag writes. */
export function richNeeds(tag: string): Needs {
  return {
    keys: [`host ${tag}`],
    accounts: ['world:bank USD', `users:${tag}:available USD`, `seats:${tag}:held USD`],
    records: [`seat/${tag}`],
    claims: [`seat:${tag}`],
  };
}

/** The hash of the text that {@link richDraft} of a tag writes. */
export function richTextHash(tag: string): string {
  const { salt, text } = richText(tag);
  return textHash(salt, text);
}

function richText(tag: string): { readonly salt: string; readonly text: string } {
  return { salt: `salt-${tag}`, text: `For ${tag}, with love ✓` };
}

/** A unit of one transfer. */
export function moveDraft(key: string, from: string, to: string, amount: bigint): Draft {
  return { key: `host ${key}`, transfers: [{ from, to, amount }] };
}

/** A task of a record, due some seconds after the laws' clock begins. */
export function draftTask(record: string, seconds: number): Task {
  return {
    id: `${record}/expiry`,
    dueAt: lawInstant(seconds),
    record,
    command: { type: 'ExpireSeat', at: `${seconds}` },
  };
}

/** An instant some seconds after the laws' clock begins. */
export function lawInstant(seconds: number): Instant {
  return instantAt(Date.parse(lawEpoch) + seconds * 1_000);
}
