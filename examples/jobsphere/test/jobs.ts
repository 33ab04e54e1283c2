import type { RunningService } from './start-service.ts';

/** What a customer and a contractor have between them before an offer. */
export interface Posted {
  readonly job: string;
  readonly application: string;
}

/** Posts a job and lets a contractor apply for it. */
export async function postAndApply(
  running: RunningService,
  customer = 'customer-1',
  contractor = 'contractor-1',
): Promise<Posted> {
  const job = await running.as(customer).post('/jobs', { title: 'Paint the fence' });
  const applied = await running.as(contractor).post(`/jobs/${job.body.data._id}/applications`);
  return { job: job.body.data._id, application: applied.body.data._id };
}

/** An offer of 100 dollars, as a body. */
export const OFFER = { amount: '100.00', timeline: '2 weeks', description: 'Both sides, white' };

/** Posts, applies and sends an offer. */
export async function sendOffer(
  running: RunningService,
  amount = '100.00',
): Promise<Posted & { readonly offer: string }> {
  const posted = await postAndApply(running);
  const sent = await running.as('customer-1').post(`/applications/${posted.application}/offers`, { ...OFFER, amount });
  return { ...posted, offer: sent.body.data._id };
}

/** What the platform has earned and not earned yet, and what all wallets and escrows hold, as decimals. */
export async function platform({ service }: RunningService): Promise<Record<string, string>> {
  const page = (await service.book.accounts({ limit: 1_000 }))._unsafeUnwrap();
  return Object.fromEntries(
    page.rows
      .filter(({ account }) => !account.startsWith('users:') && !account.startsWith('escrows:'))
      .map(({ account, balance }) => [account, decimal(balance)]),
  );
}

function decimal(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
