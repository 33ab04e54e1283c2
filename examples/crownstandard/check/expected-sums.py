#!/usr/bin/env python3
"""Recomputes what each provider is owed, and every sum of the demo, from the file of trips alone.

It shares no code with the demo: another language, integers of cents, half cents rounded up.

    npm run --silent demo -- crownstandard --json | python3 examples/crownstandard/check/expected-sums.py -
    python3 examples/crownstandard/check/expected-sums.py --trips 500        # prints what is expected

With a file (or - for standard input) it compares, names each difference, and ends with 1 if there is one.
"""

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

TRIPS = Path(__file__).resolve().parent.parent / "data" / "trips.csv"


def cents(text):
    value = Decimal(text) * 100
    if value != value.to_integral_value():
        raise ValueError(f"{text} is no whole number of cents")
    return int(value)


def half_up(numerator, denominator):
    """A quotient of whole numbers, a half rounded up."""
    return (2 * numerator + denominator) // (2 * denominator)


def refund_of(number, payment, booking):
    """What a booking's dispute gives back, and whether there was one."""
    if payment != "cash":
        return 0, False
    return [(0, False), (0, True), (booking // 2, True), (booking, True)][number % 4]


def expected(trips):
    sums = dict.fromkeys(["captured", "refunded", "tips", "platform"], 0)
    unpaid = held = released = 0
    owed = {}
    with TRIPS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if trips is not None:
        rows = rows[:trips]
    for number, row in enumerate(rows, start=1):
        if row["payment"] == "":
            unpaid += 1
            continue
        if row["payment"] not in ("credit card", "cash"):
            raise ValueError(f"row {number} is paid by {row['payment']!r}")
        tip = cents(row["tip"])
        booking = cents(row["total"]) - tip
        fee = half_up(booking * 25, 100)
        refund, disputed = refund_of(number, row["payment"], booking)
        fee_back = half_up(fee * refund, booking)
        share = (booking - fee) - (refund - fee_back) + tip
        sums["captured"] += booking
        sums["refunded"] += refund
        sums["tips"] += tip
        sums["platform"] += fee - fee_back
        held += disputed
        released += share > 0
        provider = row["dropoff_zone"] or "unknown"
        owed[provider] = owed.get(provider, 0) + share
    if sums["captured"] + sums["tips"] != sums["refunded"] + sums["platform"] + sum(owed.values()):
        raise AssertionError("this program itself loses money")
    return {
        "bookings": len(rows),
        "unpaid": unpaid,
        **{name: text(value) for name, value in sums.items()},
        "providers": {name: {"owed": text(value), "paid": text(value)} for name, value in owed.items()},
        "payouts": {"released": released, "failed": 0, "held": held},
    }


def text(value):
    return f"{value // 100}.{value % 100:02d}"


def differences(want, got, path=""):
    if isinstance(want, dict) and isinstance(got, dict):
        for key in sorted(want.keys() | got.keys() if path else want.keys()):
            yield from differences(want.get(key), got.get(key), f"{path}.{key}" if path else key)
    elif want != got:
        yield f"{path}: {want} from the file alone, {got} in the demo"


def main(words):
    trips = int(words[words.index("--trips") + 1]) if "--trips" in words else None
    names = [word for index, word in enumerate(words) if not word.startswith("--") and words[index - 1] != "--trips"]
    if not names:
        print(json.dumps(expected(trips), indent=2, ensure_ascii=False))
        return 0
    lines = (sys.stdin if names[0] == "-" else open(names[0], encoding="utf-8")).read().strip().splitlines()
    report = json.loads(lines[-1])
    found = list(differences(expected(report["bookings"] if trips is None else trips), report))
    for difference in found:
        print(difference)
    print("The demo and the file disagree." if found else "Every sum of the demo follows from the file alone.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
