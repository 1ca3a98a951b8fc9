"""Figures for whole stretches of days, set beside sums of single reports; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from knowledge.coverage import days_of, days_on_record
from knowledge.models import Fact, Period
from knowledge.stretches import around

#: Figures for fewer days than the shortest month has are no figures for a longer stretch.
LEAST_DAYS = 28
#: So many figures for stretches inside a longer one are told beside its sum.
MOST_BESIDE = 6


def longest_apart(facts: Iterable[Fact]) -> list[Fact]:
    """Of figures for longer stretches those that share no day, the longest first; told in order of time."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (-_days(f), f.qualifier != "exactly", f.id)):
        first, last = days_of(fact)
        apart = all(last < days_of(k)[0] or days_of(k)[1] < first for k in kept)
        if apart and fact.value is not None and _days(fact) >= LEAST_DAYS:
            kept.append(fact)
    return sorted(kept, key=days_of)


def adding_days(facts: Iterable[Fact], counted: Sequence[Fact]) -> list[Fact]:
    """Figures for stretches of which a sum of single reports lacks days."""
    held = days_on_record(counted)
    return [fact for fact in facts if not days_on_record([fact]) <= held]


def contain(wholes: Sequence[Fact], parts: Sequence[Fact]) -> bool:
    """Whether every day of some single figures lies inside longer ones, which can then stand for them."""
    return days_on_record(parts) <= days_on_record(wholes)


def calendar_spans(period: Period, unit: str) -> Iterator[Period]:
    """The weeks, months or years that a period has days of, in order of time."""
    day = period.first
    while day <= period.last:
        span = around(day, unit)
        yield span
        day = span.last + timedelta(days=1)


def _days(fact: Fact) -> int:
    first, last = days_of(fact)
    return (last - first).days
