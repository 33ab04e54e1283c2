import { describe, expect, it } from 'vitest';
import { termsToJson } from '../../terms/parse-terms.ts';
import { openChits, registrar, rupees, smallTerms, wholeAgreement } from '../../testing/open-chits.ts';
import type { AnyChitCommand } from '../commands.ts';

const terms = smallTerms({ state: 'TS' });
const draft = { type: 'DraftScheme', terms: termsToJson(terms), agreement: wholeAgreement(rupees(5_000)) } as const;

describe('a scheme', () => {
  it('goes from its draft until it runs only through the hands of the registrar', async () => {
    const world = openChits();
    const steps: readonly (readonly [AnyChitCommand, typeof registrar | undefined, string])[] = [
      [{ type: 'SubmitScheme' }, undefined, 'chit_unknown'],
      [draft, registrar, 'chit_actor_not_allowed'],
      [draft, undefined, 'done'],
      [draft, undefined, 'chit_exists'],
      [{ type: 'SubmitScheme' }, { id: 'somebody', role: 'foreman' }, 'chit_actor_not_allowed'],
      [{ type: 'SanctionScheme', order: 'o' }, registrar, 'chit_wrong_phase'],
      [{ type: 'SubmitScheme' }, undefined, 'done'],
      [{ type: 'RejectScheme', why: 'the place is missing' }, registrar, 'done'],
      [{ type: 'ReviseDraft', agreement: { place: 'the office' } }, undefined, 'done'],
      [{ type: 'SubmitScheme' }, undefined, 'scheme_not_compliant'],
      [{ type: 'ReviseDraft', agreement: draft.agreement }, undefined, 'done'],
      [{ type: 'SubmitScheme' }, undefined, 'done'],
      [{ type: 'SanctionScheme', order: 'o' }, undefined, 'chit_actor_not_allowed'],
      [{ type: 'SanctionScheme', order: 'o' }, registrar, 'done'],
      [{ type: 'EnrolTicket', ticket: 1, holders: [{ person: 'a' }] }, undefined, 'chit_wrong_phase'],
      [{ type: 'RegisterScheme', number: 'n' }, registrar, 'done'],
      [{ type: 'EnrolTicket', ticket: 9, holders: [{ person: 'a' }] }, undefined, 'ticket_unknown'],
      [{ type: 'EnrolTicket', ticket: 1, holders: [{ person: 'a' }, { person: 'a' }] }, undefined, 'shape_invalid'],
      [{ type: 'EnrolTicket', ticket: 1, holders: [{ person: 'a' }] }, undefined, 'done'],
      [{ type: 'EnrolTicket', ticket: 1, holders: [{ person: 'b' }] }, undefined, 'ticket_holding'],
      [{ type: 'WithdrawEnrolment', ticket: 1 }, undefined, 'done'],
      [{ type: 'DeclareSubscribed' }, undefined, 'tickets_open'],
    ];
    for (const [command, actor, expected] of steps)
      expect([command.type, await world.code('c1', command, actor)]).toEqual([command.type, expected]);
  });

  it('loses a sanction after twelve months without a registration, and is given six more once', async () => {
    const world = openChits();
    world.goTo('2025-01-31');
    for (const [command, actor] of [
      [draft],
      [{ type: 'SubmitScheme' }],
      [{ type: 'SanctionScheme', order: 'o' }, registrar],
    ] as const)
      await world.done('c1', command, actor);
    await world.done('c1', { type: 'ExtendSanction', months: 6 }, registrar);
    expect(await world.code('c1', { type: 'ExtendSanction', months: 1 }, registrar)).toBe('sanction_time_wrong');
    expect((await world.chit('c1')).sanction).toMatchObject({ lapsesOn: '2026-07-31' });
    world.goTo('2026-07-31');
    expect(await world.code('c1', { type: 'RegisterScheme', number: 'n' }, registrar)).toBe('sanction_time_wrong');
    await world.sweep();
    expect((await world.chit('c1')).phase).toBe('lapsed');
  });

  it('refuses more tickets of one person than the agreement allows, and a foreman without one who is to take an instalment', async () => {
    const world = openChits();
    const change = { custom: { ticketsPerPerson: 1 }, companyChit: { instalment: 1, commission: false } };
    const own = termsToJson(smallTerms({ tickets: 2, instalments: 2, ...change }));
    await world.done('c1', { type: 'DraftScheme', terms: own });
    await world.done('c1', { type: 'SubmitScheme' });
    const enrol = (ticket: number, person: string) =>
      world.code('c1', { type: 'EnrolTicket', ticket, holders: [{ person }] });
    expect([await enrol(1, 'a'), await enrol(2, 'a'), await enrol(2, 'b')]).toEqual([
      'done',
      'too_many_tickets',
      'done',
    ]);
    expect(await world.code('c1', { type: 'DeclareSubscribed' })).toBe('tickets_open');
  });

  it('lists by its phase, and previews without a trace', async () => {
    const world = openChits();
    await world.found('c1', smallTerms());
    await world.done('c2', { ...draft, terms: termsToJson(smallTerms()) });
    const running = (await world.records.list({ status: 'running', limit: 10 }))._unsafeUnwrap().rows;
    expect(running.map(({ id }) => id)).toEqual(['c1']);
    const asking = { actor: { id: 'fatima', role: 'foreman' }, key: 'look' };
    expect((await world.records.preview('c2', { type: 'SubmitScheme' }, asking)).isOk()).toBe(true);
    expect((await world.chit('c2')).phase).toBe('draft');
  });

  it.each([
    [{ type: 'PayInstalment', ticket: 0, amount: rupees(1), channel: 'bank', payment: 'r' }, 'ticket'],
    [{ type: 'PayInstalment', ticket: 1, amount: rupees(0), channel: 'bank', payment: 'r' }, 'amount'],
    [{ type: 'PayInstalment', ticket: 1, amount: rupees(1), channel: 'a:b', payment: 'r' }, 'channel'],
    [{ type: 'CloseDraw', seed: 'short' }, 'seed'],
    [{ type: 'SubmitScheme', extra: 1 }, 'extra'],
    [{ type: 'Nothing' }, 'type'],
  ])('refuses %j for its %s', async (command, field) => {
    const world = openChits();
    const end = await world.records.execute('c1', command as never, { actor: registrar, key: 'k' });
    expect(end._unsafeUnwrapErr()).toMatchObject({ code: 'shape_invalid', field });
  });
});
