/** What `--help` prints. */
export const HELP = `Replays real taxi trips as bookings that are paid, completed, tipped, disputed and paid out, on a clock of its own.

  npm run demo -- crownstandard [flags]

  --trips N          replay the first N of 6,433 trips (default: all)
  --store NAME       memory, pglite (default: an embedded Postgres in a folder), postgres
                     (the server at HOLDFAST_PG_URL, else one from npm in the folder) or mongo
                     (the replica set at HOLDFAST_MONGO_URL, else SecantusDB from PyPI in the folder)
  --folder DIR       where the book, the payment provider's book and the lock lie, made for one number of trips
                     (default: a folder of .holdfast/, which git ignores)
  --concurrency N    bookings of one hour at once (default: 64)
  --no-faults        a payment provider that never loses an answer; the money is the same
  --drill            beside it, on the first trips: refunds after the payout, late tips, reversals, forgotten keys,
                     an empty balance, pending funds, and a restore from a backup of 30 hours ago
  --json             one JSON object on one line instead of a page, amounts as decimal strings
  --help             this text

The payment provider is a server on this machine that speaks as much of Stripe's API as is used. It is not Stripe: it loses
answers, answers 500 with and without having done what was asked, and sends webhooks late, twice or never.
Run it again on the same folder and nothing changes; kill it at any moment, run it again, and everybody is paid once.
`;
