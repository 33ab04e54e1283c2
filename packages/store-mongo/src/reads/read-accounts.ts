import type { AccountSeen, Page, Paging, StoreFault } from '@holdfast/kernel';
import type { Result } from 'neverthrow';
import { decodeAccount, decodeAccountRow, decodeLine } from '../documents/decode.ts';
import type { AccountDocument } from '../documents/documents.ts';
import { countGiven, idOf, idsOf, textGiven } from '../documents/ids.ts';
import type { StoreContext } from '../rounds/store-context.ts';
import { atOneMoment, limitGiven, type Moment, pageOf } from './reading.ts';

type Account = AccountSeen & { readonly account: string };

/** Reads accounts by prefix: it bounds the range of the ids and is compared as it is, so no letter in it is a wildcard. */
export function readAccounts(
  context: StoreContext,
  book: string,
  { prefix = '', asOf, limit, after }: Paging & { readonly prefix?: string; readonly asOf?: number },
): Promise<Result<Page<Account>, StoreFault>> {
  return atOneMoment(context, book, async (moment) => {
    const { head, session, answer } = moment;
    const range = idsOf(book, textGiven(prefix, 'prefix'));
    const wanted = limitGiven(limit) + 1;
    const then = asOf === undefined ? undefined : countGiven(asOf, 'asOf');
    const rows: Account[] = [];
    let last = after === undefined ? undefined : idOf(book, textGiven(after, 'after'));
    while (rows.length < wanted) {
      const filter = { _id: last === undefined || last < range.$gte ? range : { $gt: last, $lt: range.$lt } };
      const found = context.collections.account
        .find(filter, { session })
        .sort({ _id: 1 })
        .limit(wanted - rows.length);
      const documents = await answer(found.toArray());
      for (const document of documents) {
        const row =
          then === undefined ? decodeAccount({ ...document }) : await asOfThen(context, moment, document, then);
        if (row) rows.push(row);
      }
      last = documents.at(-1)?._id;
      if (last === undefined) break;
    }
    return pageOf(rows, { limit, head, cursor: ({ account }) => account });
  });
}

/** Gives an account as it stood after a unit. What has not changed since needs no look into the journal. */
async function asOfThen(
  { collections: { unit } }: StoreContext,
  { session, answer }: Moment,
  document: AccountDocument,
  then: number,
): Promise<Account | undefined> {
  const { book, account } = document;
  const { standing, line } = document;
  const until = { $lte: then };
  const newest = <Name extends 'lines' | 'accounts'>(name: Name) => {
    const filter = { book: { $eq: book }, [`${name}.account`]: { $eq: account }, sequence: until };
    const options = { session, projection: { _id: 0, sequence: 1, [name]: 1 }, sort: { sequence: -1 } as const };
    return answer(unit.findOne(filter, options));
  };
  const isOf = (fields: { readonly account: string }) => fields.account === account;
  const current = standing !== undefined && standing.sequence <= then;
  const stood = current ? standing : (await newest('accounts'))?.accounts?.findLast(isOf);
  if (!stood) return undefined;
  const { state } = decodeAccountRow(account, 0, { ...stood });
  if (line === undefined) return { account, state, balance: 0n };
  if (line.sequence <= then) return { account, state, balance: decodeLine(account, 0, { ...line }).balance };
  const earlier = (await newest('lines'))?.lines?.findLast(isOf);
  return { account, state, balance: earlier ? decodeLine(account, 0, { ...earlier }).balance : 0n };
}
