"""What the record holds month by month: how many figures of each series, and which days have a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge.curated import read_record
from knowledge.errors import RecordError
from knowledge.models import each_day, first_day, last_day
from knowledge.rows import FactRow

#: The series of the daily strike releases, and the series that tell of single days.
RELEASES = "strike-releases"
OF_DAYS = frozenset({RELEASES, "late-strike-reports"})


@dataclass(frozen=True, slots=True)
class MonthCoverage:
    """A month (``2017-06``) with the days that a strike release tells of, and figures by series."""

    month: str
    days: frozenset[date] = frozenset()
    figures: tuple[tuple[str, int], ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether the month has a cumulative figure or one of a series that counts by month or longer."""
        return any(series not in OF_DAYS for series, _ in self.figures)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole record: every month from the first to the last on record, and its sums.

    `releases` counts pages with strikes of single days or stretches, `counted_months` the months with
    a cumulative figure or one of a monthly series.
    """

    months: tuple[MonthCoverage, ...]
    releases: int
    figures: int
    sources: int
    counted_months: int


@dataclass(slots=True)
class _Month:
    days: set[date] = field(default_factory=set)
    figures: dict[str, int] = field(default_factory=dict)


def coverage(folder: Path) -> Coverage:
    """What the curated record of a folder holds by month. Raises RecordError if it can't be read."""
    record = read_record(folder)
    if record.problems:
        raise RecordError(record.problems)
    return coverage_of([entry.row for entry in record.facts], len(record.sources))


def coverage_of(facts: Iterable[FactRow], sources: int) -> Coverage:
    """The coverage of some figures that stand on so many sources."""
    months: dict[str, _Month] = {}
    rows = list(facts)
    for fact in rows:
        when = fact.as_of or fact.start
        if when is None:
            continue
        month = months.setdefault(first_day(when).isoformat()[:7], _Month())
        month.figures[fact.series] = month.figures.get(fact.series, 0) + 1
        if fact.series == RELEASES and fact.start and fact.end:
            for day in each_day(first_day(fact.start), last_day(fact.end)):
                months.setdefault(day.isoformat()[:7], _Month()).days.add(day)
    held = tuple(_month(name, months.get(name, _Month())) for name in _every_month(months))
    return Coverage(
        held,
        len({fact.source for fact in rows if fact.series == RELEASES}),
        len(rows),
        sources,
        sum(month.is_counted for month in held),
    )


def _month(name: str, held: _Month) -> MonthCoverage:
    return MonthCoverage(name, frozenset(held.days), tuple(sorted(held.figures.items())))


def _every_month(months: Iterable[str]) -> Iterator[str]:
    """Every month from the first to the last."""
    named = sorted(months)
    if not named:
        return
    year, month = map(int, named[0].split("-"))
    while (name := f"{year:04d}-{month:02d}") <= named[-1]:
        yield name
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
