import { z } from 'zod';
import { durationMs } from './duration.ts';

/** What the environment says. */
export type Config = ReturnType<typeof readConfig>;

/**
 * Reads the environment by the names of the seed. Nothing is assumed in its place where a wrong guess would be unsafe: there is no default secret.
 *
 * @throws Where something is missing or not of its form, with every problem in one message.
 */
export function readConfig(environment: NodeJS.ProcessEnv) {
  const read = SHAPE.safeParse(environment);
  if (!read.success) throw new Error(`The environment is not complete:\n${z.prettifyError(read.error)}`);
  return read.data;
}

const text = z.string().trim().min(1).optional();
const duration = (usual: string) =>
  z
    .string()
    .regex(/^[1-9][0-9]{0,5}[smhd]$/, 'a duration such as 15m or 7d')
    .default(usual)
    .transform(durationMs);

const SHAPE = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3_000),
  HOST: z.string().default('127.0.0.1'),
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: text,
  JWT_SECRET: z.string().min(32, 'at least 32 characters'),
  JWT_EXPIRES_IN: duration('15m'),
  REFRESH_TOKEN_EXPIRES_IN: duration('7d'),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: z.stringbool().default(false),
  METRICS_TOKEN: text,
  ADMIN_EMAIL: z.email().toLowerCase().optional(),
  ADMIN_PHONE: text,
  STORAGE_FOLDER: z.string().default('.chit-portal'),
  S3_BUCKET: text,
  S3_REGION: z.string().default('ap-south-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_ACCESS_KEY: text,
  S3_SECRET_KEY: text,
  SMTP_HOST: text,
  SMTP_PORT: z.coerce.number().int().min(1).max(65_535).default(587),
  SMTP_USER: text,
  SMTP_PASS: text,
  MAIL_FROM: z.string().default('chits@localhost'),
});
