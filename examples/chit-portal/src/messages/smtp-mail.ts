import { createTransport } from 'nodemailer';
import type { SendMail } from './channels.ts';

/** Where mail goes. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
  /** The address that mail comes from. */
  readonly from: string;
}

/** Sends mail by SMTP: with TLS from the start on port 465, else with STARTTLS where the server offers it, and never a password without either. */
export function smtpMail({ host, port, user, pass, from }: SmtpOptions): { readonly send: SendMail; close(): void } {
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    ...(user === undefined || pass === undefined ? {} : { auth: { user, pass }, requireTLS: port !== 465 }),
    pool: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async ({ id, to, subject, text }) => {
      await transport.sendMail({ from, to, subject, text, messageId: `<${id}@chit-portal>` });
    },
    close: () => transport.close(),
  };
}

const TIMEOUT_MS = 10_000;
