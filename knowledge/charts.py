"""What a chart shows, ready to be drawn: figures of the record by day, month or place, and what is missing.

Nothing here is summed beyond what an answer sums, and nothing is filled in: a day without a report stands
among `missing`, whatever is drawn around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.models import Answer, Number, Period, Source

#: A longer period is shown by month.
MOST_DAYS = 62

#: `days` and `months` are figures over time, `counts` cumulative figures at their dates, `rows` single
#: figures side by side, `map` figures of places that have coordinates.
ChartKind = Literal["days", "months", "counts", "rows", "map"]


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A figure at its days, both included; `amount` is it in words without its unit.

    A range has `low` and `high` and no `value`. `covered` counts the days that a total rests on.
    """

    first: date
    last: date
    amount: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    covered: int = 0

    @property
    def days(self) -> int:
        """How many days the figure is for."""
        return (self.last - self.first).days + 1

    @property
    def is_partial(self) -> bool:
        """Whether some of its days are not on record."""
        return self.covered < self.days

    @property
    def top(self) -> Number:
        """The highest that the figure can be."""
        return self.value if self.value is not None else self.high or 0


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """Figures that belong together; `name` is what tells them from the other series, `unit` what is counted.

    `missing` are days or months that nothing on record is for, `unnamed` those that have a figure for the
    country and none for this. `total` is the answer to the question as a whole, in words; with `is_apart`
    it is no sum of these points. `covered` of `period`'s days are on record. Figures that are not
    `is_joined` are of different people's making: no line leads from one to the next.
    """

    name: str
    unit: str
    points: tuple[ChartPoint, ...]
    period: Period | None = None
    missing: tuple[Period, ...] = ()
    unnamed: tuple[Period, ...] = ()
    total: str = ""
    is_apart: bool = False
    covered: int = 0
    is_joined: bool = True


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A figure of its own with what it is of; `is_part` says that a row above it holds it already."""

    name: str
    amount: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_part: bool = False

    @property
    def top(self) -> Number:
        """The highest that the figure can be."""
        return self.value if self.value is not None else self.high or 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of an answer. `version` is the record's digest, `as_of` the day its latest source came out.

    `sign` stands before each number ("$"). With `is_stacked` the series are parts on top of one another;
    `left_out` counts those too many to draw. `marked` is the stretch that the question led to. For a map
    `missing` holds the days for which no place is on record. `absent` are places asked for that the record
    has nothing on.
    """

    kind: ChartKind
    title: str
    unit: str
    sources: tuple[Source, ...]
    as_of: str
    version: str
    sign: str = ""
    series: tuple[ChartSeries, ...] = ()
    rows: tuple[ChartRow, ...] = ()
    is_stacked: bool = False
    left_out: int = 0
    marked: tuple[Period, ...] = ()
    period: Period | None = None
    missing: tuple[Period, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def figures(self) -> int:
        """How many figures it shows."""
        return len(self.rows) + sum(len(series.points) for series in self.series)


#: Kinds of answers that assert figures of one question; a chart is drawn of no other.
_CHARTED = frozenset({"figure", "total", "comparison", "list"})


def is_charted(answer: Answer) -> bool:
    """Whether an answer asserts what its thread's query asks for, so that a chart can show it."""
    return answer.kind in _CHARTED and bool(answer.figures)


def stretches(days: Iterable[date]) -> tuple[Period, ...]:
    """Days as stretches without a gap, in order of time.

    >>> [period.days for period in stretches([date(2017, 6, 1), date(2017, 6, 2), date(2017, 6, 5)])]
    [2, 1]
    """
    found: list[Period] = []
    for day in sorted(set(days)):
        if found and found[-1].last == day - timedelta(days=1):
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return tuple(found)


def months_of(period: Period) -> tuple[Period, ...]:
    """The calendar months of a period, the first and the last one cut to its days.

    >>> [month.days for month in months_of(Period(date(2017, 5, 30), date(2017, 7, 31)))]
    [2, 30, 31]
    """
    months: list[Period] = []
    first = period.first
    while first <= period.last:
        following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        months.append(Period(first, min(following - timedelta(days=1), period.last)))
        first = following
    return tuple(months)
