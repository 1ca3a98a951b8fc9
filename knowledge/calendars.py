"""A language's words for dates, as its file lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """A language's words for dates; every entry holds compared forms of `text.normalised`.

    `markers` are phrases before a date with what they make of it (published, by, since, end), by their
    last word. `openers` are the words that a period counted from another one can begin with,
    `holiday_openers` those that a holiday's name begins with.
    """

    named: Mapping[str, int]
    holidays: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    words_too: frozenset[str]
    units: Mapping[str, str]
    early: frozenset[str]
    middle: frozenset[str]
    late: frozenset[str]
    end: frozenset[str]
    whole: frozenset[str]
    half: frozenset[str]
    several: frozenset[str]
    ever_since: frozenset[str]
    onward: frozenset[str]
    range: frozenset[str]
    between: frozenset[str]
    since: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    last: frozenset[str]
    this: frozenset[str]
    next: frozenset[str]
    same: frozenset[str]
    today: frozenset[str]
    yesterday: frozenset[str]
    tomorrow: frozenset[str]
    release: frozenset[str]
    not_published: frozenset[str]
    passive: frozenset[str]
    markers: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    openers: frozenset[str]
    holiday_openers: frozenset[str]
