"""What the record holds for a statement: the look-ups it is checked by, and where its number stands instead.

A statement's time may be meant in several ways ("yesterday" under a dateline, a day told of a sentence
before); each way is a look-up, tried in turn. Where none bears the number out, `near_miss` tells in which
one slot the record has it otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering import Answerer
from knowledge.coverage import days_of
from knowledge.lookups import Request
from knowledge.models import Fact, Figure, Number, Period, Query, last_day
from knowledge.reply import unique_figures
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.selection import OPERATION
from knowledge.statement import ELSEWHERE, Statement

#: Smaller numbers stand under so many days that one of another day says something only close by.
TELLING = 10
NEAR_DAYS = 3
FAR_DAYS = 366
#: Counts by two publishers taken at most so many days apart are rivals.
RIVAL_DAYS = 31
#: A count that the record does not follow any further may have grown by so much.
MOST_GROWTH = 1.5
#: The longest time that can say as of when something was counted.
LONGEST_AS_OF = 31
#: So many figures are offered besides.
MOST_RELATED = 3
_WHOLE = (BOTH_COUNTRIES, *COUNTRIES, OPERATION, "worldwide")


@dataclass(frozen=True, slots=True)
class Held:
    """The record's figures for one look-up; `cumulative` are counts of any date beside them.

    A `partial` total lacks days: it bears no number out, and contradicts smaller ones only.
    """

    figures: tuple[Figure, ...] = ()
    cumulative: tuple[Figure, ...] = ()
    partial: bool = False

    @property
    def all(self) -> tuple[Figure, ...]:
        """Every figure, those of the look-up itself first."""
        return (*self.figures, *self.cumulative)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Where a number is on record: `slot` is the one thing that is otherwise there."""

    slot: str = ""
    figures: tuple[Figure, ...] = ()


