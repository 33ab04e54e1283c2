import { daysAfter } from '../day-of.ts';
import { decimal } from '../feed/project-dues.ts';
import type { NotificationEvent } from '../host/tables.ts';
import { tell } from '../messages/tell.ts';
import type { Portal } from '../portal.ts';
import { schemeOf } from '../schemes/show-scheme.ts';
import { eachRunningScheme, type RunningScheme } from './each-running-scheme.ts';

/**
 * Reminds members of a day's business: instalments that are due in 7, 3 or 1 days, today, were yesterday, and then each week; auctions in 7 days and
 * tomorrow. Each reminder is sent once, under its own id, however often the job runs.
 */
export async function remindMembers(portal: Portal, today: string): Promise<string> {
  let count = 0;
  for await (const running of eachRunningScheme(portal)) {
    for (const reminder of [...dueReminders(running, today), ...auctionReminders(running, today)]) {
      const { id, userId, event, values } = reminder;
      await tell(portal.database, {
        id,
        userId,
        event,
        values: { scheme: running.row.name, ...values },
        now: portal.clock(),
      });
      count += 1;
    }
  }
  return `${count} reminders`;
}

interface Reminder {
  readonly id: string;
  readonly userId: string;
  readonly event: NotificationEvent;
  readonly values: { readonly [name: string]: string };
}

/** Of instalments that are settled what is open is known; of the one ahead, what a ticket pays before dividends. */
function* dueReminders({ row, chit }: RunningScheme, today: string): Generator<Reminder> {
  const scheme = schemeOf(chit);
  const next = chit.instalments.filter(({ money }) => money !== undefined).length + 1;
  for (const [index, ticket] of chit.tickets.entries()) {
    const open = ticket.arrears.map(({ instalment, due, principal, interest }) => ({
      instalment,
      due,
      amount: principal + interest,
    }));
    const ahead = scheme.dueDays[next - 1];
    const all = ahead === undefined ? open : [...open, { instalment: next, due: ahead, amount: scheme.subscription }];
    for (const { instalment, due, amount } of all) {
      if (!isReminded(due, today)) continue;
      for (const { person: userId } of ticket.holders) {
        const id = `due.${row.id}.${index + 1}.${instalment}.${today}.${userId}`;
        const values = {
          ticket: String(index + 1),
          instalment: String(instalment),
          amount: decimal(amount),
          dueOn: due,
        };
        yield { id, userId, event: 'PAYMENT_DUE', values };
      }
    }
  }
}

function* auctionReminders({ row, chit }: RunningScheme, today: string): Generator<Reminder> {
  const instalment = chit.instalments.length + 1;
  const drawOn = schemeOf(chit).drawDays[instalment - 1];
  if (drawOn === undefined || ![7, 1].some((ahead) => daysAfter(today, ahead) === drawOn)) return;
  for (const userId of new Set(chit.tickets.flatMap(({ holders }) => holders.map(({ person }) => person)))) {
    const id = `auction.${row.id}.${instalment}.${today}.${userId}`;
    yield { id, userId, event: 'AUCTION_REMINDER', values: { instalment: String(instalment), drawOn } };
  }
}

function isReminded(due: string, today: string): boolean {
  const late = (Date.parse(today) - Date.parse(due)) / 86_400_000;
  return late > 1 ? late % 7 === 1 : [-7, -3, -1, 0, 1].includes(late);
}
