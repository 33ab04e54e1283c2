import axe, { type AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, type TestContext } from 'vitest';
import { findChromium } from './chromium.ts';
import type { draft } from './scheme-world.ts';
import { openSchemeWorld } from './scheme-world.ts';

const executablePath = findChromium();

/** Why the tests in a browser do not run; nothing where they do. */
export const noBrowser = executablePath === undefined ? 'no chromium on the path, and no CHROMIUM_PATH' : undefined;

/** A browser takes its time where others work too. */
export const patient = { timeout: 1_200_000 };
/** For what one step of it may take, in milliseconds. */
export const stepTimeout = 120_000;

/** Says that a test does not run where there is no browser. */
export function needsBrowser(context: TestContext): void {
  if (noBrowser !== undefined) context.skip(noBrowser);
}

/** A portal that listens, on the day of the first draw, with a browser in which everybody has a context of his own. */
export async function openRoom(options: Parameters<typeof openSchemeWorld>[0] = {}, given?: typeof draft) {
  // The first to be registered is the last to be closed.
  let browser: Browser | undefined;
  const world = await openSchemeWorld(options, given);
  onTestFinished(() => browser?.close());
  world.goTo('2026-04-06');
  const origin = await world.app.listen({ host: '127.0.0.1', port: 0 });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath: executablePath as string, args, timeout: stepTimeout });
  const troubles: string[] = [];
  const opened = browser;
  const enter = async (name: string): Promise<Page> => {
    const page = await (await opened.newContext()).newPage();
    page.setDefaultTimeout(stepTimeout);
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) troubles.push(message.text());
    });
    await signIn(page, { origin, name, password: `${name} has a password` });
    await page.getByRole('heading', { name: 'Schemes', level: 1 }).waitFor();
    return page;
  };
  return { world, browser, origin, enter, troubles };
}

/** Signs in by the page's form. */
export async function signIn(
  page: Page,
  { origin, name, password }: { readonly origin: string; readonly name: string; readonly password: string },
): Promise<void> {
  await page.goto(origin);
  await page.getByLabel('Mail address').fill(`${name}@example.org`);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Enters the auction room of the first draw from the list of schemes. */
export async function enterAuction(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Small chit' }).click();
  await page.getByRole('table', { name: 'Calendar' }).getByRole('link', { name: 'Auction room (scheduled)' }).click();
  await shows(page, '#draw-status', 'scheduled');
}

/** Waits until a part of the page says something. */
export async function shows(page: Page, part: string, text: string | RegExp): Promise<void> {
  const said = async () => (await page.locator(part).allInnerTexts()).join(' | ');
  const expected = expect.poll(said, { timeout: stepTimeout });
  await (typeof text === 'string' ? expected.toBe(text) : expected.toMatch(text));
}

/** Looks at a page with axe in both colour schemes, and at whether all of it fits in 320 pixels and in 1,280. */
export async function expectAccessible(page: Page): Promise<void> {
  const { colorScheme, width } = { colorScheme: ['light', 'dark'], width: [320, 1_280] } as const;
  for (const one of width) {
    await page.setViewportSize({ width: one, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(one);
  }
  await page.evaluate(axe.source);
  for (const one of colorScheme) {
    await page.emulateMedia({ colorScheme: one });
    const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, nodes }) => [id, one, nodes.map(({ html }) => html)])).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
  }
}
