"""What the record has already, in the order that the gates ask for it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import date

from knowledge.curated import CuratedRecord
from knowledge.models import Number, first_day, last_day
from knowledge.rows import TARGETS, FactRow, SourceRow
from knowledge.validation import length_class

Key = tuple[str, ...]
Days = tuple[date, date]
#: Where a row without days is put.
UNDATED = "2014"


class Shelf:
    """The sources and daily figures of a record; a release that was accepted is added to it."""

    def __init__(self, record: CuratedRecord) -> None:
        self.sources = {entry.row.id: entry.row for entry in record.sources}
        self.addresses = {_address(entry.row.url): entry.row.id for entry in record.sources}
        self.ids: set[str] = set()
        self._rows: dict[Key, dict[Days, list[FactRow]]] = {}
        self._runs: dict[Key, list[tuple[date, Number, str]]] = {}
        self._counts: dict[Key, list[tuple[date, Number, str]]] = {}
        self.add(None, (entry.row for entry in record.facts))

    def add(self, source: SourceRow | None, rows: Iterable[FactRow]) -> None:
        """Take a source and its rows in."""
        if source:
            self.sources[source.id] = source
            self.addresses[_address(source.url)] = source.id
        for row in rows:
            self.ids.add(row.id)
            first, last = days_of(row)
            if row.start and row.end:
                self._rows.setdefault(key_of(row), {}).setdefault((first, last), []).append(row)
            run = self._runs if row.start and row.end and row.metric != TARGETS else self._counts
            if run is self._runs or row.as_of:
                key = _run(row) if run is self._runs else key_of(row)
                insort(run.setdefault(key, []), (last, row.value or 0, row.id))

    def source_of(self, address: str) -> str | None:
        """The id of the source on record that has an address."""
        return self.addresses.get(_address(address))

    def same(self, row: FactRow) -> tuple[FactRow, ...]:
        """The rows on record of the same thing and days, whoever published them."""
        return tuple(self._rows.get(key_of(row), {}).get(days_of(row), ()))

    def sharing_days(self, row: FactRow) -> FactRow | None:
        """A row of the same thing whose days lie within those of a row, or the other way round."""
        first, last = days_of(row)
        for (one, other), held in self._rows.get(key_of(row), {}).items():
            inside, around = first <= one and other <= last, one <= first and last <= other
            if (inside or around) and (one, other) != (first, last):
                return held[0]
        return None

    def neighbours(self, row: FactRow) -> list[tuple[Number, str]]:
        """The figures of the same thing right before and after, of stretches equally long."""
        if not row.start:
            return []
        run = self._runs.get(_run(row), [])
        at = bisect_left(run, (days_of(row)[1], -1, ""))
        return [(value, name) for _, value, name in run[max(at - 1, 0) : at + 1]]

    def counts_beside(self, row: FactRow) -> tuple[Number | None, Number | None]:
        """The running counts on record right before and after that of a row."""
        run = self._counts.get(key_of(row), [])
        at = bisect_left(run, (last_day(row.as_of or ""), -1, ""))
        return (run[at - 1][1] if at else None, run[at][1] if at < len(run) else None)


def key_of(row: FactRow) -> Key:
    """What a row counts, its days aside."""
    return (row.series, row.metric, row.actor, row.place, row.target or "", row.effect or "")


def days_of(row: FactRow) -> Days:
    """First and last day of a row of a stretch of days."""
    return first_day(row.start or row.as_of or UNDATED), last_day(row.end or row.as_of or UNDATED)


def _run(row: FactRow) -> Key:
    return (*key_of(row), str(length_class(row)))


def _address(url: str) -> str:
    """An address without what differs between copies of it."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").casefold()
