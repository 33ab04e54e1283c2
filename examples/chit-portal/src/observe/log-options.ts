import type { Instant } from '@holdfast/kernel';
import type { FastifyServerOptions } from 'fastify';

/** Where log lines go. */
export interface LogStream {
  write(line: string): void;
}

/**
 * Says how lines are logged: as the seed's `LogEntry`, one JSON object a line with `timestamp`, `level`, `service`, `action`, `userId`, `details` and
 * `traceId`. Passwords and tokens never reach a line: bodies are not logged.
 */
export function logOptions({
  clock,
  stream,
}: {
  readonly clock: () => Instant;
  readonly stream: LogStream | undefined;
}) {
  if (!stream) return false satisfies FastifyServerOptions['logger'];
  return {
    stream,
    level: 'info',
    base: { service: 'chit-portal' },
    messageKey: 'action',
    nestedKey: 'details',
    timestamp: () => `,"timestamp":"${clock()}"`,
    formatters: { level: (label: string) => ({ level: LEVELS[label] ?? 'ERROR' }) },
  } satisfies FastifyServerOptions['logger'];
}

const LEVELS: { readonly [label: string]: string } = { trace: 'INFO', debug: 'INFO', info: 'INFO', warn: 'WARN' };
