import { addDuration, hours, minutes } from '@holdfast/kernel';
import type { Session } from '../host/database.ts';
import { putInOutbox } from '../messages/outbox.ts';
import type { Portal } from '../portal.ts';
import { digestOf, newSecretToken } from './secret-tokens.ts';

/** Who is mailed a token, and what it is good for. */
export interface MailedToken {
  readonly userId: string;
  readonly email: string;
  readonly purpose: 'verify_email' | 'reset_password';
}

/** Mails a token that is good once and for a while. One that was mailed before for the same purpose is good no more. */
export async function mailToken(
  portal: Portal,
  session: Session,
  { userId, email, purpose }: MailedToken,
): Promise<void> {
  const now = portal.clock();
  const token = newSecretToken();
  await session.deleteFrom('mailed_tokens').where('user_id', '=', userId).where('purpose', '=', purpose).execute();
  await session
    .insertInto('mailed_tokens')
    .values({
      hash: digestOf(token),
      user_id: userId,
      purpose,
      expires_at: addDuration(now, LIVES[purpose]),
      used_at: null,
    })
    .execute();
  const { subject, text } = LETTERS[purpose](portal.publicUrl, token);
  await putInOutbox(session, { channel: 'MAIL', address: email, subject, body: text, now });
}

const LIVES = { verify_email: hours(48), reset_password: minutes(30) };

type Letter = (url: string, token: string) => { readonly subject: string; readonly text: string };

const LETTERS: { readonly [Purpose in MailedToken['purpose']]: Letter } = {
  verify_email: (url, token) => ({
    subject: 'Verify your mail address',
    text: `Welcome. Please verify your mail address within 48 hours:\n\n${url}/verify-email?token=${token}\n`,
  }),
  reset_password: (url, token) => ({
    subject: 'Set your password',
    text: `Set a new password within 30 minutes:\n\n${url}/reset-password?token=${token}\n\nIf you did not ask for this, nothing has changed.\n`,
  }),
};
