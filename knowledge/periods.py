"""Stretches of days as people name them, given a "now" and the period spoken of before; pure.

"last week of June 2017", "between 8 and 10 December", "the day before", "by the end of August 2019",
"the Saturday before 11 June 2017", "a week later".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from knowledge.calendars import Calendar
from knowledge.dates import WrittenDate, written_dates
from knowledge.models import Period
from knowledge.relative import RelativeReader
from knowledge.stretches import (
    DatePhrase,
    Issue,
    around,
    from_end,
    from_start,
    half,
    neighbour,
    nth,
    shifted,
    third,
    weekday_from,
)
from knowledge.text import Cursor, Token


def date_phrases(
    tokens: Sequence[Token], words: Calendar, now: date, before: Period | None = None
) -> tuple[DatePhrase, ...]:
    """Every period named in the text, in order; `before` completes what is left out."""
    reader = _PhraseReader(tokens, words, now, before)
    phrases = [reader.qualified(written) for written in written_dates(tokens, words)]
    phrases = reader.ranges([reader.offset_from(phrase) for phrase in phrases])
    phrases = [reader.marked(phrase) for phrase in phrases]
    named = [phrase.period for phrase in phrases if phrase.period is not None]
    relative = RelativeReader(tokens, words, now, named[-1] if named else before)
    phrases += _not_repeating(relative.read([(phrase.start, phrase.end) for phrase in phrases]), phrases)
    return tuple(sorted(phrases, key=lambda phrase: phrase.start))


def _not_repeating(relative: Sequence[DatePhrase], named: Sequence[DatePhrase]) -> list[DatePhrase]:
    """Relative phrases but for the "that month" of "the sixth of that month"."""
    dated = [phrase for phrase in named if phrase.day is not None or phrase.month is not None]
    ends = {phrase.end + gap for phrase in dated for gap in (0, 1)}
    return [phrase for phrase in relative if phrase.start not in ends or phrase.end - phrase.start != 2]


class _PhraseReader(Cursor):
    """Reads the written dates of a text with the words around them."""

    def __init__(self, tokens: Sequence[Token], words: Calendar, now: date, before: Period | None) -> None:
        super().__init__(tokens)
        self.words = words
        self.now = now
        self.before = before

    # -- one written date ------------------------------------------------------------------

    def qualified(self, written: WrittenDate) -> DatePhrase:
        """A written date with what stands before it: "the second half of", "early", "the week of"."""
        phrase = self._plain(written)
        return phrase if phrase.period is None else self._part(phrase, phrase.period)

    def _plain(self, written: WrittenDate) -> DatePhrase:
        empty = DatePhrase(written.start, written.end, month=written.month, day=written.day)
        if written.numeric is not None:
            return self._numeric(written.numeric, written.year, empty)
        written, issue = self._completed(written)
        if not written.is_possible:
            return replace(empty, issue="impossible")
        if issue:
            return replace(empty, issue=issue, month=written.month)
        first, last = written.days()
        return replace(empty, period=Period(first, last), weekday=written.weekday)

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

    def _numeric(self, numbers: tuple[int, int], year: int | None, empty: DatePhrase) -> DatePhrase:
        """The readings of a date whose order is not said."""
        year = year or (self.before.last.year if self.before else None)
        first, second = numbers
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

    def _part(self, phrase: DatePhrase, period: Period) -> DatePhrase:
        """The part of a month or year that the words before it name."""
        position = phrase.start - 1
        within = self.norm(position) == "in"
        while self.norm(position) in ("of", "the", "-", "month", "in"):
            position -= 1
        word = self.norm(position)
        if period.days == 1:
            return self._week_of(phrase, period, position)
        if word in self.words.half and self.value(position - 1) in (1, 2):
            return self._cut(phrase, position - 1, half(period, self.value(position - 1) or 1))
        same = self.norm(position - 1) in self.words.same and self.before is not None
        if within and same and self.words.units.get(word) == "day" and self.before and self.before.days == 1:
            return self._same_day(phrase, period, self.before.first.day, position - 1)
        if within and self.words.units.get(word) == "day":  # "the first day in June on record" is no 1 June
            return phrase
        if word in self.words.units and self.words.units[word] in ("day", "week", "month", "weekend"):
            return self._counted(phrase, period, position)
        for words, which in ((self.words.early, 1), (self.words.middle, 2), (self.words.late, 3)):
            if word in words:
                return self._cut(phrase, position, third(period, which))
        return phrase

    def _same_day(self, phrase: DatePhrase, period: Period, day: int, start: int) -> DatePhrase:
        """As in "the same day in July" after a question on the 10th."""
        if period.days > 31 or day > period.days:
            return phrase
        first = period.first.replace(day=day)
        return replace(phrase, start=self.past_article(start), period=Period(first, first), day=day)

    def _cut(self, phrase: DatePhrase, start: int, period: Period) -> DatePhrase:
        while self.norm(start - 1) in ("the", "in"):
            start -= 1
        return replace(phrase, start=start, period=period)

    def _week_of(self, phrase: DatePhrase, period: Period, position: int) -> DatePhrase:
        if self.words.units.get(self.norm(position)) == "weekend" and self.norm(position + 1) == "of":
            return self._cut(phrase, position, around(period.first, "weekend"))
        if self.words.units.get(self.norm(position)) != "week" or self.norm(position + 1) not in (
            "of",
            "from",
        ):
            return phrase
        return self._cut(phrase, position, Period(period.first, period.first + timedelta(days=6)))

    def _counted(self, phrase: DatePhrase, period: Period, position: int) -> DatePhrase:
        """As in "the first week of June", "the last three days of June", "the first 10 days of"."""
        unit = self.words.units[self.norm(position)]
        count, at = (self.value(position - 1) or 1, position - 1)
        token = self.tokens[at] if at >= 0 else None
        if token is not None and token.ordinal and token.value is not None:
            return self._cut(phrase, at, nth(period, unit, int(token.value)))
        if token is not None and token.norm in self.words.last:
            return self._cut(phrase, at, from_end(period, unit, 1))
        edge = self.tokens[at - 1] if at >= 1 and self.value(at) is not None else None
        if edge is not None and (edge.value == 1 and edge.ordinal):
            return self._cut(phrase, at - 1, from_start(period, unit, count))
        if edge is not None and edge.norm in self.words.last:
            return self._cut(phrase, at - 1, from_end(period, unit, count))
        return phrase

    # -- counted from a date --------------------------------------------------------------

    def offset_from(self, phrase: DatePhrase) -> DatePhrase:
        """As in "the Saturday before 11 June 2017", "two days after 10 June 2017"."""
        position = phrase.start - 1
        while self.norm(position) in ("the", "on"):
            position -= 1
        if phrase.period is not None and self.norm(position) in self.words.end:
            return self._ending(phrase, phrase.period, position - 1)
        direction = self._direction(position)
        if phrase.period is None or direction == 0:
            return phrase
        if self.norm(position - 1) == "one":
            beside = neighbour(phrase.period, "month" if phrase.period.days > 27 else "day", direction)
            return replace(phrase, start=self.past_article(position - 1), period=beside)
        weekday = self.words.weekdays.get(self.norm(position - 1))
        if weekday is not None:
            day = weekday_from(phrase.period, weekday, direction)
            return replace(phrase, start=self.past_article(position - 1), period=Period(day, day))
        unit = self.words.units.get(self.norm(position - 1))
        if unit is None or unit in ("quarter", "weekend"):
            return phrase
        count = self.value(position - 2)
        start = position - 2 if count is not None else position - 1
        anchor = phrase.period.first if direction < 0 else phrase.period.last
        day = shifted(anchor, unit, direction * (count or 1))
        period = Period(day, day)
        counts_off = (count or 1) > 1 and self.norm(start - 1) == "the"  # "the three days before 10 June"
        if (unit != "day" and count is None) or counts_off:
            near, far = anchor + timedelta(days=direction), shifted(anchor, unit, direction * (count or 1))
            period = Period(min(near, far), max(near, far))
        return replace(phrase, start=self.past_article(start), period=period)

    def _ending(self, phrase: DatePhrase, period: Period, position: int) -> DatePhrase:
        """As in "the week ending 10 June 2017": the stretch up to and including that day."""
        unit = self.words.units.get(self.norm(position))
        if unit not in ("week", "month") or period.days > 1:
            return phrase
        first = shifted(period.last, unit, -1) + timedelta(days=1)
        return replace(phrase, start=self.past_article(position), period=Period(first, period.last))

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
            ends = self._ends_of_range(joined[-1], phrase) if joined else None
            if ends is None:
                joined.append(phrase)
            else:
                joined[-1] = self._joined(joined[-1], phrase, ends)
        return joined

    def _ends_of_range(self, first: DatePhrase, second: DatePhrase) -> tuple[Period, Period] | None:
        """The two periods of a range, or None if the phrases make none."""
        if first.period is None or second.period is None or second.period.last < first.period.first:
            return None
        return (first.period, second.period) if self._are_joined(first, second) else None

    def _are_joined(self, first: DatePhrase, second: DatePhrase) -> bool:
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

    def _joined(self, first: DatePhrase, second: DatePhrase, ends: tuple[Period, Period]) -> DatePhrase:
        start = first.start
        while self.norm(start - 1) in self.words.between | {"from", "the"}:
            start -= 1
        period = Period(ends[0].first, ends[1].last)
        return replace(first, start=start, end=second.end, period=period, joined=ends)

    # -- what stands before ------------------------------------------------------------------

    def marked(self, phrase: DatePhrase) -> DatePhrase:
        """A period after "by", "as of", "since", "before" or "the release of"."""
        if phrase.period is None or phrase.joined is not None:
            return phrase
        if self._is_of_release(phrase.end):
            return replace(phrase, end=phrase.end + 1, period=replace(phrase.period, published=True))
        if (
            self.norm(phrase.end) in self.words.onward
            and self.norm(self.past_article(phrase.start) - 1) == "from"
        ):
            return self._onward(phrase, phrase.period)
        position = phrase.start
        skipped = position
        ended = self._run_up(phrase, phrase.period)
        if ended is not None:
            return ended
        between = self.words.whole | self.words.same | {"the", "of"}
        while self.norm(skipped - 1) in between:
            skipped -= 1
        found = [
            (marker, kind, at)
            for at in range(position, skipped - 1, -1)
            for marker, kind in self.words.markers.get(self.norm(at - 1), ())
            if self._stands_before(marker, at)
        ]
        if not found and phrase.period.days > 300 and self._since_before(phrase.start):
            return replace(phrase, period=self._bounded("since", ("since",), phrase.period))
        if not found:
            return phrase
        marker, kind, at = max(found, key=lambda each: len(each[0]))
        period = self._bounded(kind, marker, phrase.period)
        return replace(phrase, start=at - len(marker), period=period)

    def _since_before(self, position: int) -> bool:
        """Whether "since" opens what a year ends: "since the war began, in 2001"."""
        sentence = self.tokens[position].sentence
        before = [token for token in self.tokens[:position] if token.sentence == sentence]
        return any(token.norm in self.words.ever_since for token in before)

    def _run_up(self, phrase: DatePhrase, period: Period) -> DatePhrase | None:
        """As in "the five years to August 2019": a count up to that date."""
        at = phrase.start - 2
        if self.norm(at + 1) != "to" or self.norm(at) not in self.words.several or self.value(at - 1) is None:
            return None
        return replace(
            phrase, start=self.past_article(at - 1), period=Period(period.last, period.last, by=True)
        )

    def _onward(self, phrase: DatePhrase, period: Period) -> DatePhrase:
        """As in "from the 21st on": to the end of the period spoken of, where it lies in one."""
        start = self.past_article(phrase.start) - 1
        before = self.before
        if before is not None and before.days > 1 and before.first <= period.first <= before.last:
            return replace(phrase, start=start, end=phrase.end + 1, period=Period(period.first, before.last))
        whole = self._bounded("since", ("from",), period)
        return replace(phrase, start=start, end=phrase.end + 1, period=whole)

    def _is_of_release(self, position: int) -> bool:
        """Whether "release" follows a date: "in the 11 June 2017 release"."""
        return self.norm(position) in self.words.release or (
            self.norm(position) == "press" and self.norm(position + 1) in self.words.release
        )

    def _stands_before(self, marker: tuple[str, ...], position: int) -> bool:
        begin = position - len(marker)
        if begin < 0:
            return False
        thing = begin - 2 if self.norm(begin - 1) in self.words.passive else begin - 1
        of_things = marker[0] == "released" and self.norm(thing) in self.words.not_published
        return not of_things and tuple(token.norm for token in self.tokens[begin:position]) == marker

    def _bounded(self, kind: str, marker: tuple[str, ...], period: Period) -> Period:
        """The period that a marker makes of the one it stands before."""
        if kind == "published":
            return replace(period, published=True)
        if kind == "since":
            first = period.last + timedelta(days=1) if marker == ("after",) else period.first
            return Period(first, max(self.now, first), since=True)
        before = marker in (("before",), ("prior", "to"))
        day = period.first - timedelta(days=1) if before else period.last
        return Period(day, day, by=True)
