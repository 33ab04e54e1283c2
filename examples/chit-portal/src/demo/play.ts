import { termsToJson } from '@holdfast/chit-fund';
import { agreementOf } from './agreement.ts';
import { type Company, companyOf, REGISTRAR } from './company.ts';
import { finish } from './finish.ts';
import { playMonth } from './play-month.ts';
import { playTrouble } from './play-trouble.ts';
import type { Happening } from './schedule.ts';
import type { Stage } from './stage.ts';

/**
 * Plays one happening. What is asked for follows from the plan and from draws that are over, never from what may still change: asking again is answered again,
 * and changes nothing.
 *
 * @throws {DemoFailed} when the book answers anything but what was planned.
 */
export async function play(stage: Stage, happening: Happening): Promise<void> {
  const company = companyOf(stage, happening);
  switch (happening.what) {
    case 'found':
    case 'sanction':
    case 'register':
    case 'subscribe':
    case 'commence':
      return playFounding(company, happening.what);
    case 'finish':
      return finish(stage, company);
    case 'strike_off':
    case 'resolve':
    case 'demand':
    case 'accelerate':
    case 'recover':
      return playTrouble(company, happening);
    default:
      return playMonth(company, happening);
  }
}

async function playFounding(
  { plan, ask, askAll }: Company,
  what: 'found' | 'sanction' | 'register' | 'subscribe' | 'commence',
) {
  const { id, foreman, terms, members } = plan;
  switch (what) {
    case 'found':
      await ask('draft', foreman, { type: 'DraftScheme', terms: termsToJson(terms), agreement: agreementOf(plan) });
      await ask('submit', foreman, { type: 'SubmitScheme' });
      return;
    case 'sanction':
      await ask('sanction', REGISTRAR, { type: 'SanctionScheme', order: `order of ${id}` });
      return;
    case 'register':
      await ask('register', REGISTRAR, { type: 'RegisterScheme', number: `number of ${id}` });
      return;
    case 'subscribe':
      await askAll(
        'enrol',
        foreman,
        members.map(({ ticket, member }) => ({ type: 'EnrolTicket', ticket, holders: [{ person: member }] })),
      );
      await ask('subscribed', foreman, { type: 'DeclareSubscribed' });
      return;
    case 'commence':
      await ask('commence', REGISTRAR, { type: 'CommenceScheme', certificate: `certificate of ${id}` });
  }
}
