"""Days, months and numbers in a chart and under it, as its language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from bot.words.charts import ChartWords
from knowledge import Number, Period

#: Numbers on an axis from here on are written short: 2M.
_LONG = 1_000_000


@lru_cache(maxsize=4096)
def _day(day: date, pattern: str, locale: str) -> str:
    return str(format_date(day, pattern, locale=locale))


class Formats:
    """Writes in the patterns of some words."""

    def __init__(self, words: ChartWords) -> None:
        self._words = words

    def day(self, day: date) -> str:
        """As in "3 Jun"."""
        return _day(day, self._words.day, self._words.locale)

    def day_of_month(self, day: date) -> str:
        """As in "3"."""
        return _day(day, self._words.day_of_month, self._words.locale)

    def day_of_year(self, day: date) -> str:
        """As in "3 Jun 2017"."""
        return _day(day, self._words.day_of_year, self._words.locale)

    def month(self, day: date) -> str:
        """As in "Jun"."""
        return _day(day, self._words.month, self._words.locale)

    def month_of_year(self, day: date) -> str:
        """As in "Jun 2017"."""
        return _day(day, self._words.month_of_year, self._words.locale)

    def iso(self, text: str) -> str:
        """An ISO date of a source, of any precision."""
        parts = [int(part) for part in text.split("-")]
        year, month, day = (*parts, 1, 1)[:3]
        written = {1: str(year), 2: self.month_of_year(date(year, month, 1))}
        return written.get(len(parts)) or self.day_of_year(date(year, month, day))

    def period(self, period: Period) -> str:
        """A day, or the first and the last one; the year is said once."""
        if period.days == 1:
            return self.day_of_year(period.first)
        same_year = period.first.year == period.last.year
        first = self.day(period.first) if same_year else self.day_of_year(period.first)
        return self._words.stretch.format(first=first, last=self.day_of_year(period.last))

    def days(self, periods: Iterable[Period]) -> str:
        """Stretches of days, each year said once, after its last: "3 Jun, 5 to 8 Jun 2017"."""
        periods = tuple(periods)
        told = []
        for n, period in enumerate(periods):
            followed = n + 1 < len(periods) and periods[n + 1].last.year == period.last.year
            told.append(self._stretch(period, self.day(period.last) if followed else ""))
        return ", ".join(told)

    def _stretch(self, period: Period, last: str) -> str:
        last = last or self.day_of_year(period.last)
        if period.days == 1:
            return last
        same_month = (period.first.year, period.first.month) == (period.last.year, period.last.month)
        first = self.day_of_month(period.first) if same_month else self.day(period.first)
        return self._words.stretch.format(first=first, last=last)

    def stretch(self, first: date, last: date) -> str:
        """One day or several without their year: "3 Jun", "3 to 5 Jun"."""
        return self._stretch(Period(first, last), self.day(last))

    def days_of_month(self, first: date, last: date) -> str:
        """One day or several by their numbers: "3", "3 to 5"."""
        if first == last:
            return self.day_of_month(first)
        end = self.day_of_month(last) if first.month == last.month else self.day(last)
        return self._words.stretch.format(first=self.day_of_month(first), last=end)

    def months(self, periods: Iterable[Period]) -> str:
        """Months, those that follow one another as a stretch: "Oct 2015 to Mar 2016, Jun 2016"."""
        runs: list[list[Period]] = []
        for period in periods:
            if runs and period.first - runs[-1][-1].last == timedelta(days=1):
                runs[-1].append(period)
            else:
                runs.append([period])
        return ", ".join(self._run(run) for run in runs)

    def _run(self, run: list[Period]) -> str:
        first, last = self.month_of_year(run[0].first), self.month_of_year(run[-1].first)
        return first if len(run) == 1 else self._words.stretch.format(first=first, last=last)

    def number(self, value: Number) -> str:
        """A number in full."""
        return str(format_decimal(value, locale=self._words.locale))

    def tick(self, value: Number, sign: str = "") -> str:
        """A number at an axis."""
        if abs(value) < _LONG:
            return sign + self.number(value)
        return sign + str(format_compact_decimal(value, fraction_digits=1, locale=self._words.locale))
