// What each provider is owed, and every sum of the demo, from the file of trips alone. It shares no code with the demo, nor with the check in Python.

/** Recomputes the sums of the first so many rows of the file's text; of all of them where no number is given. */
export function sumsOfTrips(text, trips = Number.POSITIVE_INFINITY) {
  const rows = text.trimEnd().split('\n').slice(1).slice(0, trips);
  const total = { captured: 0n, refunded: 0n, tips: 0n, platform: 0n };
  const owed = new Map();
  let [unpaid, held, released] = [0, 0, 0];
  rows.forEach((row, index) => {
    const [, paid, tipText, payment, , zone] = row.split(',');
    if (payment === '') {
      unpaid += 1;
      return;
    }
    const tip = cents(tipText);
    const booking = cents(paid) - tip;
    // Half a cent goes up.
    const fee = (booking * 25n * 2n + 100n) / 200n;
    const turn = payment === 'cash' ? (index + 1) % 4 : 0;
    const refund = [0n, 0n, booking / 2n, booking][turn];
    const feeBack = booking === 0n ? 0n : (2n * fee * refund + booking) / (2n * booking);
    const share = booking - fee - (refund - feeBack) + tip;
    total.captured += booking;
    total.refunded += refund;
    total.tips += tip;
    total.platform += fee - feeBack;
    held += turn > 0 ? 1 : 0;
    released += share > 0n ? 1 : 0;
    const provider = zone === '' ? 'unknown' : zone;
    owed.set(provider, (owed.get(provider) ?? 0n) + share);
  });
  const providers = [...owed].map(([name, sum]) => [name, { owed: dollars(sum), paid: dollars(sum) }]);
  return {
    bookings: rows.length,
    unpaid,
    captured: dollars(total.captured),
    refunded: dollars(total.refunded),
    tips: dollars(total.tips),
    platform: dollars(total.platform),
    providers: Object.fromEntries(providers),
    payouts: { released, failed: 0, held },
  };
}

/** Compares a report with the sums: one line for each that differs. */
export function differencesOf(want, got, at = '') {
  if (typeof want !== 'object' || typeof got !== 'object' || got === null)
    return want === got ? [] : [`${at}: ${want} from the file alone, ${got} in the demo`];
  const names = at === '' ? Object.keys(want) : [...new Set([...Object.keys(want), ...Object.keys(got)])];
  return names.flatMap((name) => differencesOf(want[name], got[name], at === '' ? name : `${at}.${name}`));
}

function cents(text) {
  const [whole, fraction = ''] = text.split('.');
  if (!/^\d+$/.test(whole) || !/^\d{0,2}$/.test(fraction)) throw new Error(`${text} is no whole number of cents`);
  return BigInt(whole + fraction.padEnd(2, '0'));
}

function dollars(sum) {
  const digits = String(sum).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
