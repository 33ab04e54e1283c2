import { Defect } from '@holdfast/kernel';
import { senderId } from '@holdfast/payouts';
import { type Crown, gateway } from '../book/open-crown.ts';

/** Makes the marketplace's account at its payment provider known to the book. Harmless when done again. */
export async function registerSender({ book, payouts, provider }: Crown): Promise<void> {
  const { id, account, mode } = provider.descriptor;
  const done = await book
    .use(payouts.sender)
    .execute(
      senderId(provider.descriptor),
      { type: 'RegisterSender', provider: id, account, mode },
      { actor: gateway, key: `sender:${id}:${account}` },
    );
  if (done.isErr()) throw new Defect(`the account at ${id} could not be registered: ${done.error.code}`);
}

/** Makes a provider of services known as a payee, with the account that payouts go to. Harmless when done again. */
export async function registerPayee({ book, payouts }: Crown, payee: string, destination: string): Promise<void> {
  const done = await book
    .use(payouts.payee)
    .execute(payee, { type: 'RegisterPayee', destination, onboarded: true }, { actor: gateway, key: `payee:${payee}` });
  if (done.isErr()) throw new Defect(`the payee ${payee} could not be registered: ${done.error.code}`);
}
