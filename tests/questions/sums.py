"""Sums over the shipped daily releases, added up here from the curated files themselves.

A row's value may be written as ``total strikes syria 2017-06-01 2017-06-30``: then a growing record
changes the sum and no table. Adding up knows nothing of the code that it checks.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

RELEASES = Path(__file__).parents[2] / "knowledge" / "record" / "facts" / "strike-releases"


@lru_cache(maxsize=1)
def days_reported() -> dict[tuple[str, str, str], int]:
    """The value of each metric, place and single day of the daily releases."""
    found: dict[tuple[str, str, str], int] = {}
    for path in sorted(RELEASES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                of_a_day = row["start"] == row["end"] and row["series"] == "strike-releases"
                if of_a_day and not row["target"] and row["value"]:
                    found.setdefault((row["metric"], row["place"], row["start"]), int(row["value"]))
    return found


def resolved(value: str | float) -> float:
    """A value of a table: a number as it stands, a sum added up."""
    if not isinstance(value, str):
        return value
    _, metric, place, first, last = value.split()
    return sum(
        n for (m, p, day), n in days_reported().items() if (m, p) == (metric, place) and first <= day <= last
    )
