"""Stretches of days: the phrase that names one, and its parts and neighbours in the calendar; pure."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.models import Period

#: No count of days, months or years that is asked for in earnest is larger.
MOST_UNITS = 20_000
FARTHEST = (date(1800, 1, 1), date(2200, 12, 31))
Issue = Literal["", "ambiguous", "no year", "no month", "impossible", "nothing before"]


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A period as the tokens `start` to `end` (excluded) name it, or why it is none.

    `options` are the readings of an ambiguous date. `relative` tells a period counted from the one
    spoken of before; `joined` are the two ends of a range as they were named; `weekday` (Monday 0) was
    named with a day.
    """

    start: int
    end: int
    period: Period | None = None
    issue: Issue = ""
    options: tuple[Period, ...] = ()
    month: int | None = None
    day: int | None = None
    relative: bool = False
    joined: tuple[Period, Period] | None = None
    weekday: int | None = None

    @property
    def has_other_weekday(self) -> bool:
        """Whether the day was named with a weekday that it did not fall on."""
        day = self.period.first if self.period is not None and self.period.days == 1 else None
        return self.weekday is not None and day is not None and day.weekday() != self.weekday


def step(unit: str) -> str:
    """The unit that a weekend or quarter is counted in."""
    return {"weekend": "week", "quarter": "month"}.get(unit, unit)


def half(period: Period, which: int) -> Period:
    """Halves of a month are cut after the 15th, of anything longer after half its months."""
    if period.days <= 31:
        middle = period.first.replace(day=15)
    else:
        months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
        middle = shifted(period.first, "month", max(months // 2, 1)) - timedelta(days=1)
    return Period(period.first, middle) if which == 1 else Period(middle + timedelta(days=1), period.last)


def third(period: Period, which: int) -> Period:
    """Early, mid and late: days 1-10, 11-20 and 21 to the end of a month; thirds of a longer period."""
    if period.days <= 31:
        cuts = (period.first, period.first.replace(day=11), period.first.replace(day=21))
    else:
        months = max(round(period.days / 30.4 / 3), 1)
        cuts = (
            period.first,
            shifted(period.first, "month", months),
            shifted(period.first, "month", 2 * months),
        )
    ends = (cuts[1] - timedelta(days=1), cuts[2] - timedelta(days=1), period.last)
    return Period(cuts[which - 1], ends[which - 1])


def nth(period: Period, unit: str, number: int) -> Period:
    """The nth day, week or month of a period."""
    first = shifted(period.first, step(unit), number - 1)
    last = shifted(first, step(unit), 1) - timedelta(days=1)
    return Period(min(first, period.last), min(last, period.last))


def from_start(period: Period, unit: str, count: int) -> Period:
    """The first so many days, weeks or months of a period."""
    return Period(
        period.first, min(shifted(period.first, step(unit), count) - timedelta(days=1), period.last)
    )


def from_end(period: Period, unit: str, count: int) -> Period:
    """The last so many days, weeks or months of a period."""
    after = period.last + timedelta(days=1)
    return Period(max(shifted(after, step(unit), -count), period.first), period.last)


def weekday_from(period: Period, weekday: int, direction: int) -> date:
    """The nearest such weekday before (-1) or after (1) a period."""
    day = (period.first if direction < 0 else period.last) + timedelta(days=direction)
    while day.weekday() != weekday:
        day += timedelta(days=direction)
    return day


def around(day: date, unit: str) -> Period:
    """The calendar day, week (Monday to Sunday), month or year that a day is in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
        return Period(saturday, saturday + timedelta(days=1))
    if unit == "month":
        first = day.replace(day=1)
        return Period(first, shifted(first, "month", 1) - timedelta(days=1))
    if unit == "year":
        return Period(date(day.year, 1, 1), date(day.year, 12, 31))
    return Period(day, day)


def neighbour(before: Period, unit: str, sign: int) -> Period:
    """The whole week, month or year that adjoins a day."""
    if unit in ("month", "year"):
        return around(shifted(before.first, unit, sign), unit)
    if sign > 0:
        return Period(before.last + timedelta(days=1), shifted(before.last, unit, 1))
    return Period(shifted(before.first, unit, -1), before.first - timedelta(days=1))


def shifted(day: date, unit: str, count: int) -> date:
    """The day `count` units (day, week, fortnight, month, year) later; the end of shorter months holds.

    What lies beyond any calendar of the campaign ends at `FARTHEST`.
    """
    if abs(count) > MOST_UNITS:
        return FARTHEST[count > 0]
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        reachable = (FARTHEST[0] - day).days <= days <= (FARTHEST[1] - day).days
        return day + timedelta(days=days) if reachable else FARTHEST[count > 0]
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not FARTHEST[0].year <= year <= FARTHEST[1].year:
        return FARTHEST[count > 0]
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
