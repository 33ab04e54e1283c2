import { exportHledger, holdMoney, statement, trialBalance, verifyBook } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { captured } from './hold.example.ts';
import { book } from './wallet.example.ts';

captured._unsafeUnwrap();

//#region statement
export const march = await statement(book, {
  account: 'users:42:available',
  currency: usd,
  from: { sequence: 0 },
});
export const trial = await trialBalance(book);
//#endregion statement

//#region verify
export const report = await verifyBook({ store: book.store, book: book.name, deciders: [holdMoney] });
//#endregion verify

//#region hledger
export const lines: string[] = [];
for await (const line of exportHledger(book.store.projectUnits(book.name))) lines.push(line);
//#endregion hledger
