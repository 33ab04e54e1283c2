import { eur, money, usd } from '@holdfast/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rental } from '../../test/rental.ts';
import { jobOffer } from '../presets/job-offer.ts';

const offer = { type: 'SendOffer', parties: { customer: 'c', contractor: 'k' }, reference: 'J1', amount: usd('100') };
const request = {
  type: 'Ask',
  parties: { tenant: 't', landlord: 'l', agent: 'a' },
  reference: 'F1',
  answerBy: '2026-03-01T10:00:00.000Z',
};

const shape = (command: unknown) => jobOffer.parse(command)._unsafeUnwrapErr();

describe('a command from outside', { timeout: 600_000 }, () => {
  it.each([
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['a text', 'AcceptOffer', ''],
    ['a list', [{ type: 'AcceptOffer' }], ''],
    ['a class', new (class AcceptOffer {})(), ''],
    ['no type', {}, 'type'],
    ['a type that is no text', { type: 1 }, 'type'],
    ['a type of every object', { type: 'toString' }, 'type'],
    ['the prototype', { type: '__proto__' }, 'type'],
    ['a type in other case', { type: 'acceptoffer' }, 'type'],
    ['a status', { type: 'AcceptOffer', status: 'released' }, 'status'],
    ['a balance', { type: 'AcceptOffer', held: '0' }, 'held'],
    ['a role', { type: 'AcceptOffer', role: 'operator' }, 'role'],
    ['parties that are given twice', { type: 'AcceptOffer', parties: offer.parties }, 'parties'],
    ['an amount that is not asked for', { type: 'AcceptOffer', amount: usd('1') }, 'amount'],
    ['no parties', { ...offer, parties: undefined }, 'parties'],
    ['a party too few', { ...offer, parties: { customer: 'c' } }, 'parties.contractor'],
    ['a party too many', { ...offer, parties: { ...offer.parties, admin: 'a' } }, 'parties.admin'],
    ['the same twice', { ...offer, parties: { customer: 'c', contractor: 'c' } }, 'parties.contractor'],
    ['an id with a colon', { ...offer, parties: { customer: 'c:x', contractor: 'k' } }, 'parties.customer'],
    ['an id of 129', { ...offer, parties: { customer: 'c'.repeat(129), contractor: 'k' } }, 'parties.customer'],
    ['an empty id', { ...offer, parties: { customer: '', contractor: 'k' } }, 'parties.customer'],
    ['an id that is a number', { ...offer, parties: { customer: 1, contractor: 'k' } }, 'parties.customer'],
    ['no reference', { ...offer, reference: undefined }, 'reference'],
    ['a reference with a space', { ...offer, reference: 'J 1' }, 'reference'],
    ['no amount', { ...offer, amount: undefined }, 'amount'],
    ['a number', { ...offer, amount: 100 }, 'amount'],
    ['a text for an amount', { ...offer, amount: '100' }, 'amount'],
    ['an amount with a number', { ...offer, amount: { amount: 100, currency: 'USD' } }, 'amount.amount'],
    [
      'an amount with a fraction of a cent',
      { ...offer, amount: { amount: '1.001', currency: 'USD' } },
      'amount.amount',
    ],
    ['a currency that is none', { ...offer, amount: { amount: '1', currency: 'usd' } }, 'amount.currency'],
    ['a cent of another size', { ...offer, amount: money(1n, { code: 'USD', scale: 3 }) }, 'amount'],
    ['an amount of 37 digits', { ...offer, amount: money(10n ** 36n, usd) }, 'amount'],
    ['a look-alike', { ...offer, amount: { minor: 1n, currency: { code: 'USD', scale: 2 } } }, 'amount'],
    ['a reason of 2,001 characters', { type: 'RejectOffer', reason: 'x'.repeat(2_001) }, 'reason'],
    ['half a character', { type: 'RejectOffer', reason: '\ud800' }, 'reason'],
    ['a reason that is a list', { type: 'RejectOffer', reason: ['x'] }, 'reason'],
  ])('is refused with its field: %s', (_what, command, field) => {
    expect(shape(command)).toMatchObject({ code: 'shape_invalid', field, allowed: expect.stringMatching(/./) });
  });

  it.each([
    ['no instant', undefined],
    ['seconds', 1_772_359_200],
    ['a day', '2026-03-01'],
    ['another zone', '2026-03-01T10:00:00.000+01:00'],
    ['a day that is not', '2026-02-30T10:00:00.000Z'],
  ])('is refused with %s for an instant', (_what, answerBy) => {
    expect(rental.parse({ ...request, answerBy })._unsafeUnwrapErr()).toMatchObject({ field: 'answerBy' });
  });

  it('runs no getter', () => {
    const trap = Object.defineProperty({ type: 'AcceptOffer' }, 'reason', {
      enumerable: true,
      get: () => {
        throw new Error('a getter ran');
      },
    });
    expect(shape(trap).field).toBe('');
    expect(
      shape(
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('a trap ran');
            },
          },
        ),
      ).field,
    ).toBe('');
  });

  it('keeps the prototype of everything as it was', () => {
    expect(shape(JSON.parse('{"type":"AcceptOffer","__proto__":{"role":"operator"}}')).field).toBe('__proto__');
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('is taken with amounts as they are, or as JSON', () => {
    const fromJson = jobOffer.parse({ ...offer, amount: { amount: '100.00', currency: 'USD' } });
    expect(fromJson).toEqual(jobOffer.parse(offer));
  });

  it('is taken without what may be left out', () => {
    expect(jobOffer.parse({ type: 'RejectOffer' }).isOk()).toBe(true);
    expect(jobOffer.parse({ type: 'RejectOffer', reason: '' }).isOk()).toBe(true);
  });

  it('law: junk never throws, and never gets through', () => {
    const value = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
      fc.constant(usd('1')),
      fc.constant(eur('1')),
    );
    const junk = fc.dictionary(fc.constantFrom('type', 'parties', 'reference', 'amount', 'reason', 'x'), value);
    const typed = fc
      .tuple(fc.constantFrom(...jobOffer.commandNames), junk)
      .map(([type, fields]) => ({ ...fields, type }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), junk, typed), (command) => {
        const parsed = jobOffer.parse(command);
        if (parsed.isErr()) expect(parsed.error.code).toBe('shape_invalid');
        else expect(jobOffer.commandNames).toContain(parsed.value.type);
      }),
      { numRuns: Number(process.env.HOLDFAST_RUNS ?? 500) },
    );
  });
});
