"""Read-only questions to the built record; every query is one statement on an indexed table.

The file is opened immutable: any number of processes can share it, and nothing here can change it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from knowledge.errors import StoreError
from knowledge.models import Correction, Event, Fact, Source
from knowledge.tables import Row, made
from knowledge.vocabulary_tables import read_vocabulary

#: The layout of the built file that this code reads; `build` writes the same number.
FORMAT = "4"

_FACTS = "select facts.*, series.scope, series.publisher from facts join series on series.id = facts.series"
_CUMULATIVE = (
    "metric = ? and place = ? and actor = ? and as_of_first is not null"
    " and target is null and series.scope = 'cumulative'"
)
#: How late a level is; one dated only to a year tells less of the year's end than any dated in it.
_LEVEL_RECENCY = "case when length(start) = 4 then first_day else last_day end"


class Store:
    """The built record. `vocabulary` is what a question can name; the methods find facts."""

    def __init__(self, path: Path) -> None:
        """Open a built record.

        Raises StoreError if there is none, if it is no database, or if it has another format.
        """
        if not path.is_file():
            raise StoreError(f"No built record at {path}: run `sitrep record build`.")
        try:
            connection = sqlite3.connect(
                f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._database = Database(connection)
            self._meta = {row["key"]: row["value"] for row in self._rows("select key, value from meta")}
            if self._meta.get("format") != FORMAT:
                raise StoreError(
                    f"The record at {path} was built for another version: run `sitrep record build`."
                )
            self._sources = {row["id"]: _source(row) for row in self._rows("select * from sources")}
            self.vocabulary = read_vocabulary(self._rows, self._sources, self.language_words())
        except KeyError as error:
            raise StoreError(f"The record at {path} lacks {error}: run `sitrep record build`.") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The record at {path} cannot be read ({error}): run `sitrep record build`."
            ) from error

    @property
    def digest(self) -> str:
        """The SHA-256 of the curated files that the record was built from."""
        return str(self._meta.get("digest", ""))

    def close(self) -> None:
        """Close the file."""
        self._database.conn.close()

    def _rows(self, sql: str, arguments: Sequence[object] = ()) -> list[Row]:
        cursor = self._database.execute(sql, tuple(arguments))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _facts(self, where: str, arguments: Sequence[object], order: str) -> tuple[Fact, ...]:
        rows = self._rows(f"{_FACTS} where {where} order by {order}", arguments)
        return tuple(self._fact(row) for row in rows)

    def _fact(self, row: Row) -> Fact:
        names = [
            "id",
            "series",
            "metric",
            "actor",
            "place",
            "target",
            "effect",
            "start",
            "end",
            "as_of",
            "value",
            "low",
            "high",
            "qualifier",
            "locator",
            "note",
        ]
        return Fact(source=self._sources[row["source"]], **{name: row[name] for name in names})

    # -- facts -------------------------------------------------------------------------------

    def fact(self, identifier: str) -> Fact | None:
        """The fact of an id."""
        return next(iter(self._facts("facts.id = ?", (identifier,), "facts.id")), None)

    def facts(self) -> tuple[Fact, ...]:
        """Every fact, in the record's order."""
        return self._facts("true", (), "facts.rowid")

    def corrections(self, facts: Sequence[str]) -> tuple[Correction, ...]:
        """What was changed in some facts, in the order it was written down."""
        if not facts:
            return ()
        marks = ", ".join("?" * len(facts))
        sql = f"select * from corrections where fact in ({marks}) order by number"
        return tuple(made(Correction, row) for row in self._rows(sql, facts))

    def within(
        self, metric: str, place: str, actor: str, first: date, last: date, target: str | None = None
    ) -> tuple[Fact, ...]:
        """Facts on periods that lie wholly inside the days asked for, earliest first."""
        where, arguments = _place_and_target(metric, place, actor, target)
        where += " and series.scope = 'period' and first_day between ? and ? and last_day <= ?"
        return self._facts(
            where,
            (*arguments, first.isoformat(), last.isoformat(), last.isoformat()),
            "first_day, last_day, facts.id",
        )

    def overlapping(
        self, metric: str, place: str, actor: str, first: date, last: date, target: str | None = None
    ) -> tuple[Fact, ...]:
        """Facts on periods that share a day with the days asked for, earliest first."""
        where, arguments = _place_and_target(metric, place, actor, target)
        where += " and series.scope = 'period' and first_day <= ? and last_day >= ?"
        return self._facts(
            where, (*arguments, last.isoformat(), first.isoformat()), "first_day, last_day, facts.id"
        )

    def latest_cumulative(
        self, metric: str, place: str, actor: str, not_after: date | None = None
    ) -> tuple[Fact, ...]:
        """Each publisher's last cumulative figure, the latest first; `not_after` bounds their dates."""
        where = _CUMULATIVE
        arguments: list[object] = [metric, place, actor]
        if not_after is not None:
            where += f" and {_counts_from('as_of')} <= ?"
            arguments.append(not_after.isoformat())
        return self._latest(where, arguments, "as_of_last")

    def levels(
        self, metric: str, place: str, actor: str, first: date | None, last: date | None
    ) -> tuple[Fact, ...]:
        """How much there was, each time that lies inside the days asked for, earliest first."""
        if metric not in self.vocabulary.levels:
            return ()
        where, arguments = _level(metric, place, actor)
        where += " and first_day >= ? and last_day <= ?"
        days = ((first or date.min).isoformat(), (last or date.max).isoformat())
        return self._facts(where, (*arguments, *days), "first_day, last_day, facts.id")

    def latest_levels(
        self, metric: str, place: str, actor: str, not_after: date | None = None
    ) -> tuple[Fact, ...]:
        """The last of each publisher's levels, the latest first; `not_after` bounds their dates."""
        if metric not in self.vocabulary.levels:
            return ()
        where, arguments = _level(metric, place, actor)
        if not_after is not None:
            where += f" and {_counts_from('start')} <= ?"
            arguments.append(not_after.isoformat())
        return self._latest(where, arguments, _LEVEL_RECENCY)

    def _latest(self, where: str, arguments: Sequence[object], day: str) -> tuple[Fact, ...]:
        """The facts that are each publisher's last ones; several, where it has more for the same day."""
        ranked = f"rank() over (partition by series.publisher order by {day} desc) as recency"
        sql = f"select * from ({_FACTS.replace(' from facts', f', {ranked} from facts')} where {where})"
        rows = self._rows(f"{sql} where recency = 1 order by {day} desc, id", arguments)
        return tuple(self._fact(row) for row in rows)

    def cumulative(self, metric: str, place: str, actor: str) -> tuple[Fact, ...]:
        """All cumulative figures, earliest first."""
        return self._facts(_CUMULATIVE, (metric, place, actor), "as_of_last, facts.id")

    def pins(self, metric: str, place: str) -> tuple[Fact, ...]:
        """The pinned figures of a metric in a place, in the curators' order."""
        rows = self._rows(
            "select facts.* from pins join facts on facts.id = pins.fact"
            " where pins.metric = ? and pins.place = ? order by position",
            (metric, place),
        )
        return tuple(self._fact(row) for row in rows)

    def places_struck(
        self, places: Sequence[str], first: date, last: date, metric: str = "strikes"
    ) -> tuple[Fact, ...]:
        """The counts of each of some places on the days asked for, in the record's order."""
        marks = ", ".join("?" * len(places))
        where = f"metric = ? and place in ({marks}) and series.scope = 'period' and not series.partial"
        where += " and first_day between ? and ? and last_day <= ?"
        days = (first.isoformat(), last.isoformat(), last.isoformat())
        return self._facts(where, (metric, *places, *days), "facts.rowid")

    def targets_hit(
        self, places: Sequence[str], first: date, last: date, targets: Sequence[str] = ()
    ) -> tuple[Fact, ...]:
        """Counts of targets by type in some places on the days asked for, in the record's order."""
        marks = ", ".join("?" * len(places))
        where = f"metric = 'targets' and place in ({marks}) and not series.partial"
        where += " and first_day between ? and ? and last_day <= ?"
        arguments: list[object] = [*places, first.isoformat(), last.isoformat(), last.isoformat()]
        if targets:
            where += f" and target in ({', '.join('?' * len(targets))})"
            arguments += targets
        return self._facts(where, arguments, "facts.rowid")

    def published_on(self, metric: str, place: str, actor: str, first: date, last: date) -> tuple[Fact, ...]:
        """Facts on periods from sources that were published on the days asked for."""
        where = "metric = ? and place = ? and actor = ? and target is null"
        where += " and series.scope = 'period' and series.addable"
        where += " and facts.source in (select id from sources where published >= ? and published <= ?)"
        return self._facts(
            where,
            (metric, place, actor, first.isoformat(), last.isoformat()),
            "first_day, last_day, facts.id",
        )

    def span_of(self, metric: str, place: str, actor: str) -> tuple[date | None, date | None]:
        """First and last day that period figures of a metric and place are on record for."""
        where, arguments = _place_and_target(metric, place, actor, None)
        sql = (
            "select min(first_day) as first, max(last_day) as last from facts"
            " join series on series.id = facts.series"
            f" where {where} and series.addable and scope = 'period'"
        )
        row = self._rows(sql, arguments)[0]
        if row["first"] is None:
            return None, None
        return date.fromisoformat(row["first"]), date.fromisoformat(row["last"])

    def years_with_day(self, month: int, day: int | None) -> tuple[int, ...]:
        """Years whose day (or month) is on record, earliest first."""
        pattern = f"____-{month:02d}-{day:02d}" if day else f"____-{month:02d}-%"
        rows = self._rows(
            "select distinct substr(first_day, 1, 4) as year from facts where first_day like ?"
            " and metric in ('strikes', 'weapons_released') order by 1",
            (pattern,),
        )
        return tuple(int(row["year"]) for row in rows)

    def has_metric(self, metric: str) -> bool:
        """Whether any figure of a metric is on record."""
        return bool(self._rows("select 1 from facts where metric = ? limit 1", (metric,)))

    def has(self, metric: str, place: str) -> bool:
        """Whether any figure of a metric is on record for a place."""
        return bool(self._rows("select 1 from facts where metric = ? and place = ? limit 1", (metric, place)))

    def has_periods(self, metric: str) -> bool:
        """Whether a metric was ever counted over some days, not only up to a day."""
        sql = "select 1 from facts join series on series.id = facts.series where metric = ?"
        return bool(self._rows(f"{sql} and series.scope = 'period' limit 1", (metric,)))

    def with_value(self, value: float, metrics: Sequence[str]) -> tuple[Fact, ...]:
        """Facts of some metrics that have just this value."""
        marks = ", ".join("?" * len(metrics))
        return self._facts(f"facts.value = ? and metric in ({marks})", (value, *metrics), "facts.id")

    def of_value(
        self, value: float, metric: str, place: str, days: tuple[date, date] | None
    ) -> tuple[Fact, ...]:
        """Facts with just this value of a metric in a place, or for just these days; no counts of targets."""
        # The plus signs keep SQLite to the index on values: the others hold far more rows.
        where = "facts.value = ? and +target is null and ((+metric = ? and +place = ?)"
        arguments: list[object] = [value, metric, place]
        if days is not None:
            where += " or (+first_day = ? and +last_day = ?)"
            arguments += [day.isoformat() for day in days]
        return self._facts(where + ")", arguments, "facts.id")

    def events(self, event: str) -> tuple[Event, ...]:
        """The dates on record of one happening, the record's own first."""
        rows = self._rows("select * from events where event = ? order by rowid", (event,))
        return tuple(self._event(row) for row in rows)

    def _event(self, row: Row) -> Event:
        names = ["id", "event", "actor", "place", "start", "end", "note"]
        return Event(source=self._sources[row["source"]], **{name: row[name] for name in names})

    def counts(self) -> dict[str, int]:
        """How many figures, sources, events and topics are on record, and how many figures were corrected."""
        tables = {"figures": "facts", "sources": "sources", "events": "events", "topics": "topics"}
        counted = {name: f"select count(*) as n from {table}" for name, table in tables.items()}
        counted["corrected"] = "select count(distinct fact) as n from corrections"
        return {name: int(self._rows(query)[0]["n"]) for name, query in counted.items()}

    def sources(self) -> tuple[Source, ...]:
        """Every source, by publisher and date."""
        return tuple(sorted(self._sources.values(), key=lambda s: (s.publisher, s.published, s.id)))

    def language_words(self) -> Row:
        """The language file, as loaded."""
        return dict(json.loads(self._rows("select content from language order by code")[0]["content"]))


def _place_and_target(metric: str, place: str, actor: str, target: str | None) -> tuple[str, list[object]]:
    where = "metric = ? and place = ? and actor = ?"
    if target is None:
        return where + " and target is null", [metric, place, actor]
    return where + " and target = ?", [metric, place, actor, target]


def _counts_from(column: str) -> str:
    """The day from which a figure holds: any of its month's, but only the last of a bare year."""
    first, last = ("as_of_first", "as_of_last") if column == "as_of" else ("first_day", "last_day")
    return f"case when length({column}) = 4 then {last} else {first} end"


def _level(metric: str, place: str, actor: str) -> tuple[str, list[object]]:
    where, arguments = _place_and_target(metric, place, actor, None)
    return f"{where} and series.scope = 'level'", arguments


def _source(row: Row) -> Source:
    return made(Source, row)
