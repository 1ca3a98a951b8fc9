"""Calendar dates in a text, each as it stands: a day, month, season, quarter or year, parts missing or not.

`periods` turns what is found here into stretches of days; this module only reads forms.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.calendars import Calendar
from knowledge.text import Token

#: Years that a date can be in.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_FILLERS = frozenset({"of", "the", ",", "in", "month", "day", "year"})


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, tokens `start` to `end` (excluded); parts that were not written are None.

    `months` is how many months it spans from `month` on (a season or quarter 3); `numeric` holds the
    two numbers of a date like 10/06/2017 whose order is not said; `weekday` is the one named with it.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: int = 1
    numeric: tuple[int, int] | None = None
    weekday: int | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the calendar has such a day; an unsaid year is taken for a leap year."""
        if self.year is not None and not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None or self.month is None:
            return True
        return 1 <= self.day <= calendar.monthrange(self.year or 2016, self.month)[1]

    def days(self) -> tuple[date, date]:
        """First and last day of a date whose year is known."""
        year = self.year or 1
        if self.month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if self.day is not None:
            return date(year, self.month, self.day), date(year, self.month, self.day)
        final = self.month + self.months - 1
        last_year, last_month = year + (final - 1) // 12, (final - 1) % 12 + 1
        return date(year, self.month, 1), date(
            last_year, last_month, calendar.monthrange(last_year, last_month)[1]
        )


def written_dates(tokens: Sequence[Token], words: Calendar) -> tuple[WrittenDate, ...]:
    """Every date of a text in order, those of a list ("4 to 7 December") one by one."""
    found: list[WrittenDate] = []
    position, reader = 0, _Reader(tokens, words)
    while position < len(tokens):
        dates = reader.at(position, after=found[-1].end if found else 0)
        if dates:
            dates[0] = _with_weekday(dates[0], tokens, words)
        found.extend(dates)
        position = max(position + 1, found[-1].end if dates else 0)
    return tuple(_completed(_in_other_years(found, tokens)))


def _in_other_years(found: list[WrittenDate], tokens: Sequence[Token]) -> list[WrittenDate]:
    """As in "10 June 2016 or 2017": the same day of two years."""
    for index in range(1, len(found)):
        before, mine = found[index - 1], found[index]
        between = [token.norm for token in tokens[before.end : mine.start]]
        bare = mine.month is None and mine.day is None and mine.year is not None
        if bare and before.month is not None and before.year is not None and between in (["and"], ["or"]):
            found[index] = replace(mine, month=before.month, day=before.day, months=before.months)
    return found


def _with_weekday(written: WrittenDate, tokens: Sequence[Token], words: Calendar) -> WrittenDate:
    """The date with the weekday that stands before it ("Saturday, June 10th")."""
    start = written.start - 1
    while start >= 0 and (tokens[start].text == "," or tokens[start].norm == "the"):
        start -= 1
    weekday = words.weekdays.get(tokens[start].norm) if start >= 0 else None
    return written if weekday is None else replace(written, start=start, weekday=weekday)


def _completed(found: list[WrittenDate]) -> list[WrittenDate]:
    """A date without year or month takes them from the next one that has them, else from the one before."""
    for order in (range(len(found) - 2, -1, -1), range(1, len(found))):
        for index in order:
            other = found[index + 1] if order.step < 0 else found[index - 1]
            mine = found[index]
            if mine.numeric is None and other.numeric is None:
                found[index] = _filled(mine, other)
    return found


def _filled(mine: WrittenDate, other: WrittenDate) -> WrittenDate:
    if mine.month is None and mine.day is not None and other.month is not None:
        mine = replace(mine, month=other.month)
    if mine.year is None and other.year is not None:
        mine = replace(mine, year=other.year)
    return mine


