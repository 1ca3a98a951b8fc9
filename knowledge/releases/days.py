"""The days that a release speaks of: "yesterday", "March 9-15", "from Dec. 4 into yesterday"; pure.

Dates without a year are the last ones before the release came out. A day's strikes are counted from
morning to morning in many releases; such a stretch is named by the day on which it began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from knowledge.releases.forms import DATED, Forms

#: Days that are named one by one and still make a stretch.
_LONGEST_LIST = 40


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days as a text names it; `first` and `last` are None where the days are no stretch.

    `clocked` says that it ran from a time of the first day to the same time of the day after the
    last; `relative` that it was counted from the day of the release ("yesterday").
    """

    start: int
    end: int
    first: date | None
    last: date | None
    clocked: bool = False
    relative: bool = False

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day, where they are known."""
        return (self.first, self.last) if self.first and self.last else None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative days count from: the day of the release, and what its "yesterday" is."""

    day: date
    yesterday: date | None


@dataclass(frozen=True, slots=True)
class _Day:
    """One day as written; `bare` is a number whose month was said before it."""

    start: int
    end: int
    day: date
    relative: bool = False
    bare: bool = False


def days_in(text: str, anchor: Anchor, forms: Forms) -> tuple[Days, ...]:
    """Every stretch of days in a text, in its order."""
    single = [day for day in _single(text, anchor, forms) if not _is_of_the_telling(text, day, forms)]
    found = _joined(single, text, forms)
    return tuple(sorted((*found, *_hours(text, anchor, forms)), key=lambda days: days.start))


def _is_of_the_telling(text: str, day: _Day, forms: Forms) -> bool:
    """Whether a day is that on which something was said.

    As in "officials reported today", "officials today also announced", "at the time of yesterday's update".
    """
    telling, joints = forms.options["telling"], forms.options["telling_joints"]
    before = rf"\b(?:{telling})(?:\s+(?:{joints}))*\s+$"
    after = rf"(?:\s+(?:also\s+)?(?:{forms.options['telling_verbs']})|'s\s+(?:{telling}))\b"
    return (
        re.search(before, text[: day.start], re.IGNORECASE) is not None
        or re.compile(after, re.IGNORECASE).match(text, day.end) is not None
    )


def _hours(text: str, anchor: Anchor, forms: Forms) -> Iterator[Days]:
    """As in "in the last 24 hours": of the day of the release and the one before."""
    for match in forms.pattern["hours"].finditer(text):
        yield Days(match.start(), match.end(), anchor.day - timedelta(days=1), anchor.day, relative=True)


def masked(text: str, days: Sequence[Days]) -> str:
    """The text with its dates made unreadable, every offset as it was."""
    for found in days:
        text = text[: found.start] + DATED * (found.end - found.start) + text[found.end :]
    return text


@lru_cache(maxsize=8)
def _patterns(language_forms: Forms) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    months = language_forms.options["months"]
    day = re.compile(
        rf"(?<!\w)(?P<month>{months})\.?,?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d)(?:,?\s+(?P<year>20\d\d))?"
        rf"|(?<![\w-])(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{months})\b\.?(?:,?\s+(?P<year2>20\d\d))?"
        rf"|(?<![\w-])(?P<weekday>{language_forms.options['weekdays']})\b"
        rf"|(?<![\w-])(?P<relative>{language_forms.options['relative_days']})\b",
        re.IGNORECASE,
    )
    clock = r"(?:\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?,?\s*)"
    through = language_forms.options["through"]
    joint = re.compile(
        rf",?\s*(?P<joint>{through}|{language_forms.options['together']}|,)\s*(?P<clock>{clock})?(?:on\s+)?",
        re.IGNORECASE,
    )
    bare = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|\s*(?:[ap]\.m|percent))", re.IGNORECASE)
    return day, joint, bare


