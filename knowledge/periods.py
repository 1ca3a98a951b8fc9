"""Stretches of days as people name them, given a "now" and the period spoken of before; pure.

"last week of June 2017", "between 8 and 10 December", "the day before", "by the end of August 2019",
"the Saturday before 11 June 2017", "a week later".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from knowledge.dates import Calendar, WrittenDate, shifted, written_dates
from knowledge.models import Period
from knowledge.text import Token

Issue = Literal["", "ambiguous", "no year", "no month", "impossible", "nothing before"]
_SMALL = frozenset(
    {"the", "a", "an", "of", "on", "in", "at", "from", ",", "very", "just", "that", "this", "it"}
)


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A period as the tokens `start` to `end` (excluded) name it, or why it is none.

    `options` are the readings of an ambiguous date. `relative` tells a period counted from the one
    spoken of before.
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


def date_phrases(
    tokens: Sequence[Token], words: Calendar, now: date, before: Period | None = None
) -> tuple[DatePhrase, ...]:
    """Every period named in the text, in order; `before` completes what is left out."""
    reader = _PhraseReader(tokens, words, now, before)
    phrases = [reader.qualified(written) for written in written_dates(tokens, words)]
    phrases = reader.ranges([reader.offset_from(phrase) for phrase in phrases])
    phrases = [reader.marked(phrase) for phrase in phrases]
    absolute = [p.period for p in phrases if p.period is not None]
    reader.before = absolute[-1] if absolute else before
    phrases += reader.deictic([(p.start, p.end) for p in phrases])
    return tuple(sorted(phrases, key=lambda phrase: phrase.start))


class _PhraseReader:
    def __init__(self, tokens: Sequence[Token], words: Calendar, now: date, before: Period | None) -> None:
        self.tokens = tokens
        self.words = words
        self.now = now
        self.before = before

    def norm(self, position: int) -> str:
        return self.tokens[position].norm if 0 <= position < len(self.tokens) else ""

    def value(self, position: int) -> int | None:
        token = self.tokens[position] if 0 <= position < len(self.tokens) else None
        if token is None:
            return None
        if token.norm in ("a", "an", "one"):
            return 1
        return token.value if token.kind == "number" and isinstance(token.value, int) else None

    # -- one written date ------------------------------------------------------------------

    def qualified(self, written: WrittenDate) -> DatePhrase:
        """A written date with what stands before it: "the second half of", "early", "the week of"."""
        phrase = self._plain(written)
        if phrase.period is None:
            return phrase
        return self._part(phrase)

    def _plain(self, written: WrittenDate) -> DatePhrase:
        empty = DatePhrase(written.start, written.end, month=written.month, day=written.day)
        if written.numeric is not None:
            return self._numeric(written, empty)
        written, issue = self._completed(written)
        if not written.is_possible:
            return replace(empty, issue="impossible")
        if issue:
            return replace(empty, issue=issue, month=written.month)
        first, last = written.days()
        return replace(empty, period=Period(first, last))

    def _completed(self, written: WrittenDate) -> tuple[WrittenDate, Issue]:
        before = self.before
        if written.month is None and written.day is not None:
            if before is None or (before.first.month != before.last.month and not before.by):
                return written, "no month"
            written = replace(written, month=before.last.month, year=written.year or before.last.year)
        if written.year is None:
            year = self._year_named_relatively(written)
            if year is None and before is not None:
                year = before.last.year
            if year is None:
                return written, "no year"
            written = replace(written, year=year)
        return written, ""

    def _year_named_relatively(self, written: WrittenDate) -> int | None:
        """As in "last June", "next summer"."""
        word = self.norm(written.start - 1)
        if word in self.words.next and word not in self.words.after:
            return self.now.year + 1
        if word in ("last", "past"):
            month = written.month or 1
            return self.now.year if month < self.now.month else self.now.year - 1
        return None

    def _numeric(self, written: WrittenDate, empty: DatePhrase) -> DatePhrase:
        assert written.numeric is not None
        year = written.year or (self.before.last.year if self.before else None)
        first, second = written.numeric
        if year is None:
            return replace(empty, issue="no year")
        days = [
            date(year, month, day)
            for day, month in ((first, second), (second, first))
            if 1 <= month <= 12 and day
        ]
        if not days:
            return replace(empty, issue="impossible")
        return replace(empty, issue="ambiguous", options=tuple(Period(day, day) for day in days))

    def _part(self, phrase: DatePhrase) -> DatePhrase:
        """The part of a month or year that the words before it name."""
        period = phrase.period
        assert period is not None
        position = phrase.start - 1
        while self.norm(position) in ("of", "the", "-", "month", "in"):
            position -= 1
        word = self.norm(position)
        if period.days == 1:
            return self._week_of(phrase, position)
        if word in self.words.half and self.value(position - 1) in (1, 2):
            return self._cut(phrase, position - 1, _half(period, self.value(position - 1) or 1))
        if word in self.words.units and self.words.units[word] in ("day", "week", "month", "weekend"):
            return self._counted(phrase, position)
        for words, third in ((self.words.early, 1), (self.words.middle, 2), (self.words.late, 3)):
            if word in words:
                return self._cut(phrase, position, _third(period, third))
        return phrase

    def _cut(self, phrase: DatePhrase, start: int, period: Period) -> DatePhrase:
        while self.norm(start - 1) in ("the", "in"):
            start -= 1
        return replace(phrase, start=start, period=period)

    def _week_of(self, phrase: DatePhrase, position: int) -> DatePhrase:
        period = phrase.period
        assert period is not None
        if self.words.units.get(self.norm(position)) != "week" or self.norm(position + 1) not in (
            "of",
            "from",
        ):
            return phrase
        return self._cut(phrase, position, Period(period.first, period.first + timedelta(days=6)))

    def _counted(self, phrase: DatePhrase, position: int) -> DatePhrase:
        """As in "the first week of June", "the last three days of June", "the first 10 days of"."""
        period = phrase.period
        assert period is not None
        unit = self.words.units[self.norm(position)]
        count, at = (self.value(position - 1) or 1, position - 1)
        token = self.tokens[at] if at >= 0 else None
        if token is not None and token.ordinal and token.value is not None:
            return self._cut(phrase, at, _nth(period, unit, int(token.value)))
        if token is not None and token.norm in self.words.last:
            return self._cut(phrase, at, _from_end(period, unit, 1))
        edge = self.tokens[at - 1] if at >= 1 and self.value(at) is not None else None
        if edge is not None and (edge.value == 1 and edge.ordinal):
            return self._cut(phrase, at - 1, _from_start(period, unit, count))
        if edge is not None and edge.norm in self.words.last:
            return self._cut(phrase, at - 1, _from_end(period, unit, count))
        return phrase

    # -- counted from a date --------------------------------------------------------------

    def offset_from(self, phrase: DatePhrase) -> DatePhrase:
        """As in "the Saturday before 11 June 2017", "two days after 10 June 2017"."""
        position = phrase.start - 1
        while self.norm(position) in ("the", "on"):
            position -= 1
        direction = self._direction(position)
        if phrase.period is None or direction == 0:
            return phrase
        weekday = self.words.weekdays.get(self.norm(position - 1))
        if weekday is not None:
            day = _weekday(phrase.period, weekday, direction)
            return replace(phrase, start=self._article(position - 1), period=Period(day, day))
        unit = self.words.units.get(self.norm(position - 1))
        if unit is None or unit in ("quarter", "weekend"):
            return phrase
        count = self.value(position - 2)
        start = position - 2 if count is not None else position - 1
        anchor = phrase.period.first if direction < 0 else phrase.period.last
        day = shifted(anchor, unit, direction * (count or 1))
        period = Period(day, day)
        if unit != "day" and count is None:
            edge = anchor + timedelta(days=direction)
            period = Period(*sorted((edge, shifted(anchor, unit, direction))))
        return replace(phrase, start=self._article(start), period=period)

    def _article(self, position: int) -> int:
        return position - 1 if self.norm(position - 1) == "the" else position

    def _direction(self, position: int) -> int:
        word = self.norm(position)
        if word in ("before", "preceding"):
            return -1
        return 1 if word in ("after", "following") else 0

    # -- two dates --------------------------------------------------------------------------

    def ranges(self, phrases: list[DatePhrase]) -> list[DatePhrase]:
        """Neighbouring dates joined by "to", "-", "through" or "between … and"."""
        joined: list[DatePhrase] = []
        for phrase in phrases:
            if joined and self._makes_range(joined[-1], phrase):
                joined[-1] = self._joined(joined[-1], phrase)
            else:
                joined.append(phrase)
        return joined

    def _makes_range(self, first: DatePhrase, second: DatePhrase) -> bool:
        if first.period is None or second.period is None or second.period.last < first.period.first:
            return False
        between = [
            t.norm
            for t in self.tokens[first.end : second.start]
            if t.norm not in ("the", "of", ",", "end", "and including", "up")
        ]
        if len(between) == 1 and (
            between[0] in self.words.range or self.tokens[second.start - 1].kind == "dash"
        ):
            return True
        if len(between) == 1 and self.tokens[first.end].kind == "dash":
            return True
        opens = {self.norm(first.start - 1), self.norm(first.start - 2)} & self.words.between
        return bool(opens) and between in (["and"], ["&"])

    def _joined(self, first: DatePhrase, second: DatePhrase) -> DatePhrase:
        assert first.period is not None
        assert second.period is not None
        start = first.start
        while self.norm(start - 1) in self.words.between | {"from", "the"}:
            start -= 1
        period = Period(first.period.first, second.period.last)
        return replace(
            first, start=start, end=second.end, period=period, joined=(first.period, second.period)
        )

    # -- what stands before ------------------------------------------------------------------

    def marked(self, phrase: DatePhrase) -> DatePhrase:
        """A period after "by", "as of", "since", "before" or "the release of"."""
        if phrase.period is None or phrase.joined is not None:
            return phrase
        position = phrase.start
        skipped = position
        while self.norm(skipped - 1) in ("the", "of") or self.norm(skipped - 1) in self.words.whole:
            skipped -= 1
        for marker, kind in self._markers():
            for at in range(position, skipped - 1, -1):
                if self._stands_before(marker, at):
                    return self._apply(kind, marker, phrase, at - len(marker))
        return phrase

    def _markers(self) -> list[tuple[tuple[str, ...], str]]:
        markers = [(marker, "published") for marker in self.words.publication]
        markers += [(marker, "by") for marker in self.words.by]
        markers += [((word,), "since") for word in self.words.since if word != "from"]
        markers += [((word,), "end") for word in self.words.end]
        return sorted(markers, key=lambda pair: -len(pair[0]))

    def _stands_before(self, marker: tuple[str, ...], position: int) -> bool:
        begin = position - len(marker)
        return begin >= 0 and tuple(t.norm for t in self.tokens[begin:position]) == marker

    def _apply(self, kind: str, marker: tuple[str, ...], phrase: DatePhrase, start: int) -> DatePhrase:
        period = phrase.period
        assert period is not None
        if kind == "published":
            return replace(phrase, start=start, period=replace(period, published=True))
        if kind == "since":
            first = period.last + timedelta(days=1) if marker == ("after",) else period.first
            return replace(phrase, start=start, period=Period(first, max(self.now, first), since=True))
        if kind == "end" or marker[-2:] == ("end", "of"):
            return replace(phrase, start=start, period=Period(period.last, period.last, by=True))
        if marker == ("before",) or marker == ("prior", "to"):
            day = period.first - timedelta(days=1)
            return replace(phrase, start=start, period=Period(day, day, by=True))
        return replace(phrase, start=start, period=Period(period.last, period.last, by=True))

    # -- counted from now, or from what was spoken of ------------------------------------------

    def deictic(self, taken: list[tuple[int, int]]) -> list[DatePhrase]:
        """As in "yesterday", "last week", "the day before", "a week later", "that day"."""
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
        for words, days in ((self.words.today, 0), (self.words.yesterday, -1), (self.words.tomorrow, 1)):
            if word in words:
                day = self.now + timedelta(days=days)
                return DatePhrase(position, position + 1, Period(day, day))
        if any(i in covered for i in range(position, min(position + 3, len(self.tokens)))):
            return None
        return (
            self._counted_offset(position)
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
        start = self._article(position)
        for word, edges in ((later, (position, 2)), (earlier, (position - 1, 2))):
            direction = (
                -1 if word in self.words.before else 1 if word in self.words.after and word != "on" else 0
            )
            if direction:
                at, length = edges
                return self._weekday_moved(self._article(at), at + length, weekday, direction)
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
        day = _weekday(anchor, weekday, direction)
        return DatePhrase(start, end, Period(day, day), relative=True)

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
        later = word in self.words.after and (word != "on" or count is not None)
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
        if word in self.words.same:
            if self.before is None and word == "this":
                return DatePhrase(position, position + 2, _around(self.now, unit))
            return self._same(position, unit)
        to_now = word in ("last", "past", "this", "current", "present") or (
            word == "next" and self.before is None
        )
        if to_now:
            step = 0 if word in self.words.this else (1 if word == "next" else -1)
            return DatePhrase(position, position + 2, _around(shifted(self.now, _step(unit), step), unit))
        if word in self.words.next or word in ("previous", "preceding", "prior"):
            return self._moved(position, position + 2, unit, 1 if word in self.words.next else -1, None)
        return None

    def _same(self, position: int, unit: str) -> DatePhrase:
        before = self.before
        if before is None:
            return DatePhrase(position, position + 2, issue="nothing before", relative=True)
        period = before if unit in ("day", "week") or before.by else _around(before.first, unit)
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
            return DatePhrase(start, end, _next_to(before, unit, sign), relative=True)
        if unit == "month" and before.first.day == 1 and before.days >= 28:
            period = _around(shifted(before.first, unit, moved), "month")
        elif unit == "day" and before.days > 1:
            day = before.first - timedelta(days=-moved) if sign < 0 else before.last + timedelta(days=moved)
            period = Period(day, day)
        elif unit == "year" and before.first.month == 1 and before.days >= 365:
            period = _around(shifted(before.first, unit, moved), "year")
        else:
            period = replace(
                before, first=shifted(before.first, unit, moved), last=shifted(before.last, unit, moved)
            )
        return DatePhrase(start, end, period, relative=True)


def _step(unit: str) -> str:
    return {"weekend": "week", "quarter": "month"}.get(unit, unit)


def _half(period: Period, which: int) -> Period:
    """Halves of a month are cut after the 15th, of anything longer after half its months."""
    if period.days <= 31:
        middle = period.first.replace(day=15)
    else:
        months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
        middle = shifted(period.first, "month", max(months // 2, 1)) - timedelta(days=1)
    return Period(period.first, middle) if which == 1 else Period(middle + timedelta(days=1), period.last)


def _third(period: Period, which: int) -> Period:
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


def _nth(period: Period, unit: str, number: int) -> Period:
    first = shifted(period.first, _step(unit), number - 1)
    last = shifted(first, _step(unit), 1) - timedelta(days=1)
    return Period(min(first, period.last), min(last, period.last))


def _from_start(period: Period, unit: str, count: int) -> Period:
    return Period(
        period.first, min(shifted(period.first, _step(unit), count) - timedelta(days=1), period.last)
    )


def _from_end(period: Period, unit: str, count: int) -> Period:
    after = period.last + timedelta(days=1)
    return Period(max(shifted(after, _step(unit), -count), period.first), period.last)


def _weekday(period: Period, weekday: int, direction: int) -> date:
    day = (period.first if direction < 0 else period.last) + timedelta(days=direction)
    while day.weekday() != weekday:
        day += timedelta(days=direction)
    return day


def _around(day: date, unit: str) -> Period:
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


def _next_to(before: Period, unit: str, sign: int) -> Period:
    """The whole week, month or year that adjoins a day."""
    if unit in ("month", "year"):
        return _around(shifted(before.first, unit, sign), unit)
    if sign > 0:
        return Period(before.last + timedelta(days=1), shifted(before.last, unit, 1))
    return Period(shifted(before.first, unit, -1), before.first - timedelta(days=1))
