import { inr, type Money, money, usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../terms/calendar.ts';
import { defineScheme } from '../terms/define-scheme.ts';
import type { Scheme, SchemeTerms } from '../terms/terms.ts';
import { anyScheme } from '../testing/any-scheme.ts';
import { auctionTerms, goldenTerms, termsWithoutBids } from '../testing/golden-schemes.ts';
import type { Agreement, Finding, Foreman } from './agreement.ts';
import { checkAggregate } from './check-aggregate.ts';
import { checkCompliance, isChit } from './check-compliance.ts';
import { lawParameters } from './law-parameters.ts';
import type { AnyParameter } from './parameter.ts';
import { parseAgreement } from './parse-agreement.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const rupees = (amount: number): Money => money(BigInt(amount) * 100n, inr);
const ASOF = '2026-01-05';
const company: Foreman = {
  name: 'Godavari Chits Private Limited',
  kind: 'company',
  netOwnedFunds: rupees(2_500_000),
  paidUpCapital: rupees(100_000),
};
const agreement: Agreement = {
  foreman: company,
  security: { cash: rupees(250_000), bankGuarantee: rupees(250_000) },
  subscribers: [
    ...Array.from({ length: 24 }, (_, index) => ({ person: `p${index}`, hasAddress: true, tickets: '1' })),
    { person: 'half', hasAddress: true, tickets: '1/2' },
    { person: 'other-half', hasAddress: true, tickets: '1/2' },
  ],
  place: 'The registered office',
  time: '10:00',
  foremanInstalment: 1,
  bank: 'The approved bank',
  consequences: 'The foreman may remove a subscriber.',
  defaultingWhen: 'An instalment is open for a month.',
  inspectionTimes: '10:00 to 17:00 on working days',
  nominees: 'One for each ticket',
};
const lawful: SchemeTerms = { ...goldenTerms.G1, state: 'TS' };
const schemeOf = (terms: Partial<SchemeTerms>, base: SchemeTerms = lawful): Scheme =>
  defineScheme({ ...base, ...terms })._unsafeUnwrap();
const found = (findings: readonly Finding[]) => findings.map(({ code, field }) => `${code} ${field}`);
const check = (terms: Partial<SchemeTerms>, part: Partial<Agreement> = {}, base?: SchemeTerms) =>
  found(checkCompliance(schemeOf(terms, base), { ...agreement, ...part }, ASOF));
const cap = (maximumBasisPoints: bigint) => ({ discount: { ...auctionTerms.discount, maximumBasisPoints } });
const onTop = { basisPoints: 500n, taken: 'on_top' } as const;
const bare: SchemeTerms = { ...termsWithoutBids, state: 'TS', companyChit: { instalment: 1, commission: false } };

describe('compliance', () => {
  it('finds nothing in a scheme and an agreement that are as the law wants them', () => {
    expect(checkCompliance(schemeOf({}), agreement, ASOF)).toEqual([]);
    expect(checkCompliance(schemeOf({}), agreement, ASOF, { stage: 'commencement' })).toEqual([]);
  });

  it('edge case 22: looks at the commission after it was rounded', () => {
    const odd = { subscription: money(1_111_100n, inr), tickets: 3, instalments: 3 };
    const commission = (basisPoints: bigint) => ({ commission: { basisPoints, taken: 'from_discount' as const } });
    expect(check({ ...odd, ...commission(700n) })).toEqual([]);
    // 7.01 % of 33,333 is 2,336.64.
    const [finding] = checkCompliance(schemeOf({ ...odd, ...commission(701n) }), agreement, ASOF);
    expect(finding).toEqual({
      code: 'commission_above_cap',
      section: 's. 21(1)(b)',
      field: 'commission.basisPoints',
      given: '2336.64 INR',
      allowed: 'at most 2333.31 INR, 7% of the gross chit amount',
      confirmed: true,
    });
  });

  it('holds a commission of 7 % against the law of its day', () => {
    const scheme = schemeOf({ commission: { basisPoints: 700n, taken: 'from_discount' } });
    expect(found(checkCompliance(scheme, agreement, '2020-01-01'))).toEqual([]);
    expect(found(checkCompliance(scheme, agreement, '2019-12-31'))).toEqual([
      'commission_above_cap commission.basisPoints',
    ]);
  });

  it('holds a cap against that of its day, and says that the number is not confirmed', () => {
    expect(check(cap(4_000n))).toEqual([]);
    expect(check(cap(4_001n))).toEqual(['discount_above_cap discount.maximumBasisPoints']);
    const findings = checkCompliance(schemeOf(cap(3_500n)), agreement, '2001-12-31');
    expect(findings).toMatchObject([
      {
        code: 'discount_above_cap',
        given: '175000.00 INR',
        allowed: 'at most 150000.00 INR, 30% of the gross chit amount',
      },
    ]);
    expect(findings[0]?.confirmed).toBe(false);
  });

  it('says of each finding which section it is about, what was given and what is allowed', () => {
    const scheme = schemeOf({ tickets: 61, instalments: 61, dividend: { ...auctionTerms.dividend, among: 'living' } });
    const poor: Agreement = {
      ...agreement,
      foreman: { ...company, name: 'Savings', paidUpCapital: rupees(1) },
      security: { cash: rupees(1) },
      subscribers: [{ person: 'p', hasAddress: true, tickets: '49/2' }],
      bank: '',
      foremanInstalment: 3,
    };
    const findings = checkCompliance(scheme, poor, ASOF, { stage: 'commencement' });
    expect(findings.map(({ section, given, allowed, confirmed }) => [section, given, allowed, confirmed])).toEqual([
      ['s. 2(pa)', 'living', 'a rateable distribution among all subscribers', true],
      ['s. 6(2)', 'from 2026-01-05 to before 2031-02-05', 'at most 60 months', true],
      ['s. 8', '1.00 INR', 'at least 100000.00 INR', true],
      [
        's. 11',
        'Savings',
        'chit, chit fund, chitty, kuri, fraternity fund or rotating savings and credit institution in the name',
        true,
      ],
      [
        's. 20',
        '1.00 INR in cash, 0.00 INR guaranteed, 0.00 INR and 0.00 INR in securities',
        '1220000.00 INR, half of it in cash, or 1830000.00 INR in securities of one kind',
        true,
      ],
      ['s. 6(1)', 'nothing', 'what the Act asks for', true],
      ['s. 21(1)(a)', '3', '1, as in the terms', true],
      ['s. 9', '49/2', '61 tickets', true],
    ]);
    const whole = { ...poor, subscribers: [{ person: 'p', hasAddress: true, tickets: '49' }] };
    expect(checkCompliance(scheme, whole, ASOF, { stage: 'commencement' }).at(-1)?.given).toBe('49');
    const { subscribers: _, ...none } = agreement;
    expect(found(checkCompliance(schemeOf({}), none, ASOF, { stage: 'commencement' }))).toEqual([
      'field_missing subscribers',
    ]);
  });

  it('prints a cap with its decimals', () => {
    const row: AnyParameter = {
      key: 'in.commissionCapBps',
      from: '2020-01-01',
      state: 'TS',
      value: 405n,
      source: 'State rules',
      confirmed: false,
    };
    const [finding] = checkCompliance(schemeOf({}), agreement, ASOF, { table: [...lawParameters, row] });
    expect(finding).toMatchObject({
      allowed: 'at most 20250.00 INR, 4.05% of the gross chit amount',
      confirmed: false,
    });
  });

  it.each([
    ['day', '2026-01-29'],
    ['week', '2026-06-28'],
    ['month', '2028-02-04'],
  ] as const)('counts a scheme with a draw every %s until %s among all schemes of a foreman', (every, last) => {
    const scheme = schemeOf({ every });
    const other = (from: string) => [{ name: 'other', gross: rupees(24_999_999), from, to: '2030-01-01' }];
    const findings = (from: string) => found(checkCompliance(scheme, agreement, ASOF, { others: other(from) }));
    expect(findings(last)).toEqual(['aggregate_above_cap foreman']);
    expect(findings(addDays(last, 1))).toEqual([]);
  });

  it.each([
    ['a lot', { method: { type: 'lot', discount: rupees(200_001) } }, ['discount_above_cap method.discount']],
    [
      'a lot among others',
      { method: { type: 'lot', discount: rupees(200_000) }, dividend: { ...auctionTerms.dividend, among: 'others' } },
      ['dividend_not_to_all dividend.among'],
    ],
    [
      'a fixed increment',
      {
        commission: onTop,
        method: {
          type: 'fixed_increment',
          prizes: [rupees(299_999), ...Array(23).fill(rupees(500_000)), rupees(500_001)],
          by: 'lot',
        },
      },
      ['prize_above_gross method.prizes.24', 'discount_above_cap method.prizes'],
    ],
    [
      'a fixed schedule',
      {
        commission: onTop,
        method: {
          type: 'fixed_schedule',
          prizes: [rupees(299_999), ...Array(23).fill(rupees(500_000)), rupees(700_001)],
          by: 'lot',
        },
      },
      ['prize_above_gross method.prizes.24', 'discount_above_cap method.prizes'],
    ],
  ] as const)('looks at the discount of %s', (_, terms, expected) => {
    const { companyChit: _none, ...base } = bare;
    expect(check(terms as Partial<SchemeTerms>, { foremanInstalment: 'none' }, base)).toEqual(expected);
  });

  it('looks at what all others of a hui forgo together, and at premiums on top of the gross amount', () => {
    const hui = (type: 'hui_discount' | 'hui_premium', maximumBasisPoints: bigint) =>
      check({
        method: { type },
        commission: onTop,
        discount: { ...auctionTerms.discount, minimum: 'nothing', maximumBasisPoints },
      });
    expect(hui('hui_discount', 4_166n)).toEqual(['dividend_not_to_all dividend.among']);
    expect(hui('hui_discount', 4_167n)).toEqual([
      'dividend_not_to_all dividend.among',
      'discount_above_cap discount.maximumBasisPoints',
    ]);
    expect(hui('hui_premium', 9_000n)).toEqual(['prize_above_gross method']);
  });

  it('wants a rateable distribution among all', () => {
    const dividend = { ...auctionTerms.dividend, among: 'others' as const };
    expect(check({ dividend })).toEqual(['dividend_not_to_all dividend.among']);
  });

  it.each([
    [60, 'month', false, []],
    [61, 'month', false, ['duration_above_cap instalments']],
    [61, 'month', true, []],
    [120, 'month', true, []],
    [121, 'month', true, ['duration_above_cap instalments']],
    [260, 'week', false, []],
    [261, 'week', false, ['duration_above_cap instalments']],
    [1_826, 'day', false, []],
    [1_827, 'day', false, ['duration_above_cap instalments']],
  ] as const)('%i instalments, one every %s, permitted longer: %s', (count, every, longDuration, expected) => {
    const terms = { tickets: count, instalments: count, subscription: money(50_000_000n / BigInt(count), inr), every };
    expect(check(terms, { permits: { longDuration } })).toEqual(expected);
  });

  it.each([
    ['Godavari Chits', true],
    ['The Kuri Company', true],
    ['Nidhi CHITTY fund', true],
    ['Sri Fraternity Fund', true],
    ['A Rotating Savings and Credit Institution', true],
    ['Chitra Finance', false],
    ['Savings Club', false],
  ])('asks for one of the words in the name: %s', (name, allowed) => {
    expect(check({}, { foreman: { ...company, name } })).toEqual(allowed ? [] : ['name_without_chit foreman.name']);
  });

  it('asks for the capital of a company', () => {
    expect(check({}, { foreman: { ...company, paidUpCapital: rupees(99_999) } })).toEqual([
      'capital_too_low foreman.paidUpCapital',
    ]);
    const { paidUpCapital: _, ...without } = company;
    expect(check({}, { foreman: without })).toEqual(['field_missing foreman.paidUpCapital']);
    expect(check({}, { foreman: { ...without, kind: 'cooperative' } })).toEqual([]);
  });

  it.each([
    [{ cash: rupees(500_000) }, true],
    [{ cash: rupees(250_000), bankGuarantee: rupees(250_000) }, true],
    [{ cash: rupees(249_999), bankGuarantee: rupees(300_000) }, false],
    [{ cash: rupees(250_000), bankGuarantee: rupees(249_999) }, false],
    [{ governmentSecurities: rupees(750_000) }, true],
    [{ governmentSecurities: rupees(749_999) }, false],
    [{ trusteeSecurities: rupees(750_000) }, true],
    [{ trusteeSecurities: rupees(375_000), governmentSecurities: rupees(375_000) }, false],
    [{}, false],
  ])('asks for the foreman’s security: %j', (security, enough) => {
    expect(check({}, { security })).toEqual(enough ? [] : ['security_too_low security']);
  });

  it.each([
    'foreman',
    'security',
    'place',
    'time',
    'bank',
    'consequences',
    'defaultingWhen',
    'inspectionTimes',
    'nominees',
    'foremanInstalment',
  ] as const)('misses %s', (field) => {
    const { [field]: _, ...without } = agreement;
    expect(found(checkCompliance(schemeOf({}), without, ASOF))).toEqual([`field_missing ${field}`]);
    if (typeof agreement[field] !== 'string') return;
    expect(check({}, { [field]: '  ' })).toEqual([`field_missing ${field}`]);
  });

  it('edge case 15: wants the instalment that the foreman takes to be that of the terms, or none', () => {
    expect(check({}, { foremanInstalment: 2 })).toEqual(['field_differs foremanInstalment']);
    expect(check({}, { foremanInstalment: 'none' })).toEqual(['field_differs foremanInstalment']);
    expect(check({ companyChit: { instalment: 7, commission: true } }, { foremanInstalment: 7 })).toEqual([]);
    const { companyChit: _, ...without } = lawful;
    expect(check({}, { foremanInstalment: 'none' }, without)).toEqual([]);
  });

  it('asks for all subscribers, their addresses and parts once the chit is to commence', () => {
    const atCommencement = (part: Partial<Agreement>) =>
      found(checkCompliance(schemeOf({}), { ...agreement, ...part }, ASOF, { stage: 'commencement' }));
    const all = agreement.subscribers ?? [];
    expect(atCommencement({ subscribers: all.slice(1) })).toEqual(['tickets_not_subscribed subscribers']);
    expect(atCommencement({ subscribers: all.slice(0, -1) })).toEqual(['tickets_not_subscribed subscribers']);
    const one = { person: 'all', hasAddress: false, tickets: '25' };
    expect(atCommencement({ subscribers: [one] })).toEqual(['field_missing subscribers.0.hasAddress']);
    for (const tickets of ['0', '1/0', '-1', '1.5', '', '25 ', '1000000000']) {
      expect(atCommencement({ subscribers: [{ ...one, hasAddress: true, tickets }] })).toEqual([
        'field_missing subscribers.0.tickets',
        'tickets_not_subscribed subscribers',
      ]);
    }
    const { subscribers: _, ...none } = agreement;
    expect(found(checkCompliance(schemeOf({}), none, ASOF))).toEqual([]);
  });

  it('says so where the law says nothing about a day, instead of letting it pass', () => {
    const findings = checkCompliance(schemeOf({}), agreement, '1980-01-01');
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['no_law_then']));
    expect(findings.length).toBeGreaterThan(4);
  });

  it('says so where amounts are not in rupees', () => {
    const dollars = schemeOf(
      {
        subscription: usd('100.00'),
        method: { type: 'lot', discount: usd('0.00') },
        commission: onTop,
        dividend: { lag: 0, among: 'all', unit: usd('0.01') },
      },
      bare,
    );
    expect(found(checkCompliance(dollars, agreement, ASOF))).toEqual(['not_in_rupees subscription']);
  });

  it('edge case 40: finds nothing in a scheme without a State, whatever its terms', () => {
    const { state: _, ...abroad } = lawful;
    const scheme = schemeOf({ ...cap(9_000n), commission: { basisPoints: 1_000n, taken: 'from_discount' } }, abroad);
    expect(checkCompliance(scheme, {}, ASOF)).toEqual([]);
    expect(found(checkCompliance(scheme, agreement, ASOF, { state: 'TS' }))).toEqual([
      'discount_above_cap discount.maximumBasisPoints',
      'commission_above_cap commission.basisPoints',
    ]);
  });

  it('finds nothing in a chit that is too small for the Act, as far as a table says how small that is', () => {
    const tiny = (amount: number) =>
      schemeOf({
        subscription: rupees(amount),
        tickets: 2,
        instalments: 2,
        discount: { ...auctionTerms.discount, step: rupees(1) },
      });
    expect(checkCompliance(tiny(50), {}, '2019-12-31')).toEqual([]);
    expect(checkCompliance(tiny(51), {}, '2019-12-31')).not.toEqual([]);
    expect(checkCompliance(tiny(50), {}, '2020-01-01')).not.toEqual([]);
    const notified: AnyParameter = {
      key: 'in.exemptUpTo',
      from: '2020-01-01',
      state: 'TS',
      value: 102n,
      source: 'A notification of the State',
      confirmed: true,
    };
    expect(checkCompliance(tiny(51), {}, ASOF, { table: [...lawParameters, notified] })).toEqual([]);
    expect(checkCompliance(tiny(52), {}, ASOF, { table: [...lawParameters, notified] })).not.toEqual([]);
  });

  it('law: a finding names its section, its field and both sides, and the same question has the same answer', () => {
    fc.assert(
      fc.property(anyScheme(), fc.constantFrom('1990-01-01', '2019-12-31', ASOF), (scheme, asOf) => {
        const findings = checkCompliance(scheme, {}, asOf, { stage: 'commencement' });
        expect(checkCompliance(scheme, {}, asOf, { stage: 'commencement' })).toEqual(findings);
        for (const finding of findings) {
          expect(finding.section).toMatch(/^s\. \d/);
          for (const part of [finding.field, finding.given, finding.allowed]) expect(part).not.toBe('');
        }
      }),
      runs,
    );
  });
});

