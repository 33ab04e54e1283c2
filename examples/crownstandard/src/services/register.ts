import { Defect } from '@holdfast/kernel';
import { senderId } from '@holdfast/payouts';
import { type Crown, gateway } from '../book/open-crown.ts';
import { chargeSenderId } from '../payments/charge-gate.ts';
import type { Told } from '../payments/report-charge.ts';

/** Makes the marketplace's account at its payment provider known to the book. Harmless when done again. */
export async function registerSender(crown: Crown): Promise<void> {
  const { book, payouts, provider } = crown;
  const { id, account, mode } = provider.descriptor;
  const done = await book
    .use(payouts.sender)
    .execute(
      senderId(provider.descriptor),
      { type: 'RegisterSender', provider: id, account, mode },
      { actor: gateway, key: `sender:${id}:${account}` },
    );
  if (done.isErr()) throw new Defect(`the account at ${id} could not be registered: ${done.error.code}`);
  const charges = await registerForCharges(crown);
  if (charges?.isErr()) throw new Defect(`the account at ${id} could not be registered: ${charges.error.code}`);
}

/** A book that goes on from a backup without this record is closed for charges until their list was adopted, which makes it. */
async function registerForCharges({ book, payouts, provider }: Crown): Promise<Told | undefined> {
  const head = await book.head();
  if (head.isErr() || head.value.epoch > 0) return undefined;
  const { id, account, mode } = provider.descriptor;
  const command = { type: 'RegisterSender', provider: id, account, mode } as const;
  const name = chargeSenderId(provider.descriptor);
  return (await book.use(payouts.sender).execute(name, command, { actor: gateway, key: `sender:${name}` })) as Told;
}

/** Makes a provider of services known as a payee, with the account that payouts go to. Harmless when done again. */
export async function registerPayee({ book, payouts }: Crown, payee: string, destination: string): Promise<void> {
  const done = await book
    .use(payouts.payee)
    .execute(payee, { type: 'RegisterPayee', destination, onboarded: true }, { actor: gateway, key: `payee:${payee}` });
  if (done.isErr()) throw new Defect(`the payee ${payee} could not be registered: ${done.error.code}`);
}
