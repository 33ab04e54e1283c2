import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  enterAuction,
  expectAccessible,
  needsBrowser,
  noBrowser,
  openRoom,
  patient,
  shows,
  stepTimeout,
} from './page-world.ts';
import { good, type SchemeWorld, sealedDraft } from './scheme-world.ts';

describe(`the forms of the page${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  it(
    'let a subscriber pay and see his passbook move, and the foreman find or enter what was paid',
    patient,
    async (context) => {
      needsBrowser(context);
      const { world, enter, troubles } = await openRoom();
      await winFirst(world);
      const [anna, foreman] = [await enter('anna'), await enter('fatima')];
      await openPassbook(anna, 1);
      await shows(anna, '#open', '₹975.00');

      const [amount, number] = [anna.getByLabel('Amount in rupees'), anna.getByLabel('Transaction number')];
      expect(await amount.inputValue()).toBe('975.00');
      await amount.fill('9,75');
      await anna.getByRole('button', { name: 'Pay' }).click();
      await shows(anna, '#trouble', 'Please write an amount in rupees, such as 1250.00.');
      await expectPointedTo(anna, 'amount', 'Please write an amount in rupees, such as 1250.00.');
      await amount.fill('975.00');
      await number.fill('UPI-1');
      await number.press('Enter');
      await shows(anna, '#status', '₹975.00 is noted. It counts once the foreman has found it.');
      await shows(anna, 'section:has(h2:text-is("Pay")) [aria-invalid]', '');
      await expectPayments(anna, [['instalment', '₹975.00', 'pending', 'upi']]);

      // The same transaction again: said where it stands.
      await number.fill('UPI-1');
      await anna.getByRole('button', { name: 'Pay' }).click();
      await shows(anna, '#trouble', 'Somebody has this already.');
      await expectPointedTo(anna, 'transactionId', 'Somebody has this already.');
      await number.fill('half a numb');

      await foreman.getByRole('link', { name: 'Small chit' }).click();
      await foreman.getByRole('link', { name: 'Decide the payment of ticket 1' }).click();
      await foreman.getByRole('form', { name: '₹975.00 has arrived' }).getByRole('button').click();
      await shows(foreman, '#open', '₹0.00');
      expect(await foreman.getByRole('form', { name: '₹975.00 has arrived' }).count()).toBe(0);
      await shows(anna, '#open', '₹0.00');
      await shows(anna, '#status', '₹975.00 has arrived.');
      await expectPayments(anna, [['instalment', '₹975.00', 'completed', 'upi']]);
      // Whoever writes is not disturbed by what happens.
      expect(await number.inputValue()).toBe('half a numb');
      expect(await anna.evaluate('document.activeElement.name')).toBe('transactionId');

      const record = foreman.getByRole('form', { name: 'Record the payment' });
      await record.getByLabel('Amount in rupees').fill('500.5');
      await record.getByLabel('By').selectOption('cash');
      await record.getByRole('button').click();
      await shows(foreman, '#status', '₹500.50 has arrived.');
      await shows(anna, '#credit', '₹500.50');
      expect(await foreman.evaluate('document.activeElement.textContent')).toBe('Record the payment');
      expect((await world.statement(1)).credit).toBe('500.50');
      expect(troubles).toEqual([]);
    },
  );

  it('say what a prize needs, and pay it against its security', patient, async (context) => {
    needsBrowser(context);
    const { world, enter, troubles } = await openRoom();
    await winFirst(world);
    await world.pay(2, '975.00');
    const [bela, foreman] = [await enter('bela'), await enter('fatima')];
    await openPassbook(bela, 2);
    await shows(
      bela,
      '#needed',
      'It is paid against security worth ₹4,000.00, or ₹4,500.00 in land or houses, for the ₹3,000.00 of instalments to come. Without security ₹3,000.00 stays for them, and ₹700.00 is paid out.',
    );
    expect(await bela.getByRole('button', { name: 'Pay the prize' }).count()).toBe(0);

    await foreman.getByRole('link', { name: 'Small chit' }).click();
    await foreman.getByRole('link', { name: 'Passbook of ticket 2' }).click();
    const note = foreman.getByRole('form', { name: 'Note the security' });
    await note.getByLabel('Worth in rupees').fill('3999.99');
    await note.getByLabel('How the papers are found').fill('deed 7/2026');
    await note.getByRole('button').click();
    await expectPointedTo(foreman, 'value', 'Security too small. Required 4000.00 INR, given 3999.99 INR.');
    expect(await foreman.getByLabel('How', { exact: true }).locator('option').allInnerTexts()).toEqual([
      'Pay out ₹700.00, keep ₹3,000.00',
    ]);
    await note.getByLabel('Worth in rupees').fill('4000.00');
    await note.getByRole('button').click();
    await shows(bela, '#needed', 'Nothing more is needed: the foreman can pay it.');
    await shows(bela, '#status', 'The security is noted.');
    await foreman.getByLabel('How', { exact: true }).selectOption('pay');
    const pay = foreman.getByRole('form', { name: 'Pay the prize' });
    await pay.getByLabel('By').selectOption('bank');
    await pay.getByRole('button').click();
    await shows(bela, '#status', 'The prize of ₹3,700.00 is paid.');
    await expect.poll(() => pay.count()).toBe(0);
    expect((await world.statement(2)).prize).toMatchObject({ status: 'paid', amount: '3700.00' });
    await expect
      .poll(() => bela.getByRole('table', { name: 'Payments' }).getByRole('row', { name: /prize/ }).allInnerTexts())
      .toEqual([expect.stringContaining('₹3,700.00')]);
    expect(troubles).toEqual([]);
  });

  it('seal bids in the browser, open them when bidding is over, and tell nobody before', patient, async (context) => {
    needsBrowser(context);
    const { world, enter, troubles } = await openRoom({}, sealedDraft);
    const foreman = await enter('fatima');
    const [anna, bela] = [await enter('anna'), await enter('bela')];
    const everybody = [foreman, anna, bela];
    for (const page of everybody) await enterAuction(page);
    await foreman.getByLabel('anna').check();
    await foreman.getByLabel('bela').check();
    await foreman.getByRole('button', { name: 'Open the draw' }).click();
    for (const page of everybody) await shows(page, '#highest', 'Bids are sealed');

    await seal(anna, '400.00');
    await seal(bela, '700.5');
    for (const page of everybody) await shows(page, '#sealed', 'Sealed bids of ticket 1, ticket 2.');
    const { open } = await good(world.foreman.get(`/api/schemes/${world.scheme}/draws/1`));
    expect(open).toMatchObject({ sealed: [1, 2], bids: [] });
    expect(await foreman.getByRole('main').textContent()).not.toMatch(/400|700/);
    expect(await bela.locator('.secret').textContent()).toMatch(/^[0-9a-f]{64}$/);

    await foreman.getByRole('button', { name: 'End the bidding' }).click();
    await anna.getByRole('button', { name: 'Open the bid of ticket 1' }).click();
    for (const page of everybody) await shows(page, '#highest', 'Ticket 1: ₹400.00');
    // Off the step: what nobody could see is looked at now.
    await bela.getByRole('button', { name: 'Open the bid of ticket 2' }).click();
    await shows(bela, '#trouble', /^Bid off step\. Bid 700\.50 INR, step 50\.00 INR/);
    await bela.getByLabel('Secret of the bid').fill('nothing');
    await bela.getByRole('button', { name: 'Open the bid of ticket 2' }).click();
    await expectPointedTo(bela, 'salt', 'Please write the secret as it was shown: digits and the letters a to f.');

    await foreman.getByRole('button', { name: 'Close the draw' }).click();
    for (const page of everybody) await shows(page, '.winner', 'Ticket 1 has won by bid at a discount of ₹400.00');
    expect(troubles).toEqual([]);
  });

  it('and every view are accessible, in light and dark, and fit 320 pixels', patient, async (context) => {
    needsBrowser(context);
    const { world, enter, browser, origin } = await openRoom({}, sealedDraft);
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(origin);
    await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(stranger);
    const [foreman, bela] = [await enter('fatima'), await enter('bela')];
    await expectAccessible(foreman);
    await enterAuction(foreman);
    await expectAccessible(foreman);
    await enterAuction(bela);
    await world.open(1);
    await shows(bela, '#highest', 'Bids are sealed');
    await seal(bela, '300.00');
    await shows(bela, '#sealed', 'Sealed bids of ticket 2.');
    await expectAccessible(bela);
    await foreman.getByRole('button', { name: 'End the bidding' }).click();
    await bela.getByLabel('Secret of the bid').waitFor();
    await bela.getByLabel('Secret of the bid').fill('wrong');
    await bela.getByRole('button', { name: 'Open the bid of ticket 2' }).click();
    await expectAccessible(bela);
    await world.settle(1);
    await world.members[1]?.send('POST', '/api/payments', said(world));
    for (const page of [foreman, bela]) {
      await page.getByRole('link', { name: 'Schemes' }).click();
      await page.getByRole('link', { name: 'Small chit' }).click();
      await page.getByRole('table', { name: 'Calendar' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Passbook of ticket 2' }).click();
      await page.getByRole('table', { name: 'Payments' }).waitFor();
      await expectAccessible(page);
    }
    for (const name of ['Passbooks', 'Score']) {
      await bela.getByRole('link', { name, exact: true }).click();
      await bela.getByRole('heading', { name, level: 1 }).waitFor();
      await expectAccessible(bela);
    }
  });
});

/** The first instalment is won by the second ticket for 3,700 rupees and settled; nobody has paid. */
async function winFirst(world: SchemeWorld): Promise<void> {
  await world.open(1);
  await good(world.bid(1, 2, '300.00'), 201);
  await world.settle(1);
}

function said({ subscriptions }: SchemeWorld) {
  return { subscriptionId: subscriptions[1], amount: '100.00', channel: 'upi', transactionId: 'UPI-2' };
}

async function openPassbook(page: Page, ticket: number): Promise<void> {
  await page.getByRole('link', { name: 'Passbooks' }).click();
  await page.getByRole('link', { name: `Small chit, ticket ${ticket}` }).click();
}

async function seal(page: Page, amount: string): Promise<void> {
  await page.getByLabel('Discount in rupees').fill(amount);
  await page.getByRole('button', { name: 'Seal the bid and hand it in' }).click();
  await page.locator('.secret').waitFor();
}

/** A field that is wrong says so to whoever cannot see it, and has the focus. */
async function expectPointedTo(page: Page, name: string, text: string): Promise<void> {
  await shows(page, `.field:has([name="${name}"][aria-invalid="true"]) .wrong`, text);
  const described = `[...document.activeElement.getAttribute('aria-describedby').split(' ')]
    .map((id) => document.getElementById(id).textContent).join(' ')`;
  expect(await page.evaluate('document.activeElement.name')).toBe(name);
  expect(await page.evaluate(described)).toContain(text);
}

async function expectPayments(page: Page, expected: readonly (readonly string[])[]): Promise<void> {
  const cells = async () => {
    const rows = await page.getByRole('table', { name: 'Payments' }).locator('tbody tr').all();
    return Promise.all(rows.map(async (row) => (await row.locator('td').allInnerTexts()).slice(0, 4)));
  };
  await expect.poll(cells, { timeout: stepTimeout }).toEqual(expected);
}