class _Reader:
    """Reads the date that begins at one token."""

    def __init__(self, tokens: Sequence[Token], words: Calendar) -> None:
        self.tokens = tokens
        self.words = words

    def at(self, start: int, after: int) -> list[WrittenDate]:
        token = self.tokens[start]
        if token.kind not in ("word", "number", "date"):
            return []
        if token.norm in self.words.named:
            return [WrittenDate(start, start + 1, self.words.named[token.norm])]
        holiday = self._holiday(start)
        if holiday is not None:
            return [holiday]
        if token.kind == "date":
            return [_numeric(token, start)]
        opening = (self._day_month, self._year_first) if token.kind == "number" else (self._month_first,)
        for read in (*opening, self._season, self._lone_day):
            dates = read(start)
            if dates:
                return self._list_before(dates, after) if read == self._day_month else dates
        return []

    def _holiday(self, start: int) -> WrittenDate | None:
        """As in "Christmas 2016", "New Year's Day 2017"."""
        if self.tokens[start].norm not in self.words.holiday_openers:
            return None
        for length in (3, 2, 1):
            name = " ".join(token.norm for token in self.tokens[start : start + length])
            if name in self.words.holidays:
                month, day = map(int, self.words.holidays[name].split("-"))
                year, end = self._with_year(start + length, short=False)
                return WrittenDate(start, end if year else start + length, year, month, day)
        return None

    def _skip(self, position: int, also: frozenset[str] = frozenset()) -> int:
        while position < len(self.tokens) and (
            self.tokens[position].norm in _FILLERS or self.tokens[position].norm in also
        ):
            position += 1
        return position

    def _month(self, position: int) -> int | None:
        token = self.tokens[position] if position < len(self.tokens) else None
        return self.words.months.get(token.norm) if token and token.kind == "word" else None

    def _day(self, position: int, highest: int = 31) -> int | None:
        """A day's number; up to 99 where only a day can be meant, so that "31st of June" is seen as none."""
        token = self.tokens[position] if position < len(self.tokens) else None
        if token is None or token.kind != "number" or not isinstance(token.value, int):
            return None
        if _is_short_year(token) or (token.value == 1 and token.text.isalpha() and not token.ordinal):
            return None  # "the June one" is no 1 June
        lowest = 0 if highest > 31 else 1
        return token.value if lowest <= token.value <= (99 if token.ordinal else highest) else None

    def _year(self, position: int, short: bool = False) -> int | None:
        token = self.tokens[position] if position < len(self.tokens) else None
        if token is None or token.kind != "number" or token.ordinal or not isinstance(token.value, int):
            return None
        if EARLIEST_YEAR <= token.value <= LATEST_YEAR and "," not in token.text:
            return token.value
        if _is_short_year(token):
            return 2000 + token.value
        return 2000 + token.value if short and len(token.text) == 2 and token.text.isdigit() else None

    def _with_year(self, position: int, short: bool) -> tuple[int | None, int]:
        """The year that follows, if one does, and where the date ends."""
        after = self._skip(position)
        year = self._year(after, short)
        return (year, after + 1) if year is not None else (None, position)

    def _day_month(self, start: int) -> list[WrittenDate]:
        day = self._day(start, highest=99)
        counts_days = self.tokens[start].text.isalpha() and self._is_unit(start + 1)
        if day is None or counts_days:  # "the first day in June on record" is no 1 June
            return []
        position = self._skip(start + 1)
        if position < len(self.tokens) and self.tokens[position].kind == "dash":
            position += 1
        month = self._month(position)
        if month is None:
            return []
        year, end = self._with_year(self._past_dash(position + 1), short=True)
        return [WrittenDate(start, end if year else position + 1, year, month, day)]

    def _past_dash(self, position: int) -> int:
        dash = position < len(self.tokens) and self.tokens[position].kind == "dash"
        return position + 1 if dash and self._year(position + 1, short=True) else position

    def _is_unit(self, position: int) -> bool:
        return position < len(self.tokens) and self.tokens[position].norm in self.words.units

    def _list_before(self, dates: list[WrittenDate], after: int) -> list[WrittenDate]:
        """The bare days before "7 December 2017" in "4 to 7 December 2017"."""
        first = dates[0]
        position = first.start - 1
        while position > after and self.tokens[position].norm == "the":
            position -= 1
        joined = position >= after and (
            self.tokens[position].norm in self.words.range
            or self.tokens[position].kind == "dash"
            or self.tokens[position].norm in ("and", "or", ",", "&", "versus", "/")
        )
        day = self._day(position - 1) if joined and position - 1 >= after else None
        if day is None or self._month(position - 2 if position >= 2 else len(self.tokens)) is not None:
            return dates
        before = WrittenDate(position - 1, position, first.year, first.month, day)
        return [*self._list_before([before], after), *dates]

    def _month_first(self, start: int) -> list[WrittenDate]:
        month = self._month(start)
        if month is None:
            return []
        position = self._skip(start + 1, frozenset({"on"}))
        if position < len(self.tokens) and self.tokens[position].kind == "dash":
            position = self._skip(position + 1)
        year = self._year(position)
        if year is not None:
            return [WrittenDate(start, position + 1, year, month)]
        day = self._day(position)
        if day is not None:
            return self._days_after_month(start, position, month, day)
        if self.tokens[start].norm in self.words.words_too and not self._is_placed(start):
            return []
        return [WrittenDate(start, start + 1, None, month)]

    def _is_placed(self, position: int) -> bool:
        """Whether a word like "may" stands where a month would: "in May", "mid-May", "since March"."""
        before = self.tokens[position - 1].norm if position else ""
        if not position and (len(self.tokens) == 1 or self.tokens[1].kind in ("punctuation", "end")):
            return True
        if position + 2 < len(self.tokens) and self._is_list_mark(position + 1) and self._month(position + 2):
            return True
        placed = {
            "in",
            "of",
            "during",
            "since",
            "by",
            "until",
            "till",
            "for",
            "and",
            "or",
            "to",
            "through",
            "versus",
            "than",
            "-",
            "with",
        }
        known = (
            placed
            | self.words.early
            | self.words.middle
            | self.words.late
            | self.words.last
            | self.words.next
            | self.words.this
        )
        return before in known or (
            self.tokens[position].capitalised and position > 0 and self.tokens[position].norm != "second"
        )

    def _days_after_month(self, start: int, position: int, month: int, day: int) -> list[WrittenDate]:
        end = position + 1
        days = [(start, end, day)]
        while end + 1 < len(self.tokens) and self._is_list_mark(end):
            more = self._skip(end + 1)
            next_day = self._day(more)
            if (
                next_day is None
                or self._month(self._skip(more + 1)) is not None
                or (self.tokens[end].norm in (",", "and") and self._year(more))
            ):
                break
            days.append((more, more + 1, next_day))
            end = more + 1
        year, year_end = self._with_year(end, short=len(days) == 1 and self._ends_after(end))
        if year is not None:
            days[-1] = (days[-1][0], year_end, days[-1][2])
        return [WrittenDate(s, e, year, month, d) for s, e, d in days]

    def _is_list_mark(self, position: int) -> bool:
        token = self.tokens[position]
        return token.kind == "dash" or token.norm in self.words.range or token.norm in ("and", "or", "&")

    def _ends_after(self, position: int) -> bool:
        """A two-digit number after "June 10" is a year only where nothing else follows it directly."""
        follows = self._skip(position) + 1
        return follows >= len(self.tokens) or self.tokens[follows].kind != "word"

    def _year_first(self, start: int) -> list[WrittenDate]:
        year = self._year(start)
        if year is None:
            return []
        position = self._skip(start + 1)
        month = self._month(position) if position < len(self.tokens) and position - start <= 2 else None
        if month is None or self.tokens[position].sentence != self.tokens[start].sentence:
            return [WrittenDate(start, start + 1, year)]
        day = self._day(position + 1)
        if day is not None and self._year(position + 1) is None:
            return [WrittenDate(start, position + 2, year, month, day)]
        if self._year(self._skip(position + 1)) is not None:
            return [WrittenDate(start, start + 1, year)]
        return [WrittenDate(start, position + 1, year, month)]

    def _season(self, start: int) -> list[WrittenDate]:
        token = self.tokens[start]
        quarter = self._quarter(start)
        if quarter is not None:
            number, end = quarter
            year, after = self._with_year(end, short=False)
            return [WrittenDate(start, after if year else end, year, 3 * number - 2, months=3)]
        month = self.words.seasons.get(token.norm)
        if month is None:
            return []
        year, end = self._with_year(start + 1, short=False)
        if year is None and token.norm in self.words.words_too and not self._is_placed(start):
            return []
        return [WrittenDate(start, end if year else start + 1, year, month, months=3)]

    def _quarter(self, start: int) -> tuple[int, int] | None:
        token = self.tokens[start]
        following = self.tokens[start + 1] if start + 1 < len(self.tokens) else None
        if following is None:
            return None
        if token.norm == "q" and following.value in (1, 2, 3, 4):
            return int(following.value), start + 2
        if (
            token.ordinal
            and token.value in (1, 2, 3, 4)
            and self.words.units.get(following.norm) == "quarter"
        ):
            return int(token.value), start + 2
        return None

    def _lone_day(self, start: int) -> list[WrittenDate]:
        """As in "the 24th" alone; a word like "first" needs more than itself to be a day."""
        token = self.tokens[start]
        day = self._day(start)
        if not token.ordinal or day is None or (token.text.isalpha() and day < 4):
            return []
        following = self.tokens[start + 1].norm if start + 1 < len(self.tokens) else ""
        if following in self.words.units or following in self.words.half:
            return []
        return [WrittenDate(start, start + 1, None, None, day)]


