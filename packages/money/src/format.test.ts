import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Display, eth, eur, format, inr, jpy, LARGEST_MINOR, money, parseLocalized, usd, usdc } from './index.ts';
import { anyCurrency, anyMoney } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };

const locales = [
  ['en-US', 'en-GB', 'en-IN', 'en-ZA', 'de-DE', 'de-AT', 'de-CH', 'fr-FR', 'fr-CH', 'es-ES', 'es-MX', 'it-IT', 'pt-BR'],
  ['pt-PT', 'nl-NL', 'sv-SE', 'nb-NO', 'da-DK', 'fi-FI', 'pl-PL', 'cs-CZ', 'hu-HU', 'ro-RO', 'bg-BG', 'el-GR', 'ru-RU'],
  [
    'uk-UA',
    'tr-TR',
    'he-IL',
    'ar-EG',
    'ar-AE',
    'ar-SA',
    'fa-IR',
    'ur-PK',
    'hi-IN',
    'hi-IN-u-nu-deva',
    'bn-BD',
    'mr-IN',
  ],
  [
    'ne-NP',
    'ta-IN',
    'my-MM',
    'th-TH',
    'th-TH-u-nu-thai',
    'vi-VN',
    'id-ID',
    'ja-JP',
    'ko-KR',
    'zh-CN',
    'zh-TW',
    'lt-LT',
  ],
  ['lv-LV', 'et-EE', 'sl-SI', 'hr-HR', 'sr-RS', 'ka-GE', 'kk-KZ', 'sw-KE', 'am-ET', 'dz-BT', 'ff-Adlm-GN', 'ks-IN'],
].flat();

/** Makes one kind of all spaces and apostrophes: locale data changes them between versions. */
const spaced = (text: string): string => text.replace(/\s/g, ' ').replaceAll('’', "'");

describe('format', { timeout: 600_000 }, () => {
  it.each<[string, string]>([
    ['en-US', '$1,234,567.89'],
    ['de-DE', '1.234.567,89 $'],
    ['de-CH', "$ 1'234'567.89"],
    ['fr-FR', '1 234 567,89 $US'],
    ['en-IN', '$12,34,567.89'],
    ['hi-IN-u-nu-deva', '$१२,३४,५६७.८९'],
    ['ja-JP', '$1,234,567.89'],
  ])('writes dollars for %s', (locale, written) => {
    expect(spaced(format(usd('1234567.89'), { locale }))).toBe(written);
  });

  it('writes the currency in the way that is asked for', () => {
    const show = (display: Display) => spaced(format(usd('-1234.5'), { locale: 'en-CA', display, grouping: false }));
    expect(['symbol', 'narrowSymbol', 'code', 'none'].map((display) => show(display as Display))).toEqual([
      '-US$1234.50',
      '-$1234.50',
      '-USD 1234.50',
      '-1234.50',
    ]);
  });

  it('writes currencies that no locale knows by their code', () => {
    expect(spaced(format(usdc('1234.5'), { locale: 'en-US' }))).toBe('USDC 1,234.500000');
    expect(spaced(format(usdc('1234.5'), { locale: 'de-DE' }))).toBe('1.234,500000 USDC');
    expect(format(eth('0.000000000000000001'), { locale: 'en-US', display: 'none' })).toBe('0.000000000000000001');
  });

  it('writes every digit of the largest amount', () => {
    const written = format(money(LARGEST_MINOR, usd), { locale: 'en-US', grouping: false });
    expect(written).toBe(`$${'9'.repeat(36)}.99`);
  });

  it('says when a locale is none', () => {
    expect(() => format(usd('1'), { locale: 'no locale' })).toThrow(RangeError);
  });
});

describe('parseLocalized', { timeout: 600_000 }, () => {
  it.each<[string, string]>([
    ['1,234.5', 'en-US'],
    ['1234.50', 'en-US'],
    ['$1,234.50', 'en-US'],
    ['USD 1234.5', 'en-US'],
    ['1.234,50', 'de-DE'],
    ['1234,5 $', 'de-DE'],
    ['1 234,50', 'fr-FR'],
    ['1’234.50', 'de-CH'],
    ["1'234.50", 'de-CH'],
    ['1234,50', 'fr-CH'],
    ['1234.50 $US', 'fr-CH'],
  ])('reads %s as it is written in %s', (text, locale) => {
    expect(parseLocalized(text, locale, usd)._unsafeUnwrap()).toEqual(usd('1234.50'));
  });

  it.each<[unknown, string, string]>([
    ['1,5', 'en-US', 'amount_format'],
    ['1.5', 'de-DE', 'amount_format'],
    ['12,34.50', 'en-US', 'amount_format'],
    ['1,2,3', 'en-US', 'amount_format'],
    ['1,234,5', 'en-US', 'amount_format'],
    ['€5.00', 'en-US', 'amount_format'],
    ['5.00 EUR', 'en-US', 'amount_format'],
    ['$$5.00', 'en-US', 'amount_format'],
    ['5.00-', 'en-US', 'amount_format'],
    ['(5.00)', 'en-US', 'amount_format'],
    ['05.00', 'en-US', 'amount_format'],
    ['1e3', 'en-US', 'amount_format'],
    ['', 'en-US', 'amount_format'],
    ['$', 'en-US', 'amount_format'],
    ['.', 'en-US', 'amount_format'],
    ['१', 'en-US', 'amount_format'],
    ['-0.00', 'en-US', 'amount_sign'],
    ['1.005', 'en-US', 'amount_scale'],
    ['9'.repeat(37), 'en-US', 'amount_range'],
    ['9'.repeat(161), 'en-US', 'limit_exceeded'],
    [5, 'en-US', 'amount_type'],
    [null, 'en-US', 'amount_type'],
  ])('refuses %j in %s', (text, locale, code) => {
    const refused = parseLocalized(text, locale, usd, 'budget')._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code, field: 'budget' });
  });

  it('shows in its refusal how an amount is written', () => {
    const refused = parseLocalized('1.5', 'de-DE', eur)._unsafeUnwrapErr();
    expect(refused.allowed).toBe('an amount in EUR as it is written in de-DE, such as 1.234,50');
    expect(parseLocalized('1.5', 'ja-JP', jpy)._unsafeUnwrapErr().code).toBe('amount_scale');
    expect(parseLocalized('₹१२,३४,५६७.८९', 'hi-IN-u-nu-deva', inr)._unsafeUnwrap()).toEqual(inr('1234567.89'));
  });

  it('law: an amount is read back from the way that any locale writes it', () => {
    const anyAmount = anyCurrency().chain((currency) => anyMoney(currency));
    const anyDisplay = fc.constantFrom<Display>('symbol', 'narrowSymbol', 'code', 'none');
    fc.assert(
      fc.property(
        anyAmount,
        fc.constantFrom(...locales),
        anyDisplay,
        fc.boolean(),
        (amount, locale, display, grouping) => {
          const written = format(amount, { locale, display, grouping });
          expect(parseLocalized(written, locale, amount.currency)._unsafeUnwrap()).toEqual(amount);
        },
      ),
      runs,
    );
  });
});
