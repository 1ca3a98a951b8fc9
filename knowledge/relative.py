"""Periods counted from today or from the one spoken of before; pure.

"yesterday", "last week", "the day before", "a week later", "that month", "the Saturday before".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from knowledge.calendars import Calendar
from knowledge.models import Period
from knowledge.stretches import (
    DatePhrase,
    around,
    from_end,
    from_start,
    half,
    neighbour,
    nth,
    shifted,
    step,
    third,
    weekday_from,
)
from knowledge.text import Cursor, Token

#: Early, mid and late parts of a month have no more days.
THIRD_OF_A_MONTH = 11


class RelativeReader(Cursor):
    """Reads what is counted from `now` or from the period `before`."""

    def __init__(self, tokens: Sequence[Token], words: Calendar, now: date, before: Period | None) -> None:
        super().__init__(tokens)
        self.words = words
        self.now = now
        self.before = before

    def read(self, taken: Sequence[tuple[int, int]]) -> list[DatePhrase]:
        """Every such phrase outside the stretches of tokens that are already taken."""
        found: list[DatePhrase] = []
        covered = {i for start, end in taken for i in range(start, end)}
        position = 0
        while position < len(self.tokens):
            phrase = None if position in covered else self._deictic_at(position, covered)
            if phrase is not None:
                found.append(phrase)
            position = phrase.end if phrase is not None else position + 1
        return found

    def _deictic_at(self, position: int, covered: set[int]) -> DatePhrase | None:
        word = self.norm(position)
        if word not in self.words.openers and self.value(position) is None:
            return None
        for words, days in ((self.words.today, 0), (self.words.yesterday, -1), (self.words.tomorrow, 1)):
            if word in words:
                day = self.now + timedelta(days=days)
                return DatePhrase(position, position + 1, Period(day, day))
        if any(i in covered for i in range(position, min(position + 3, len(self.tokens)))):
            return None
        return (
            self._part_of_month(position)
            or self._edge_of_period(position)
            or self._after_so_many(position)
            or self._counted_offset(position)
            or self._adjacent(position)
            or self._weekday_near(position)
            or self._one_beside(position)
        )

    def _one_beside(self, position: int) -> DatePhrase | None:
        """The neighbour of what was spoken of ("the one after", "the one before"): a day, week or month."""
        word = self.norm(position + 1)
        if self.norm(position) != "one" or self.before is None:
            return None
        if word not in self.words.before and (word not in self.words.after or word == "on"):
            return None
        sign = -1 if word in self.words.before else 1
        unit = "month" if self.before.days >= 28 else "day"
        return self._moved(position, position + 2, unit, sign, self.before.days if unit == "day" else 1)

    def _weekday_near(self, position: int) -> DatePhrase | None:
        """As in "the Saturday before", "the following Monday", "on Friday" of the week spoken of."""
        weekday = self.words.weekdays.get(self.norm(position))
        if weekday is None or len(self.norm(position)) < 4:
            return None
        earlier, later = self.norm(position - 1), self.norm(position + 1)
        start = self.past_article(position)
        for word, edges in ((later, (position, 2)), (earlier, (position - 1, 2))):
            direction = (
                -1 if word in self.words.before else 1 if word in self.words.after and word != "on" else 0
            )
            if direction:
                at, length = edges
                return self._weekday_moved(self.past_article(at), at + length, weekday, direction)
        if earlier in ("last", "past"):
            return self._on_weekday(position - 1, position + 1, Period(self.now, self.now), weekday, -1)
        return DatePhrase(start, position + 1, issue="nothing before", relative=True)

    def _weekday_moved(self, start: int, end: int, weekday: int, direction: int) -> DatePhrase:
        while self.norm(end) in ("that", "one", "it", "this"):
            end += 1
        if self.before is None:
            return DatePhrase(start, end, issue="nothing before", relative=True)
        return self._on_weekday(start, end, self.before, weekday, direction)

    def _on_weekday(self, start: int, end: int, anchor: Period, weekday: int, direction: int) -> DatePhrase:
        day = weekday_from(anchor, weekday, direction)
        return DatePhrase(start, end, Period(day, day), relative=True)

    def _part_of_month(self, position: int) -> DatePhrase | None:
        """As in "early in the month", "late that month", "the second half of that month"."""
        if self.before is None:
            return None
        at = position + 1
        part = self._part_named(position)
        if self.norm(at) in self.words.half:
            at += 1
        ends_there = at >= len(self.tokens) or self.tokens[at].kind in ("end", "punctuation")
        if part is not None and ends_there and self.before.days <= THIRD_OF_A_MONTH:
            return DatePhrase(position, at, part(around(self.before.first, "month")), relative=True)
        while self.norm(at) in ("in", "of", "the", "that", "-"):
            at += 1
        if part is None or self.words.units.get(self.norm(at)) != "month":
            return None
        return DatePhrase(position, at + 1, part(around(self.before.first, "month")), relative=True)

    def _edge_of_period(self, position: int) -> DatePhrase | None:
        """As in "the first ten days", "the last two weeks" of the period spoken of."""
        before, count = self.before, self.value(position + 1)
        unit = self.words.units.get(self.norm(position + 2))
        token = self.tokens[position]
        if before is not None and token.ordinal and self.words.units.get(self.norm(position + 1)) == "week":
            if self.norm(position - 1) in self.words.same:
                return self._same(position, "week")
            whole = before if before.days > 7 else around(before.first, "month")
            week = nth(whole, "week", int(token.value or 1))
            return DatePhrase(self.past_article(position), position + 2, week, relative=True)
        if before is None or unit not in ("day", "week") or not 1 < (count or 0) < before.days:
            return None
        if token.ordinal and token.value == 1:
            period = from_start(before, unit, count or 1)
        elif token.norm in self.words.last:
            period = from_end(before, unit, count or 1)
        else:
            return None
        return DatePhrase(self.past_article(position), position + 3, period, relative=True)

    def _part_named(self, position: int) -> Callable[[Period], Period] | None:
        word = self.norm(position)
        if self.norm(position + 1) in self.words.half and self.value(position) in (1, 2):
            which = self.value(position) or 1
            return lambda month: half(month, which)
        for words, number in ((self.words.early, 1), (self.words.middle, 2), (self.words.late, 3)):
            if word in words and word not in self.words.since:
                return lambda month, number=number: third(month, number)  # type: ignore[misc]  # bound per turn
        return None

    def _after_so_many(self, position: int) -> DatePhrase | None:
        """As in "after two days", "before a week": the count follows the word of direction."""
        word, count = self.norm(position), self.value(position + 1)
        unit = self.words.units.get(self.norm(position + 2))
        if word not in ("after", "before") or count is None or unit is None or unit in ("quarter", "weekend"):
            return None
        return self._moved(position, position + 3, unit, 1 if word == "after" else -1, count)

    def _counted_offset(self, position: int) -> DatePhrase | None:
        """As in "two days earlier", "a week later", "three days ago", "the day before", "the week after"."""
        count = self.value(position)
        at = position + 1 if count is not None else position
        unit = self.words.units.get(self.norm(at))
        if unit is None or unit in ("quarter", "weekend"):
            return None
        word = self.norm(at + 1)
        if word == "ago":
            day = shifted(self.now, unit, -(count or 1))
            return DatePhrase(position, at + 2, Period(day, day))
        later = word in self.words.after and (word != "on" or (count is not None and self.before is not None))
        if word in self.words.before or later:
            sign = -1 if word in self.words.before else 1
            return self._moved(position, at + 2, unit, sign, count)
        return None

    def _adjacent(self, position: int) -> DatePhrase | None:
        """As in "last week", "next day", "the following month", "that day", "this year"."""
        unit = self.words.units.get(self.norm(position + 1))
        word = self.norm(position)
        if unit is None or unit == "quarter":
            return None
        several = self.norm(position + 1) in self.words.several
        if word in self.words.whole and self.before is not None and not several:
            return DatePhrase(position, position + 2, around(self.before.first, unit), relative=True)
        if word in self.words.same:
            if self.before is None and word == "this":
                return DatePhrase(position, position + 2, around(self.now, unit))
            return self._same(position, unit)
        if word in self.words.this and unit == "day" and self.before is not None:
            return self._same(position, unit)
        if unit == "day" and word in self.words.last and word not in ("previous", "prior"):
            return None  # "the last day on record" is no yesterday
        to_now = word in ("last", "past", "this", "current", "present") or (
            word == "next" and self.before is None
        )
        if to_now:
            moved = 0 if word in self.words.this else (1 if word == "next" else -1)
            return DatePhrase(position, position + 2, around(shifted(self.now, step(unit), moved), unit))
        if word in self.words.next and self.norm(position - 1) in self.words.same and self.before is not None:
            return self._same(position, unit)  # "that following day" was spoken of before
        if word in self.words.next or word in ("previous", "preceding", "prior"):
            return self._moved(position, position + 2, unit, 1 if word in self.words.next else -1, None)
        return None

    def _same(self, position: int, unit: str) -> DatePhrase:
        before = self.before
        if before is None:
            return DatePhrase(position, position + 2, issue="nothing before", relative=True)
        period = before if unit in ("day", "week") or before.by else around(before.first, unit)
        return DatePhrase(position, position + 2, period, relative=True)

    def _moved(self, start: int, end: int, unit: str, sign: int, count: int | None) -> DatePhrase:
        """The earlier period moved; a unit without a count ("the week after") is that whole unit."""
        if self.norm(start - 1) == "the":
            start -= 1
        before = self.before
        if before is None:
            return DatePhrase(start, end, issue="nothing before", relative=True)
        moved = sign * (count or 1)
        if count is None and unit != "day" and before.days == 1 and not before.by:
            return DatePhrase(start, end, neighbour(before, unit, sign), relative=True)
        if unit == "month" and before.first.day == 1 and before.days >= 28:
            period = around(shifted(before.first, unit, moved), "month")
        elif unit == "day" and count is not None and count > 1 and self.norm(start) == "the":
            near = before.first if sign < 0 else before.last
            ends = (shifted(near, "day", sign), shifted(near, "day", moved))
            period = Period(min(ends), max(ends))
        elif unit == "day" and before.days > 1:
            day = shifted(before.first if sign < 0 else before.last, "day", moved)
            period = Period(day, day)
        elif unit == "month" and before.by and before.last == around(before.last, "month").last:
            close = around(shifted(before.last, unit, moved), "month").last  # a month after the end of April
            period = replace(before, first=close, last=close)
        elif unit == "year" and before.first.month == 1 and before.days >= 365:
            period = around(shifted(before.first, unit, moved), "year")
        else:
            period = replace(
                before, first=shifted(before.first, unit, moved), last=shifted(before.last, unit, moved)
            )
        return DatePhrase(start, end, period, relative=True)
