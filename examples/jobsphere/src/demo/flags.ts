import path from 'node:path';
import type { StoreName } from '@holdfast/demo-kit';
import { err, ok, type Result } from 'neverthrow';

/** What the demo was asked for on its command line. */
export interface Flags {
  readonly help: boolean;
  /** Rows to replay, from the first. */
  readonly trips: number;
  readonly store: StoreName;
  /** Absolute path of the folder for the book, its lock and the export. */
  readonly folder: string;
  /** Jobs in flight at once. */
  readonly concurrency: number;
  readonly json: boolean;
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
  /** Rows in the file of trips. */
  readonly rows: number;
  /** Folder under which the default folders lie. */
  readonly home: string;
  /** Folder against which `--folder` is resolved. */
  readonly workingFolder: string;
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
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [name = '', inline] = splitOnce(word);
    if (SWITCHES.includes(name) && inline === undefined) {
      given.set(name, 'true');
      continue;
    }
    if (!VALUED.includes(name)) return err(invalid(word, word, `${[...VALUED, ...SWITCHES].join(', ')}`));
    const value = inline ?? words[at + 1];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      return err(invalid(name, value ?? 'nothing', ALLOWED[name] ?? 'a value'));
    }
    given.set(name, value);
    if (inline === undefined) at += 1;
  }
  return readValues(given, around);
}

function readValues(given: ReadonlyMap<string, string>, around: FlagSurroundings): Result<Flags, FlagInvalid> {
  const trips = readCount(given.get('--trips') ?? String(around.rows), around.rows);
  if (trips === undefined)
    return err(invalid('--trips', given.get('--trips'), `a whole number from 1 to ${around.rows}`));
  const concurrency = readCount(given.get('--concurrency') ?? String(DEFAULT_CONCURRENCY), LARGEST_CONCURRENCY);
  if (concurrency === undefined)
    return err(invalid('--concurrency', given.get('--concurrency'), ALLOWED['--concurrency'] ?? ''));
  const store = STORES.find((name) => name === (given.get('--store') ?? 'pglite'));
  if (store === undefined) return err(invalid('--store', given.get('--store'), ALLOWED['--store'] ?? ''));
  const asked = given.get('--folder');
  if (asked?.trim() === '' || asked?.includes('\0')) return err(invalid('--folder', asked, ALLOWED['--folder'] ?? ''));
  // Nothing below refuses.
  const usual = path.join(around.home, given.has('--trips') ? `demo-${store}-${trips}-trips` : `demo-${store}`);
  return ok({
    help: given.has('--help'),
    trips,
    store,
    folder: asked === undefined ? usual : path.resolve(around.workingFolder, asked),
    concurrency,
    json: given.has('--json'),
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

const DEFAULT_CONCURRENCY = 1_000;
const LARGEST_CONCURRENCY = 2_000;
const STORES: readonly StoreName[] = ['memory', 'pglite', 'postgres', 'mongo'];
const SWITCHES = ['--json', '--help'];
const VALUED = ['--trips', '--store', '--folder', '--concurrency'];
const ALLOWED: Readonly<Record<string, string>> = {
  '--trips': 'a whole number of trips, from 1',
  '--store': 'memory, pglite, postgres or mongo',
  '--folder': 'the path of a folder',
  '--concurrency': `a whole number from 1 to ${LARGEST_CONCURRENCY}`,
};
