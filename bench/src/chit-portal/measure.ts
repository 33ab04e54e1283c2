import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readServerSettings } from '../server-settings.ts';
import { type LoadResult, layLoad } from './load.ts';
import type { BenchUser, PortalFigures, PortalTask } from './plan.ts';
import { report } from './report.ts';
import { watchPostgres } from './watch-postgres.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Who use the portal at the same time, each over a connection of his own. */
    users: { type: 'string', default: '1000' },
    /** Seconds that are measured, after a quarter of that (at most ten) as warm-up. */
    seconds: { type: 'string', default: '60' },
    /** Milliseconds between an answer and the next question of the same user, on average. */
    think: { type: 'string', default: '2000' },
    /** Processes of the portal. */
    portals: { type: 'string', default: '1' },
    /** A folder for V8's CPU profiles of the portal's processes; costs some speed. */
    profile: { type: 'string' },
    /** Of the database. */
    url: { type: 'string' },
    /** The bundled program of a process of the portal. */
    portal: { type: 'string' },
  },
});
const given = {
  users: whole('users', 1, 20_000),
  seconds: whole('seconds', 1, 3_600),
  thinkMs: whole('think', 0, 60_000),
  portals: whole('portals', 1, 16),
};
/** Of its own by name, so that it takes nothing of anybody's on a server that is given. */
const DATABASE = 'holdfast_bench_chit_portal';

await bench();

async function bench(): Promise<void> {
  const url = await emptyDatabase();
  const children: ChildProcess[] = [];
  const start = (task: Pick<PortalTask, 'mode' | 'worker'>): ChildProcess => {
    const child = fork(flags.portal as string, [JSON.stringify({ url, users: given.users, ...task })], {
      execArgv: flags.profile && task.mode === 'serve' ? ['--cpu-prof', `--cpu-prof-dir=${flags.profile}`] : [],
    });
    children.push(child);
    return child;
  };
  try {
    say(`${given.users} users, their schemes and draws`);
    const preparing = start({ mode: 'prepare', worker: false });
    const { users } = await heard<{ readonly users: readonly BenchUser[] }>(preparing);
    await once(preparing, 'exit');
    const portals = Array.from({ length: given.portals }, (_, index) => start({ mode: 'serve', worker: index === 0 }));
    const origins: string[] = [];
    for (const portal of portals) origins.push((await heard<{ readonly origin: string }>(portal)).origin);
    const measured = await underLoad({ url, users, portals, origins });
    report({ ...given, ...measured, server: await readServerSettings(url) }, flags.json === true);
  } finally {
    await Promise.all(children.map(end));
    await onServer(`drop database if exists ${DATABASE} with (force)`);
  }
}

interface Setting {
  readonly url: string;
  readonly users: readonly BenchUser[];
  readonly portals: readonly ChildProcess[];
  readonly origins: readonly string[];
}

async function underLoad({ url, users, portals, origins }: Setting) {
  const warmUpMs = Math.min(10_000, given.seconds * 250) + given.thinkMs;
  say(`warm-up of ${warmUpMs / 1_000} s, then ${given.seconds} s`);
  const from = performance.now() + warmUpMs;
  const until = from + given.seconds * 1_000;
  const load = layLoad(users, { origins, thinkMs: given.thinkMs, from, until });
  const watched = watch({ url, portals, from, until });
  // Whichever fails first ends the bench.
  const [result, figures]: [LoadResult, Awaited<typeof watched>] = await Promise.all([load, watched]);
  return { ...result, ...figures };
}

/** Watches the portal, the server and this process while the load is on. */
async function watch({ url, portals, from, until }: Omit<Setting, 'users' | 'origins'> & Span) {
  await wait(from);
  for (const portal of portals) portal.send('begin');
  const cpu = process.cpuUsage();
  const postgres = await watchPostgres(url);
  await wait(until);
  const used = process.cpuUsage(cpu);
  const answers = portals.map((portal) => {
    portal.send('end');
    return heard<{ readonly figures: PortalFigures }>(portal);
  });
  return {
    postgres: await postgres.end(),
    processes: (await Promise.all(answers)).map(({ figures }) => figures),
    loadCpuMs: Math.round((used.user + used.system) / 1_000),
  };
}

interface Span {
  readonly from: number;
  readonly until: number;
}

function wait(moment: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));
}

/** Gives the next message of a process; it has to come before the process ends. */
function heard<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    // The end of the channel and not of the process: that may be heard before the last message is.
    const gone = (): void => reject(new Error(`a process of the portal ended: ${child.exitCode}`));
    child.once('disconnect', gone);
    child.once('message', (message) => {
      child.off('disconnect', gone);
      resolve(message as Message);
    });
  });
}

/** Lets a process finish; one that has not after ten seconds is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  if (child.connected) child.send('stop');
  await gone;
  clearTimeout(timer);
}

async function emptyDatabase(): Promise<string> {
  await onServer(`drop database if exists ${DATABASE} with (force)`);
  await onServer(`create database ${DATABASE}`);
  return Object.assign(new URL(flags.url as string), { pathname: `/${DATABASE}` }).href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: flags.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function whole(name: 'users' | 'seconds' | 'think' | 'portals', least: number, most: number): number {
  const value = Number(flags[name]);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} ${flags[name]}: a whole number from ${least} to ${most}`);
}

function say(text: string): void {
  process.stderr.write(`… ${text}\n`);
}
