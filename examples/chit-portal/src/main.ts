import { startPostgres } from '@holdfast/embedded-server';
import pg from 'pg';
import { buildApp } from './build-app.ts';
import { runWorker } from './jobs/run-worker.ts';
import { smtpMail } from './messages/smtp-mail.ts';
import { type Config, readConfig } from './read-config.ts';
import { folderStorage } from './storage/folder-storage.ts';
import { s3Storage } from './storage/s3-storage.ts';
import type { Storage } from './storage/storage.ts';
import { registerFirstAdmin } from './users/first-admin.ts';

// Serves the portal on the server at DATABASE_URL, else on an embedded Postgres that is gone at the end.
const config = readConfig(process.env);
const embedded = config.DATABASE_URL === undefined ? await startPostgres() : undefined;
const pool = new pg.Pool({ connectionString: config.DATABASE_URL ?? embedded?.url, max: 20 });
const storage = openStorage(config);
const smtp = openMail(config);
const { app, portal, close } = await buildApp({
  pool,
  storage,
  secret: config.JWT_SECRET,
  accessExpiresMs: config.JWT_EXPIRES_IN,
  refreshExpiresMs: config.REFRESH_TOKEN_EXPIRES_IN,
  publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
  trustProxy: config.TRUST_PROXY,
  metricsToken: config.METRICS_TOKEN,
  logs: process.stdout,
});
pool.on('error', (error) => app.log.error({ error: String(error) }, 'database.connection'));
const { ADMIN_EMAIL: email, ADMIN_PHONE: phoneNumber } = config;
if (email && phoneNumber) await registerFirstAdmin(portal, { email, phoneNumber });
const worker = runWorker(portal, {
  everyMs: 1_000,
  channels: {
    mail: smtp?.send ?? (async (mail) => unsent('mail.unsent', mail)),
    // No provider of short messages is known to the portal: a real one is given here.
    sms: async (message) => unsent('sms.unsent', message),
  },
  onTrouble: (trouble, action) => app.log.error({ trouble: String(trouble) }, action),
});
await app.listen({ host: config.HOST, port: config.PORT });
app.log.info({ address: app.server.address() }, 'portal.listening');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

/** Without a server for mail a developer reads it in the log; in production its text, which may hold a token, stays out of it. */
function unsent(
  action: string,
  { text, ...rest }: { readonly id: string; readonly to: string; readonly text: string },
): void {
  app.log.info(config.NODE_ENV === 'production' ? rest : { ...rest, text }, action);
}

function openStorage(given: Config): Storage {
  const { S3_BUCKET: bucket, S3_REGION: region, S3_ENDPOINT: endpoint } = given;
  const { S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = given;
  if (bucket === undefined) return folderStorage(given.STORAGE_FOLDER);
  if (accessKey === undefined || secretKey === undefined)
    throw new Error('S3_ACCESS_KEY and S3_SECRET_KEY are missing');
  return s3Storage({ bucket, region, accessKey, secretKey, endpoint });
}

function openMail(given: Config): ReturnType<typeof smtpMail> | undefined {
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASS: pass, MAIL_FROM: from } = given;
  return host === undefined ? undefined : smtpMail({ host, port, user, pass, from });
}

/** Takes no more requests, finishes what is under way, and leaves nothing open. */
async function stop(): Promise<void> {
  await worker.stop();
  await close();
  smtp?.close();
  await pool.end();
  await embedded?.stop();
}
