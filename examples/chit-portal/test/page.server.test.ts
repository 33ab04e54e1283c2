import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { enterAuction, needsBrowser, noBrowser, openRoom, patient, shows, signIn, stepTimeout } from './page-world.ts';
import { good, type SchemeWorld } from './scheme-world.ts';

describe(`the page in a real browser${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  it(
    'shows one auction to all who look on, from its opening to the passbook and the score',
    patient,
    async (context) => {
      needsBrowser(context);
      const { world, enter, troubles } = await openRoom();
      const foreman = await enter('fatima');
      const anna = await enter('anna');
      const bela = await enter('bela');
      const everybody = [foreman, anna, bela];
      for (const page of everybody) await enterAuction(page);

      await foreman.getByLabel('anna').check();
      await foreman.getByLabel('bela').check();
      await foreman.getByRole('button', { name: 'Open the draw' }).click();
      for (const page of everybody) await shows(page, '#draw-status', 'open');

      await bid(anna, '300.00');
      for (const page of everybody) await shows(page, '#highest', 'Ticket 1: ₹300.00');
      await bid(bela, '1150.00');
      for (const page of everybody) await shows(page, '#highest', 'Ticket 2: ₹1,150.00');
      await bid(bela, '350.00');
      await expect.poll(() => foreman.getByRole('log').textContent()).toContain('Ticket 2 bids a discount of ₹350.00.');
      await bid(anna, '1250.00');
      await shows(anna, '#trouble', 'Bid above highest. Bid 1250.00 INR, highest 1200.00 INR.');
      await shows(foreman, '#highest', 'Ticket 2: ₹1,150.00');

      await foreman.getByRole('button', { name: 'Close the draw' }).click();
      for (const page of everybody) await shows(page, '.winner', 'Ticket 2 has won by bid at a discount of ₹1,150.00');
      const said = await bela.getByRole('log').getByRole('listitem').allInnerTexts();
      expect(said).toEqual([
        'The draw is open.',
        'Ticket 1 bids a discount of ₹300.00.',
        'Ticket 2 bids a discount of ₹1,150.00.',
        'Ticket 2 bids a discount of ₹350.00.',
        'Ticket 2 has won by bid at a discount of ₹1,150.00.',
      ]);

      await foreman.getByRole('button', { name: 'Settle the instalment' }).click();
      for (const page of everybody) await shows(page, '#draw-status', 'settled');
      await expectPassbook(anna, world);
      await expectScore(anna, world);
      expect(troubles).toEqual([]);
    },
  );

  it(
    'says no to a wrong password, keeps nothing in the storage of the browser, and renews what has expired',
    patient,
    async (context) => {
      needsBrowser(context);
      const { world, browser, origin, enter } = await openRoom({ accessExpiresMs: 60_000 });
      const stranger = await (await browser.newContext()).newPage();
      stranger.setDefaultTimeout(stepTimeout);
      await signIn(stranger, { origin, name: 'anna', password: 'not her password' });
      await shows(stranger, '#trouble', 'Mail address or password is wrong.');

      const anna = await enter('anna');
      world.pass({ ms: 300_000 });
      await anna.getByRole('link', { name: 'Score' }).click();
      await anna.getByRole('heading', { name: 'Score', level: 1 }).waitFor();
      const kept = await anna.evaluate(
        '[localStorage.length, sessionStorage.length, document.cookie, document.activeElement.id]',
      );
      expect(kept).toEqual([0, 0, '', 'view']);
      const { headers } = await world.inject({ method: 'GET', url: '/' });
      expect(headers['content-security-policy']).toMatch(/^default-src 'self'; /);
      await anna.getByRole('button', { name: 'Sign out' }).click();
      await anna.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
      await anna.goto(`${origin}/#/score`);
      await anna.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    },
  );
});

async function bid(page: Page, amount: string): Promise<void> {
  await page.getByLabel('Discount in rupees').fill(amount);
  await page.getByRole('button', { name: 'Bid' }).click();
}

async function expectPassbook(page: Page, { members, subscriptions }: SchemeWorld): Promise<void> {
  await page.getByRole('link', { name: 'Passbooks' }).click();
  await page.getByRole('link', { name: 'Small chit, ticket 1' }).click();
  const row = page.getByRole('table', { name: 'Instalments' }).getByRole('row').nth(1);
  await row.waitFor();
  const statement = await good(members[0]?.get(`/api/subscriptions/${subscriptions[0]}/statement`) as never);
  expect(statement.instalments[0]).toMatchObject({ due: '762.50', dividend: '237.50', open: '762.50' });
  const cells = ['1', '2026-04-11', '₹762.50', '₹237.50', '₹0.00', '₹762.50', '–'];
  expect(await row.locator('th, td').allInnerTexts()).toEqual(cells);
}

async function expectScore(page: Page, { members }: SchemeWorld): Promise<void> {
  await page.getByRole('link', { name: 'Score', exact: true }).click();
  const rows = page.getByRole('table', { name: 'Reasons' }).locator('tbody tr');
  await rows.first().waitFor();
  const { score, reasons, sentences } = await good(members[0]?.get(`/api/users/${members[0].id}/chit-score`) as never);
  expect(await page.locator('#points').textContent()).toBe(String(score));
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [row.children[0]?.textContent, row.children[2]?.textContent]),
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(shown).toEqual(reasons.map(({ code, points }: { code: string; points: number }) => [code, String(points)]));
  expect(await page.getByRole('main').getByRole('listitem').allInnerTexts()).toEqual(sentences);
}
