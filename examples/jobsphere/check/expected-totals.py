#!/usr/bin/env python3
"""Recomputes every total of the demo from the file of trips alone.

It shares no code with the demo: another language, integers of cents, half cents rounded up.

    npm run --silent demo -- --json | python3 examples/jobsphere/check/expected-totals.py -
    python3 examples/jobsphere/check/expected-totals.py --trips 500        # prints what is expected

With a file (or - for standard input) it compares, names each difference, and ends with 1 if there is one.
"""

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

TRIPS = Path(__file__).resolve().parent.parent / "data" / "trips.csv"
SMALLEST_BUDGET = 10_00
LARGEST_BUDGET = 10_000_00
SMALLEST_DEPOSIT = 10_00


def cents(text):
    value = Decimal(text) * 100
    if value != value.to_integral_value():
        raise ValueError(f"{text} is no whole number of cents")
    return int(value)


def share(amount, percent):
    """A percentage of an amount of cents, half a cent rounded up."""
    return (2 * amount * percent + 100) // 200


def outcome(number, payment):
    if payment == "credit card":
        return "completed"
    if payment == "cash":
        return ["rejected", "cancelled", "cancelled", "expired"][number % 4]
    if payment == "":
        return "pending"
    raise ValueError(f"row {number} is paid by {payment!r}")


def expected(trips):
    totals = dict.fromkeys(["completed", "rejected", "cancelled", "expired", "pending", "refused"], 0)
    money = dict.fromkeys(["deposited", "available", "held", "paid", "fees"], 0)
    with TRIPS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if trips is not None:
        rows = rows[:trips]
    for number, row in enumerate(rows, start=1):
        budget = cents(row["total"]) - cents(row["tip"])
        if not SMALLEST_BUDGET <= budget <= LARGEST_BUDGET:
            totals["refused"] += 1
            continue
        platform, service = share(budget, 5), share(budget, 20)
        charge = budget + platform
        deposit = max(charge, SMALLEST_DEPOSIT)
        ending = outcome(number, row["payment"])
        totals[ending] += 1
        money["deposited"] += deposit
        money["available"] += deposit - charge
        if ending == "completed":
            money["paid"] += budget - service
            money["fees"] += platform + service
        elif ending == "pending":
            money["held"] += charge
        else:
            money["available"] += charge
    assert money["deposited"] == money["available"] + money["held"] + money["paid"] + money["fees"]
    decimals = {name: f"{amount // 100}.{amount % 100:02d}" for name, amount in money.items()}
    return {"trips": len(rows), **totals, **decimals}


def main(arguments):
    trips = None
    if "--trips" in arguments:
        at = arguments.index("--trips")
        trips = int(arguments[at + 1])
        del arguments[at : at + 2]
    if not arguments:
        print(json.dumps(expected(trips), indent=2))
        return 0
    text = sys.stdin.read() if arguments[0] == "-" else Path(arguments[0]).read_text(encoding="utf-8")
    given = json.loads(text)
    wanted = expected(given["trips"] if trips is None else trips)
    differences = [f"{name}: the file says {value}, the demo {given.get(name)}" for name, value in wanted.items() if given.get(name) != value]
    print("\n".join(differences) if differences else f"{len(wanted)} totals of {wanted['trips']} trips agree with the file.")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