def _single(text: str, anchor: Anchor, forms: Forms) -> Iterator[_Day]:
    """Single days, and bare numbers that go on from one: the 15 of "March 9-15"."""
    pattern, joint, bare = _patterns(forms)
    position = 0
    while found := pattern.search(text, position):
        position = found.end()
        written = _day(found, anchor, forms)
        if written is None:
            continue
        yield written
        while (joined := joint.match(text, position)) and (number := bare.match(text, joined.end())):
            is_range = joined["joint"].casefold() in forms.words["through"]
            after = text[number.end() : number.end() + 1]
            if not (is_range or after in (",", ".", ";", ":", "") or number[0] != number["day"]):
                break
            later = _possible(written.day.year, written.day.month, int(number["day"]))
            if later is None or later <= written.day or pattern.match(text, joined.end()):
                break
            yield _Day(number.start(), number.end(), later, bare=True)
            position = number.end()
            if is_range:
                break


def _day(found: re.Match[str], anchor: Anchor, forms: Forms) -> _Day | None:
    start, end = found.span()
    if word := found["relative"]:
        offset = forms.relative_days[word.casefold()]
        day = anchor.day if not offset else anchor.yesterday
        return _Day(start, end, day, relative=True) if day else None
    if weekday := found["weekday"]:
        back = (anchor.day.weekday() - forms.weekdays[weekday.casefold()]) % 7
        return _Day(start, end, anchor.day - timedelta(days=back))
    month = forms.months[(found["month"] or found["month2"]).casefold()]
    number, year = int(found["day"] or found["day2"]), found["year"] or found["year2"]
    if year:
        written = _possible(int(year), month, number)
    else:
        candidates = (_possible(anchor.day.year - back, month, number) for back in range(5))
        written = next((day for day in candidates if day and day <= anchor.day), None)
    return _Day(start, end, written) if written else None


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _joined(days: Sequence[_Day], text: str, forms: Forms) -> Iterator[Days]:
    """Neighbouring days made one stretch where the words between them say so."""
    position = 0
    while position < len(days):
        run, joints = [days[position]], []
        while position + 1 < len(days) and (joint := _joint(days[position], days[position + 1], text, forms)):
            position += 1
            run.append(days[position])
            joints.append(joint)
        yield _stretch(run, joints, text, forms)
        position += 1


def _joint(one: _Day, other: _Day, text: str, forms: Forms) -> str:
    """What joins two days: "through", "together", "clock", or nothing."""
    match = _patterns(forms)[1].fullmatch(text, one.end, other.start)
    if match is None:
        return ""
    if match["clock"]:
        return "clock"
    return "through" if match["joint"].casefold() in forms.words["through"] else "together"


def _stretch(run: Sequence[_Day], joints: Sequence[str], text: str, forms: Forms) -> Days:
    first, last = run[0].day, run[-1].day
    opened = re.search(
        rf"(?:{forms.options['between']})\s+(?:\d{{1,2}}(?::\d\d)?\s*[ap]\.?m\.?,?\s*)?(?:on\s+)?$",
        text[: run[0].start],
        re.IGNORECASE,
    )
    found = Days(run[0].start, run[-1].end, first, last, relative=any(day.relative for day in run))
    if len(run) == 1:
        return found
    if last < first:
        return replace(found, first=None, last=None)
    if "clock" in joints and len(run) == 2:
        return replace(found, last=max(first, last - timedelta(days=1)), clocked=True)
    if (len(run) == 2 and (opened or joints == ["through"])) or _is_gapless(run, joints):
        return found
    return replace(found, first=None, last=None)


def _is_gapless(run: Sequence[_Day], joints: Sequence[str]) -> bool:
    """Whether days named one by one follow each other without a gap."""
    if len(run) > _LONGEST_LIST:
        return False
    steps = zip(run, run[1:], joints, strict=False)
    return all(joint == "through" or (b.day - a.day).days == 1 for a, b, joint in steps)
