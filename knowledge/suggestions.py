"""What may be asked after an answer: another place or period that is on record, and a comparison.

Each is a complete question of the record's own words, offered only where asking it gives a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from knowledge.answering import Answerer
from knowledge.models import Answer, Fact, Period, Query, first_day, last_day
from knowledge.roles import COUNTRIES
from knowledge.understanding import ELSEWHERE
from knowledge.wording import period_text

#: How far from a day the next one on record may be, to be of interest after it.
_NEAR = timedelta(days=31)
_KINDS = ("figure", "total")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A complete question that leads on, and the few words that it takes on a button."""

    kind: Literal["place", "period", "compare"]
    label: str
    question: str


class Suggester:
    """Finds what leads on from an answer; `ask` answers a question outside of any conversation."""

    def __init__(self, answerer: Answerer, ask: Callable[[str], Answer]) -> None:
        self._answerer = answerer
        self._vocabulary = answerer.vocabulary
        self._wording = answerer.wording
        self._ask = ask

    def after(self, answer: Answer) -> tuple[Suggestion, ...]:
        """What leads on from an answer, at most one of each kind; nothing after what is not plain."""
        query = answer.query
        if answer.kind not in _KINDS or not _is_plain(query):
            return ()
        candidates = (self._other_place(query), self._other_period(query), self._comparison(query))
        found = (next((s for s in several if self._is_answered(s, query)), None) for several in candidates)
        return tuple(suggestion for suggestion in found if suggestion is not None)

    def _other_place(self, query: Query) -> Iterator[Suggestion]:
        """The other country, or a city's own."""
        other = self._counterpart(query.places[0]) if query.places else None
        if other is not None:
            name = self._vocabulary.places[other].name
            yield Suggestion("place", name, self._question(query.metrics[0], other, query.periods[0]))

    def _other_period(self, query: Query) -> Iterator[Suggestion]:
        """The month or the day on record that comes after, else the one before."""
        period = query.periods[0]
        for other in self._periods_beside(query, period):
            place = query.places[0] if query.places else None
            question = self._question(query.metrics[0], place, other)
            yield Suggestion("period", period_text(other, self._wording.locale), question)

    def _comparison(self, query: Query) -> Iterator[Suggestion]:
        """The two countries side by side."""
        place = query.places[0] if query.places else ""
        if place not in COUNTRIES:
            return
        other = self._vocabulary.places[next(c for c in COUNTRIES if c != place)].name
        names = {"place": self._vocabulary.places[place].name, "other": other}
        metric = self._vocabulary.metrics[query.metrics[0]].plural
        when = self._wording.period(query.periods[0])
        question = self._wording.say("compare_question", metric=metric, when=when, **names)
        yield Suggestion("compare", self._wording.say("compare_label", other=other), question)

    def _counterpart(self, place: str) -> str | None:
        if place in COUNTRIES:
            return next(country for country in COUNTRIES if country != place)
        parent = self._vocabulary.places[place].parent
        return parent if parent in COUNTRIES else None

    def _periods_beside(self, query: Query, period: Period) -> Iterator[Period]:
        if period.days == 1:
            yield from self._days_beside(query, period.first)
        elif _is_month(period):
            after = period.last + timedelta(days=1)
            before = period.first - timedelta(days=1)
            yield Period(after, last_day(f"{after:%Y-%m}"))
            yield Period(first_day(f"{before:%Y-%m}"), before)

    def _days_beside(self, query: Query, day: date) -> Iterator[Period]:
        one = timedelta(days=1)
        after = self._single_days(query, day + one, day + _NEAR)
        before = self._single_days(query, day - _NEAR, day - one)
        yield from (*after[:1], *before[-1:])

    def _single_days(self, query: Query, first: date, last: date) -> list[Period]:
        metric = query.metrics[0]
        place = self._answerer.requests_of(query)[0].place
        actor = self._vocabulary.metrics[metric].default_actor
        facts = self._answerer.store.within(metric, place, actor, first, last)
        return [Period(day, day) for day in dict.fromkeys(map(_only_day, facts)) if day is not None]

    def _question(self, metric: str, place: str | None, period: Period) -> str:
        where = self._wording.where(self._vocabulary.places[place].name) if place else ""
        name, when = self._vocabulary.metrics[metric].plural, self._wording.period(period)
        return " ".join(self._wording.say("full_question", metric=name, where=where, when=when).split())

    def _is_answered(self, suggestion: Suggestion, query: Query) -> bool:
        """Whether a suggestion is answered with what it says; it must be read as it was meant."""
        wanted, least = (("comparison",), 2) if suggestion.kind == "compare" else (_KINDS, 1)
        answer = self._ask(suggestion.question)
        same = answer.query.metrics == query.metrics
        return same and answer.kind in wanted and len(answer.figures) >= least


def _is_plain(query: Query) -> bool:
    """Whether a query asks for one metric, in one place or none, within a month, and for nothing more."""
    shape = replace(query, metrics=(), places=(), periods=(), in_total=False)
    if shape != Query() or len(query.metrics) != 1 or len(query.periods) != 1 or len(query.places) > 1:
        return False
    [period] = query.periods
    bounded = not (period.by or period.since or period.published) and period.days <= _NEAR.days
    return bounded and not any(place.startswith(ELSEWHERE) for place in query.places)


def _is_month(period: Period) -> bool:
    return period.first.day == 1 and period.last == last_day(f"{period.first:%Y-%m}")


def _only_day(fact: Fact) -> date | None:
    """The one day that a fact counts, None where it counts several."""
    if fact.start is None or (fact.end or fact.start) != fact.start or len(fact.start) < len("2017-06-10"):
        return None
    return first_day(fact.start)