def _is_short_year(token: Token) -> bool:
    """Whether an apostrophe stands for the century: "May '17"."""
    return not token.text[:1].isalnum()


def _numeric(token: Token, position: int) -> WrittenDate:
    """A date in digits alone; its order is left open where both orders give a day."""
    if token.text.isdigit():
        written = (int(token.text[:4]), int(token.text[4:6]), int(token.text[6:]))
        return WrittenDate(position, position + 1, *written)
    parts = [int(part) for part in token.text.replace("/", "-").replace(".", "-").split("-")]
    if parts[0] > 31:
        day = parts[2] if len(parts) == 3 else None
        return WrittenDate(position, position + 1, parts[0], parts[1], day)
    year = (parts[2] + 2000 if parts[2] < 100 else parts[2]) if len(parts) == 3 else None
    first, second = parts[0], parts[1]
    if first > 12 and second <= 12:
        return WrittenDate(position, position + 1, year, max(second, 1), first)
    if second > 12 and first <= 12:
        return WrittenDate(position, position + 1, year, max(first, 1), second)
    if first > 12:
        return _nowhere(position, parts)
    if first == second and first:
        return WrittenDate(position, position + 1, year, first, first)
    return WrittenDate(position, position + 1, year, numeric=(first, second))


def _nowhere(position: int, parts: list[int]) -> WrittenDate:
    """A date of no calendar; kept, so that it is said to be none rather than left out."""
    return WrittenDate(position, position + 1, max(parts), 2, 31)