describe('the limit on all schemes of a foreman', () => {
  const individual: Foreman = { name: 'A Chit', kind: 'individual' };
  const scheme = (name: string, amount: number, from: string, to: string) => ({
    name,
    gross: rupees(amount),
    from,
    to,
  });
  const limit = (foreman: Foreman, amount: number, asOf = ASOF) =>
    found(checkAggregate(foreman, [scheme('one', amount, '2026-01-01', '2026-12-31')], asOf));

  it('edge case 36: is crossed by the scheme with which the highest total of any day goes above it', () => {
    const running = [
      scheme('ends before', 200_000, '2024-01-01', '2026-01-04'),
      scheme('runs', 100_000, '2025-06-01', '2027-06-30'),
    ];
    const fits = scheme('new', 200_000, '2026-01-05', '2028-01-04');
    expect(checkAggregate(individual, [...running, fits], ASOF)).toEqual([]);
    const overlaps = { ...fits, from: '2026-01-04' };
    expect(checkAggregate(individual, [...running, overlaps], ASOF)).toMatchObject([
      {
        code: 'aggregate_above_cap',
        section: 's. 13',
        given: '500000.00 INR on 2026-01-04',
        allowed: 'at most 300000.00 INR of gross chit amounts at any time',
      },
    ]);
  });

  it('edge case 36: is looked at with the foreman’s other schemes in the compliance of a new one', () => {
    const others = [scheme('other', 20_000_000, '2025-01-01', '2026-01-05')];
    const findings = (to: string) =>
      checkCompliance(schemeOf({}), agreement, ASOF, { others: others.map((one) => ({ ...one, to })) });
    expect(findings('2026-01-04')).toEqual([]);
    const crowded = [scheme('other', 24_500_001, '2025-01-01', '2026-01-05')];
    expect(found(checkCompliance(schemeOf({}), agreement, ASOF, { others: crowded }))).toEqual([
      'aggregate_above_cap foreman',
    ]);
  });

  it.each([
    [individual, 300_000, '2020-01-01'],
    [individual, 100_000, '2019-12-31'],
    [{ ...individual, kind: 'firm', partners: 3 }, 900_000, '2020-01-01'],
    [{ ...individual, kind: 'firm', partners: 4 }, 1_800_000, '2020-01-01'],
    [{ ...individual, kind: 'firm', partners: 9 }, 1_800_000, '2020-01-01'],
    [{ ...individual, kind: 'firm', partners: 2 }, 200_000, '2019-12-31'],
    [{ ...individual, kind: 'firm', partners: 4 }, 600_000, '2019-12-31'],
    [{ ...individual, kind: 'company', netOwnedFunds: rupees(50_000) }, 500_000, '2020-01-01'],
    [{ ...individual, kind: 'cooperative', netOwnedFunds: rupees(50_000) }, 500_000, '2019-12-31'],
  ] as const)('of %j is %i on %s', (foreman, amount, asOf) => {
    expect(limit(foreman, amount, asOf)).toEqual([]);
    expect(limit(foreman, amount + 1, asOf)).toEqual(['aggregate_above_cap foreman']);
  });

  it('asks for what it rests on', () => {
    expect(limit({ ...individual, kind: 'firm' }, 1)).toEqual(['field_missing foreman.partners']);
    expect(limit({ ...individual, kind: 'company' }, 1)).toEqual(['field_missing foreman.netOwnedFunds']);
    expect(limit(individual, 1, '1980-01-01')).toEqual(['no_law_then asOf']);
  });
});

