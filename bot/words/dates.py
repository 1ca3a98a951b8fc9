"""Dates of the record's precision, ready to be written out."""

from __future__ import annotations

from datetime import date

_PATTERNS = {1: "y", 2: "MMMM y", 3: "d MMMM y"}


def day_and_pattern(iso: str) -> tuple[date, str]:
    """The first day of an ISO date of a day, a month or a year, and the pattern that shows as much of it.

    >>> day_and_pattern("2017-06")
    (datetime.date(2017, 6, 1), 'MMMM y')
    """
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day), _PATTERNS[len(parts)]
