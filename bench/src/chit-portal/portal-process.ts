import { createWriteStream } from 'node:fs';
import { type AppOptions, buildApp } from '@holdfast/example-chit-portal/src/build-app.ts';
import { runWorker } from '@holdfast/example-chit-portal/src/jobs/run-worker.ts';
import type { Instant } from '@holdfast/kernel';
import pg from 'pg';
import { DRAW_DAY, type PortalTask, SECRET } from './plan.ts';
import { prepare } from './prepare.ts';
import { watchPortal } from './watch-portal.ts';

// The portal in a process of its own: what it is asked to do stands in its first argument, what it has to say goes to its parent.
const task = JSON.parse(process.argv[2] as string) as PortalTask;
const pool = new pg.Pool({ connectionString: task.url, max: 20 });
pool.on('error', () => {});
// The logs are written as in production, to where nobody keeps them.
const logs = createWriteStream('/dev/null');
// Whoever started this process is gone, or has let it go.
process.once('disconnect', () => process.exit());
if (task.mode === 'prepare') await prepareOnce();
else await serve();

async function prepareOnce(): Promise<void> {
  const { clock, goTo } = virtualClock('2026-03-02T04:30:00.000Z');
  const opened = await buildApp(options(clock));
  const users = await prepare(opened, { users: task.users, pool, toDrawDay: () => goTo(DRAW_DAY) });
  // Sent whole before this process lets go of its parent: it is a long message.
  await new Promise<void>((resolve) => process.send?.({ users }, () => resolve()));
  await opened.close();
  await leave();
}

async function serve(): Promise<void> {
  const { app, portal, close } = await buildApp(options(virtualClock(DRAW_DAY).clock));
  const send = async (): Promise<void> => {};
  const worker = task.worker
    ? runWorker(portal, { everyMs: 1_000, channels: { mail: send, sms: send }, onTrouble: console.error })
    : undefined;
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  let watch: ReturnType<typeof watchPortal> | undefined;
  const stop = async (): Promise<void> => {
    process.off('message', told);
    await worker?.stop();
    await close();
    await leave();
  };
  const told = async (message: unknown): Promise<void> => {
    if (message === 'begin') watch = watchPortal(portal, pool);
    if (message === 'end') process.send?.({ figures: await watch?.end() });
    if (message === 'stop') await stop();
  };
  process.on('message', told);
  process.send?.({ origin });
}

function options(clock: () => Instant): AppOptions {
  return {
    pool,
    clock,
    logs,
    secret: SECRET,
    accessExpiresMs: 400 * 86_400_000,
    // A gateway that has the money at once, so that a payment is booked in its own request.
    collect: async () => 'received',
    limits: { requests: Number.MAX_SAFE_INTEGER, passwords: Number.MAX_SAFE_INTEGER },
    storage: {
      put: async () => {},
      get: async () => undefined,
      remove: async () => {},
    },
  };
}

/** A clock that goes as fast as that of the machine, from another moment on. */
function virtualClock(start: Instant) {
  let from = Date.parse(start) - Date.now();
  return {
    clock: (): Instant => new Date(Date.now() + from).toISOString(),
    goTo: (instant: Instant): void => {
      from = Date.parse(instant) - Date.now();
    },
  };
}

async function leave(): Promise<void> {
  await pool.end();
  logs.end();
  process.disconnect?.();
}