class Evidence:
    """Looks statements up in the record that an `Answerer` answers from."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._store = answerer.store
        self._selector = answerer.selector
        self._vocabulary = answerer.vocabulary
        self._held: dict[Request, Held] = {}

    def forget(self) -> None:
        """Let go of what was looked up: one text's look-ups are kept while it is checked."""
        self._held.clear()

    # -- look-ups ------------------------------------------------------------------------------

    def request_of(self, statement: Statement) -> Request | None:
        """The look-up that a statement is checked by; None where nothing on record counts such a thing."""
        if not statement.metric and statement.target is None:
            return None
        query = Query(
            metrics=(statement.metric,) if statement.metric else (),
            actors=statement.actors,
            places=self._places(statement),
            periods=(statement.period,) if statement.period else (),
            targets=(statement.target,) if statement.target else (),
            publishers=statement.publishers,
        )
        return self._answerer.requests_of(query)[0]

    def _places(self, statement: Statement) -> tuple[str, ...]:
        """The place of a claim; counts kept for the whole operation or worldwide only are meant there."""
        homes = self._vocabulary.home_places.get(statement.metric, (BOTH_COUNTRIES,))
        place = statement.place
        if not place or statement.target is not None:
            return (place,) if place else ()
        kept_there = place.startswith(ELSEWHERE) or self._store.has(statement.metric, place)
        if place in _WHOLE and not kept_there and BOTH_COUNTRIES not in homes:
            return ()
        return (place,)

    def readings(self, request: Request, statement: Statement) -> list[Request]:
        """How a claim's time and place may be meant: as its sentence says, else as the text around does."""
        readings = self._times(request, statement)
        if statement.or_both:
            readings += [replace(reading, place=BOTH_COUNTRIES) for reading in readings]
        return readings

    def _times(self, request: Request, statement: Statement) -> list[Request]:
        period = request.period
        if period is not None and statement.standing and self._is_counted_up(request, period):
            by = Period(period.first, period.last, by=True)
            return [request, replace(request, period=by)]
        if period is None or statement.timing == "own":
            return [request]
        published = replace(request, period=replace(period, published=True))
        if statement.timing == "dateline":
            return [request, published]
        if request.target is not None:
            return [request]  # a target is only ever counted by day
        by = Period(period.first, period.last, by=True)
        if statement.timing == "told":
            return [request, published, replace(request, period=by)]
        return [request, replace(request, period=by), replace(request, period=None, pinned=False)]

    def _is_counted_up(self, request: Request, period: Period) -> bool:
        """Whether a metric is only ever counted up to a day: then "in August 2019" says as of when."""
        if request.target is not None or period.days > LONGEST_AS_OF or request.place.startswith(ELSEWHERE):
            return False
        return not self._store.has_periods(request.metric)

    def held(self, request: Request) -> Held:
        """The record's figures for a look-up; without a time every cumulative one besides."""
        if request not in self._held:
            self._held[request] = self._look_up(request)
        return self._held[request]

    def _look_up(self, request: Request) -> Held:
        if request.place.startswith(ELSEWHERE):
            return Held()
        finding = self._answerer.find(request)
        figures = finding.figures
        alike = (request.metric, *self._vocabulary.kin.get(request.metric, ()))
        if request.target is None and any(f.metric not in alike for f in figures):
            figures = ()
        partial = finding.kind == "total" and finding.covered < finding.asked
        since = request.period is not None and request.period.since
        if (request.period is not None and not since) or request.target is not None:
            return Held(figures, partial=partial)
        facts = self._store.cumulative(request.metric, request.place, request.actor)
        if since:  # counts of the same beginning, whatever day they were taken on
            facts = tuple(
                f for f in facts if figures and f.start and f.start[:4] == (figures[0].start or "")[:4]
            )
        facts += self._pins(request) if request.pinned and not since else ()
        kept = tuple(self._selector.figure(f) for f in facts if self._is_told_by(f, request.publishers))
        return Held(figures, tuple(f for f in kept if f not in figures))

    def _pins(self, request: Request) -> tuple[Fact, ...]:
        """The founding report's figures, which a claim without a time may mean."""
        places = COUNTRIES if request.place == BOTH_COUNTRIES else (request.place,)
        pins = [pin for place in places for pin in self._store.pins(request.metric, place)]
        return tuple(pin for pin in pins if pin.actor == request.actor)

    def _is_told_by(self, fact: Fact, publishers: Sequence[str]) -> bool:
        if not publishers:
            return True
        wanted = {name for p in publishers for name in self._vocabulary.publishers[p].matches}
        return bool(wanted & {self._vocabulary.series[fact.series].publisher, fact.source.publisher})

    def is_between(self, request: Request, value: Number, held: Held) -> bool:
        """Whether a count up to a day fits between the record's last one before it and the next one after.

        Counts only grow: such a number can be right, though none of that day is on record.
        """
        period = request.period
        if period is None or not period.by:
            return False
        counts = self._store.cumulative(request.metric, request.place, request.actor)
        later = [fact for fact in counts if last_day(fact.as_of or "2014") > period.last]
        for figure in held.figures:
            last = last_day(figure.as_of or figure.end or "2014")
            old = figure.cumulative and (period.last - last).days > RIVAL_DAYS
            grown = figure.value is not None and value > figure.value
            next_ones = [f.value for f in later if f.source.publisher == figure.source.publisher and f.value]
            most = min(next_ones, default=MOST_GROWTH * (figure.value or 0))
            if old and grown and value <= most:
                return True
        return False

    # -- beside what was found -----------------------------------------------------------------

    def rivals(self, bearing: Sequence[Figure], figures: Sequence[Figure]) -> tuple[Figure, ...]:
        """Other publishers' figures of the same time that do not bear a number out."""
        publishers = {f.source.publisher for f in bearing}
        return tuple(
            f
            for f in figures
            if f.source.publisher not in publishers and any(_is_of_one_time(f, other) for other in bearing)
        )

    def near_miss(self, request: Request, statement: Statement) -> NearMiss:
        """The one slot in which a figure with just this number differs from what is claimed."""
        if request.place.startswith(ELSEWHERE) or request.target is not None:
            return NearMiss()
        whole = self._of_the_whole(request)
        if any(statement.value in (f.value, f.low, f.high) for f in whole):
            return NearMiss("actor", whole[:MOST_RELATED])
        found = self._by_slot(request, statement)
        for slot in ("scope", "place", "metric", "actor", "date"):
            if slot in found:
                return NearMiss(slot, unique_figures((*found[slot], *whole))[:MOST_RELATED])
        return NearMiss("", whole[:MOST_RELATED])

    def _of_the_whole(self, request: Request) -> tuple[Figure, ...]:
        """The coalition's figures for one nation's claim."""
        default = self._default_actor(request.metric)
        if request.actor == default:
            return ()
        return self._answerer.find(replace(request, actor=default, pinned=True)).figures

    def _default_actor(self, metric: str) -> str:
        metrics = self._vocabulary.metrics
        return metrics[metric].default_actor if metric in metrics else "coalition"

    def _by_slot(self, request: Request, statement: Statement) -> dict[str, list[Figure]]:
        period = request.period
        days = (period.first, period.last) if period is not None else None
        found: dict[str, list[Figure]] = {}
        for fact in self._store.of_value(statement.value, request.metric, request.place, days):
            slot = self._slot_missed(fact, request, statement)
            if slot:
                found.setdefault(slot, []).append(self._selector.figure(fact))
        return found

    def _slot_missed(self, fact: Fact, request: Request, statement: Statement) -> str:
        """The slot that alone keeps a fact from being what was claimed; empty where there are several."""
        when = self._time_missed(fact, request.period, statement)
        missed = [
            slot
            for slot, is_missed in (
                ("metric", fact.metric != request.metric),
                ("place", fact.place != request.place),
                ("actor", fact.actor != request.actor and fact.metric == request.metric),
                (when, bool(when)),
            )
            if is_missed
        ]
        return missed[0] if len(missed) == 1 and missed[0] != "far" else ""

    def _time_missed(self, fact: Fact, period: Period | None, statement: Statement) -> str:
        """How a fact's time differs: another ``scope`` (a day for a month), another ``date``, or ``far``."""
        cumulative = self._vocabulary.series[fact.series].scope == "cumulative"
        if period is None:
            return "" if cumulative else "scope" if statement.value >= TELLING else "far"
        if cumulative:
            return "" if period.by or period.since else "scope"
        first, last = days_of(fact)
        if (first, last) == (period.first, period.last):
            return ""
        if period.first <= first and last <= period.last:
            return "scope"
        apart = min(abs((first - period.first).days), abs((last - period.last).days))
        near = FAR_DAYS if statement.value >= TELLING else NEAR_DAYS
        return "date" if apart <= near else "far"


def _is_of_one_time(one: Figure, other: Figure) -> bool:
    """Whether two figures count up to about the same day, or the same days."""
    if one.metric == "civilian_deaths" and one.cumulative and other.cumulative:
        return True
    if one.cumulative != other.cumulative or one.fact is None or other.fact is None:
        return False
    if not one.cumulative:
        return (one.start, one.end) == (other.start, other.end)
    days = [last_day(f.as_of or f.end or "2014") for f in (one, other)]
    return abs((days[0] - days[1]).days) <= RIVAL_DAYS
