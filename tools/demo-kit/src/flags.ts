import path from 'node:path';
import { err, ok, type Result } from 'neverthrow';
import type { StoreName } from './open-demo-store.ts';

/** What a demo was asked for on its command line. */
export interface Flags {
  readonly help: boolean;
  /** Rows to play, from the first: `--trips` of them, or what the demo calls them. */
  readonly rows: number;
  readonly store: StoreName;
  /** Absolute path of the folder for the book, its lock and the export. */
  readonly folder: string;
  /** What is in flight at once. */
  readonly concurrency: number;
  readonly json: boolean;
  /** The demo's own switches that were given, such as `--drill`. */
  readonly switches: ReadonlySet<string>;
}

/** The command line asks for something that the demo does not know. */
export interface FlagInvalid {
  readonly code: 'flag_invalid';
  readonly flag: string;
  /** What was given, cut to 64 characters. */
  readonly given: string;
  readonly allowed: string;
}

/** What the flags are measured against. */
export interface FlagSurroundings {
  /** What a row is called, in the plural: `trips` makes the flag `--trips`. */
  readonly of: string;
  /** How many rows there are. */
  readonly rows: number;
  /** Folder under which the default folders lie. */
  readonly home: string;
  /** Folder against which `--folder` is resolved. */
  readonly workingFolder: string;
  /** What the names of default folders begin with. */
  readonly name: string;
  /** How much is in flight where nothing was asked. */
  readonly concurrency: number;
  /** The demo's own switches. */
  readonly switches?: readonly string[];
}

/**
 * Reads the command line. `--name value` and `--name=value` are the same; a flag given twice keeps its last value.
 *
 * @param words - The arguments after the script.
 *
 * @errors
 * - `flag_invalid`: an unknown flag, a missing value, or a value that is not allowed; names the flag, what was given and what is allowed.
 */
export function parseFlags(words: readonly string[], around: FlagSurroundings): Result<Flags, FlagInvalid> {
  const given = new Map<string, string>();
  const switches = [...SWITCHES, ...(around.switches ?? [])];
  const valued = [`--${around.of}`, ...VALUED];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [name = '', inline] = splitOnce(word);
    if (switches.includes(name) && inline === undefined) {
      given.set(name, 'true');
      continue;
    }
    if (!valued.includes(name)) return err(invalid(word, word, [...valued, ...switches].join(', ')));
    const value = inline ?? words[at + 1];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      return err(invalid(name, value ?? 'nothing', ALLOWED[name] ?? `a whole number of ${around.of}, from 1`));
    }
    given.set(name, value);
    if (inline === undefined) at += 1;
  }
  return readValues(given, around);
}

function readValues(given: ReadonlyMap<string, string>, around: FlagSurroundings): Result<Flags, FlagInvalid> {
  const counted = `--${around.of}`;
  const rows = readCount(given.get(counted) ?? String(around.rows), around.rows);
  if (rows === undefined) return err(invalid(counted, given.get(counted), `a whole number from 1 to ${around.rows}`));
  const concurrency = readCount(given.get('--concurrency') ?? String(around.concurrency), LARGEST_CONCURRENCY);
  if (concurrency === undefined)
    return err(invalid('--concurrency', given.get('--concurrency'), ALLOWED['--concurrency'] ?? ''));
  const store = STORES.find((name) => name === (given.get('--store') ?? 'pglite'));
  if (store === undefined) return err(invalid('--store', given.get('--store'), ALLOWED['--store'] ?? ''));
  const asked = given.get('--folder');
  if (asked?.trim() === '' || asked?.includes('\0')) return err(invalid('--folder', asked, ALLOWED['--folder'] ?? ''));
  // Nothing below refuses.
  const usual = given.has(counted) ? `${around.name}-${store}-${rows}-${around.of}` : `${around.name}-${store}`;
  return ok({
    help: given.has('--help'),
    rows,
    store,
    folder: asked === undefined ? path.join(around.home, usual) : path.resolve(around.workingFolder, asked),
    concurrency,
    json: given.has('--json'),
    switches: new Set((around.switches ?? []).filter((name) => given.has(name))),
  });
}

function readCount(text: string, most: number): number | undefined {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) return undefined;
  const count = Number(text);
  return count <= most ? count : undefined;
}

function splitOnce(word: string): readonly [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function invalid(flag: string, given: string | undefined, allowed: string): FlagInvalid {
  return { code: 'flag_invalid', flag: cut(flag), given: cut(given ?? 'nothing'), allowed };
}

function cut(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}

const LARGEST_CONCURRENCY = 2_000;
const STORES: readonly StoreName[] = ['memory', 'pglite', 'postgres', 'mongo'];
const SWITCHES = ['--json', '--help'];
const VALUED = ['--store', '--folder', '--concurrency'];
const ALLOWED: Readonly<Record<string, string>> = {
  '--store': 'memory, pglite, postgres or mongo',
  '--folder': 'the path of a folder',
  '--concurrency': `a whole number from 1 to ${LARGEST_CONCURRENCY}`,
};
