import { answered } from '@holdfast/demo-kit';
import { senderId } from '@holdfast/payouts';
import { operator, told } from './operator.ts';
import type { Scene } from './scene.ts';

/** Says whether payouts are held because the balance at the provider was too small. */
export async function isShort({ stage }: Scene): Promise<boolean> {
  const { crown } = stage();
  const read = await crown.book.use(crown.payouts.sender).read(senderId(crown.provider.descriptor));
  return (answered(read).state?.short.length ?? 0) > 0;
}

/** Tells the book that there is money again. */
export async function fundedAt({ stage, clock }: Scene): Promise<void> {
  const { crown } = stage();
  const funded = { type: 'ReportFunded', currency: 'USD' } as const;
  const options = { actor: operator, key: `funded:${clock.nowMs()}` };
  const sender = crown.book.use(crown.payouts.sender);
  told(await sender.execute(senderId(crown.provider.descriptor), funded, options), 'the report of funds');
}
