/** What `--help` prints. */
export const HELP = `Runs forty chit funds of 25 tickets over 25 months, with a thousand members, on a clock of its own.

  npm run demo -- chit [flags]

  --schemes N        run the first N of 40 schemes (default: all)
  --store NAME       memory, pglite (default: an embedded Postgres in a folder), postgres
                     (the server at HOLDFAST_PG_URL, else one from npm in the folder) or mongo
                     (the replica set at HOLDFAST_MONGO_URL, else SecantusDB from PyPI in the folder)
  --folder DIR       where the book and the lock lie, made for one number of schemes
                     (default: a folder of .holdfast/, which git ignores)
  --concurrency N    what is in flight at once (default: 1000)
  --json             one JSON object on one line instead of a page, amounts as decimal strings
  --help             this text

Members bid by what the money is worth to them, pay late, default, are struck off and substituted; all of it follows from
names, nothing from the time of the day. Run it again on the same folder and nothing changes; kill it at any moment, run
it again, and it ends with the same book.
`;
