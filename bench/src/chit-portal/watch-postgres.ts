import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** What the server did while it was watched. */
export interface PostgresFigures {
  /** Milliseconds of CPU of all its processes; nothing where they are not on this machine. */
  readonly cpuMs: number | undefined;
  /** How many backends were at it on average, by what they waited for; `CPU` waits for nothing. */
  readonly backends: { readonly [wait: string]: number };
}

/** Looks on at a server five times a second, until it is asked what it saw. */
export async function watchPostgres(url: string): Promise<{ end(): Promise<PostgresFigures> }> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench watch' });
  await client.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  const postmaster = (await statOf(rows[0].pid))?.parent;
  const before = await cpuMsOf(postmaster);
  const seen = new Map<string, number>();
  let samples = 0;
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(async () => {
      samples++;
      const active = await client.query(WAITS);
      for (const { wait, count } of active.rows) seen.set(wait, (seen.get(wait) ?? 0) + Number(count));
    });
  }, 200);
  return {
    end: async () => {
      clearInterval(timer);
      await looking;
      const after = await cpuMsOf(postmaster);
      await client.end();
      const most = [...seen].sort(([, left], [, right]) => right - left).slice(0, 6);
      return {
        cpuMs: before === undefined || after === undefined ? undefined : after - before,
        backends: Object.fromEntries(most.map(([wait, count]) => [wait, Math.round((count / samples) * 100) / 100])),
      };
    },
  };
}

const WAITS = `select coalesce(wait_event_type || ' ' || wait_event, 'CPU') as wait, count(*) as count from pg_stat_activity
  where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid() group by 1`;

/** Sums what the server's processes have used: those that live, and those that have ended. */
async function cpuMsOf(postmaster: number | undefined): Promise<number | undefined> {
  const own = postmaster === undefined ? undefined : await statOf(postmaster);
  if (postmaster === undefined || own?.name !== 'postgres') return undefined;
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(names.map((name) => statOf(Number(name))));
  const children = all.filter((stat) => stat?.parent === postmaster);
  // The kernel counts in hundredths of a second.
  return children.reduce((sum, stat) => sum + (stat?.ticks ?? 0), own.ticks + own.ofEnded) * 10;
}

async function statOf(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const [, name, rest = ''] = /^\d+ \((.*)\) (.*)/s.exec(text ?? '') ?? [];
  const fields = rest.split(' ');
  const at = (index: number): number => Number(fields[index]);
  return name === undefined ? undefined : { name, parent: at(1), ticks: at(11) + at(12), ofEnded: at(13) + at(14) };
}