describe('what is a chit', () => {
  it('is where somebody forgoes something, and not a plain rotation', () => {
    const order = Array.from({ length: 25 }, (_, index) => index + 1);
    const rotation = (discount: Money) =>
      schemeOf({ commission: onTop, method: { type: 'fixed_order', order, discount } }, bare);
    expect([isChit(schemeOf({})), isChit(rotation(rupees(1))), isChit(rotation(rupees(0)))]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isChit(schemeOf({}, { ...goldenTerms.G8, state: 'TS' }))).toBe(true);
    const { companyChit: _, ...base } = bare;
    for (const type of ['fixed_increment', 'fixed_schedule'] as const) {
      const prizes = Array<Money>(25).fill(rupees(500_000));
      expect(isChit(schemeOf({ commission: onTop, method: { type, prizes, by: 'lot' } }, base))).toBe(false);
    }
    const lots = [0, 1].map((amount) =>
      schemeOf({ commission: onTop, method: { type: 'lot', discount: rupees(amount) } }, base),
    );
    expect(lots.map(isChit)).toEqual([false, true]);
  });
});

describe('an agreement as JSON', () => {
  it('is read back as it was', () => {
    expect(parseAgreement(JSON.parse(JSON.stringify(agreement)))._unsafeUnwrap()).toEqual(agreement);
    expect(parseAgreement({})._unsafeUnwrap()).toEqual({});
    for (const kind of ['individual', 'firm', 'company', 'cooperative']) {
      const part = { foreman: { name: 'A Chit', kind, partners: 1 }, foremanInstalment: 'none' };
      expect(parseAgreement(part)._unsafeUnwrap()).toEqual(part);
    }
  });

  it.each([
    ['bank', 5],
    ['foreman', 'Godavari Chits'],
    ['foremanInstalment', 0],
    ['foremanInstalment', 'first'],
    ['security', { cash: 500_000 }],
    ['security', { cash: { amount: '5e5', currency: 'INR' } }],
    ['subscribers', [{ person: 'p', hasAddress: 'yes', tickets: '1' }]],
    ['permits', { longDuration: 'yes' }],
    ['more', 1],
  ])('is refused at %s for %j', (name, value) => {
    const refused = parseAgreement({ ...JSON.parse(JSON.stringify(agreement)), [name]: value });
    const { code, problems } = refused._unsafeUnwrapErr();
    expect([code, problems.length]).toEqual(['config_invalid', 1]);
    expect(problems[0]).toContain(name === 'more' ? 'The whole' : name);
  });
});
