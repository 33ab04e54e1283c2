/** What `--help` prints. */
export const HELP = `Replays real taxi trips as escrowed jobs, and shows the proof that no cent was created or lost.

  npm run demo -- [flags]

  --trips N          replay the first N of 6,433 trips (default: all)
  --store NAME       memory, pglite (default: an embedded Postgres in a folder), postgres
                     (the server at HOLDFAST_PG_URL, else one from npm in the folder) or mongo
                     (the replica set at HOLDFAST_MONGO_URL, else SecantusDB from PyPI in the folder,
                     which speaks MongoDB's protocol and needs Python 3.10 to 3.13)
  --folder DIR       where books, lock and export lie, made for one number of trips; each store keeps a book of its own there
                     (default: a folder of .holdfast/, which git ignores)
  --concurrency N    jobs in flight at once (default: 2,000; with 1 every store ends with the same digest)
  --json             one JSON object on one line instead of a page, amounts as decimal strings
  --help             this text

Run it again on the same folder and nothing changes; kill it at any moment, run it again, and the book ends the same.
PGlite writes through the operating system without waiting for the disk: what was answered survives the death of the
process, but a power failure may take the last moments. For money, use Postgres.
`;
