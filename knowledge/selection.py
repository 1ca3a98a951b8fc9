"""Which facts answer a metric, actor, place and period: the rules on who, where and when (SPEC rules 2-7).

Nothing here makes words; a `Finding` holds what is asserted, what stands beside it, and, for a
total, what it was worked out from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.coverage import counted_once, days_of, days_on_record, pairs_of_countries
from knowledge.lookups import Finding, Request
from knowledge.models import Fact, Figure, Period, Source, each_day, first_day, last_day
from knowledge.notes import for_readers
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.store import Store
from knowledge.wholes import LEAST_DAYS, MOST_BESIDE, adding_days, contain, longest_apart

#: A rival cumulative figure this many days older than the leading one still stands beside it.
RIVAL_DAYS = 366
#: What was lost or won over a longer time is not how much had been at some day of it.
MOST_DAYS_OF_A_LEVEL = 31
OPERATION = "operation-inherent-resolve"
#: The day that all counts of the campaign begin with: a figure from then on is one for the whole year.
FIRST_STRIKES = date(2014, 8, 8)


class Selector:
    """Applies the rules to the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._vocabulary = store.vocabulary

    # -- figures ------------------------------------------------------------------------------

    def figure(self, fact: Fact) -> Figure:
        """A fact as an answer gives it."""
        vocabulary = self._vocabulary
        metric = f"targets:{fact.target}" if fact.target else fact.metric
        series = vocabulary.series[fact.series]
        return Figure(
            fact=fact.id,
            metric=metric,
            value=fact.value,
            low=fact.low,
            high=fact.high,
            qualifier=fact.qualifier,
            unit=self._unit(fact),
            actor=vocabulary.actors[fact.actor].name if fact.actor else "",
            place=vocabulary.places[fact.place].name,
            start=fact.start,
            end=fact.end,
            as_of=fact.as_of,
            source=fact.source,
            note=for_readers(fact.note),
            cumulative=series.scope == "cumulative",
            counted_by=series.publisher if series.independent else "",
        )

    def unit_of_many(self, fact: Fact) -> str:
        """What several of a target are called, with what became of them."""
        name = self._vocabulary.targets[fact.target or ""].name
        return f"{name} {fact.effect}" if fact.effect else name

    def _unit(self, fact: Fact) -> str:
        if fact.target is None:
            return self._vocabulary.metrics[fact.metric].unit
        target = self._vocabulary.targets[fact.target]
        name = target.singular if fact.value == 1 else target.name
        return f"{name} {fact.effect}" if fact.effect else name

    # -- the rules ------------------------------------------------------------------------------

    def find(self, request: Request) -> Finding:
        """What answers a request."""
        period = request.period
        if request.target is not None:
            return self._targets(request)
        if period is None:
            return self._undated(request)
        if period.published:
            return self._published(request, period)
        if period.by:
            return self._by(request, period)
        if period.since:
            return self._since(request, period)
        return self._within(request, period)

    def _kept(self, facts: Iterable[Fact], request: Request) -> tuple[Fact, ...]:
        """Facts of the publishers asked for; of all when none was."""
        if not request.publishers:
            return tuple(facts)
        wanted = {m for p in request.publishers for m in self._vocabulary.publishers[p].matches}
        return tuple(f for f in facts if wanted & self._counters(f))

    def _counters(self, fact: Fact) -> set[str]:
        """Whose count a figure is: its series' and its page's publisher, but not who only hosts a release."""
        series = self._vocabulary.series
        independent = {s.publisher for s in series.values() if s.independent}
        hosted = series[fact.series].addable and fact.source.publisher in independent
        return {series[fact.series].publisher} | (set() if hosted else {fact.source.publisher})

    def _found(self, request: Request, facts: Sequence[Fact], related: Sequence[Fact] = ()) -> Finding:
        kind = "figure" if facts else "none"
        return Finding(
            request, kind, tuple(map(self.figure, facts)), tuple(map(self.figure, related)), tuple(facts)
        )

    def _undated(self, request: Request) -> Finding:
        latest, stale = self._rivals(self._latest(request), request)
        pins = self._pins(request) if request.pinned and not request.publishers else ()
        return self._found(request, (*latest, *(p for p in pins if p not in latest)), stale)

    def _latest(self, request: Request, not_after: date | None = None) -> tuple[Fact, ...]:
        """Each publisher's last count of everything, or else how much there was the last time."""
        store, r = self._store, request
        counts = self._kept(store.latest_cumulative(r.metric, r.place, r.actor, not_after), r)
        return counts or self._kept(store.latest_levels(r.metric, r.place, r.actor, not_after), r)

    def _pins(self, request: Request) -> tuple[Fact, ...]:
        places = COUNTRIES if request.place == BOTH_COUNTRIES else (request.place,)
        pins = [pin for place in places for pin in self._store.pins(request.metric, place)]
        return tuple(pin for pin in pins if pin.actor == request.actor)

    def _rivals(self, facts: Sequence[Fact], request: Request) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
        """The leading figure with the other publishers' of about its date; far older ones apart."""
        if not facts:
            return (), ()
        lead = last_day(facts[0].as_of or facts[0].end or "2014")
        near = [f for f in facts if (lead - last_day(f.as_of or f.end or "2014")).days <= RIVAL_DAYS]
        stale = [f for f in facts if f not in near]
        if request.metric == "civilian_deaths":
            near, stale = [*near, *stale], []
        return tuple(near), tuple(stale)

    def _by(self, request: Request, period: Period) -> Finding:
        near, stale = self._rivals(self._latest(request, period.last), request)
        near = near or self._from_the_start(request, period.last)
        if near:
            return self._found(request, near, stale)
        later = self._kept(self._store.cumulative(request.metric, request.place, request.actor), request)[:1]
        day = self._within(request, replace(period, by=False)) if not later else None
        return self._found(request, (), (*later, *(day.facts if day and day.kind == "figure" else ())))

    def _from_the_start(self, request: Request, last: date) -> tuple[Fact, ...]:
        """A report on all the days from the first strikes to just the day asked for."""
        whole = Period(FIRST_STRIKES, last)
        facts = self._store.within(request.metric, request.place, request.actor, FIRST_STRIKES, last)
        return tuple(f for f in self._kept(facts, request) if days_of(f) == (whole.first, whole.last))

    def _since(self, request: Request, period: Period) -> Finding:
        """Everything from a day on: a cumulative count that began then, else the reports since."""
        facts = self._kept(
            self._store.latest_cumulative(request.metric, request.place, request.actor), request
        )
        near, stale = self._rivals([f for f in facts if _began_with(f, period.first)], request)
        if near:
            pins = [
                p for p in self._pins(request) if p not in near and p.start and _began_with(p, period.first)
            ]
            return self._found(request, (*near, *pins), stale)
        return self._within(request, replace(period, since=False))

    def _published(self, request: Request, period: Period) -> Finding:
        store, r = self._store, request
        facts = store.published_on(r.metric, r.place, r.actor, period.first, period.last)
        if not facts and r.place == BOTH_COUNTRIES:
            parts = [store.published_on(r.metric, c, r.actor, period.first, period.last) for c in COUNTRIES]
            facts = tuple(f for part in parts for f in part)
        if facts:
            return self._found(request, facts)
        return self._found(request, (), self._within(request, replace(period, published=False)).facts[:3])

    def _within(self, request: Request, period: Period) -> Finding:
        store, r = self._store, request
        levels = self.levels(request, period.first, period.last)
        flows = period.days > MOST_DAYS_OF_A_LEVEL and store.has_periods(r.metric)
        if levels and not flows:
            return self._found(request, levels)
        inside = self._kept(store.within(r.metric, r.place, r.actor, period.first, period.last), request)
        whole, late = self._late_ones_apart(inside)
        exact = [f for f in whole if _is_of(f, period)]
        total = self._total(request, period, inside)
        if exact and not self._is_of_another_publisher(exact, total):
            return self._found(request, exact, [f for f in late if days_of(f) == (period.first, period.last)])
        counted = self._counted_over(request, period)
        if counted:
            return self._found(request, counted)
        if total is not None:
            return self._beside_wholes(total, exact, whole)
        wider = store.overlapping(r.metric, r.place, r.actor, period.first, period.last)
        if not wider and r.place == BOTH_COUNTRIES:
            wider = tuple(
                f
                for c in COUNTRIES
                for f in store.overlapping(r.metric, c, r.actor, period.first, period.last)
            )
        before = store.latest_levels(r.metric, r.place, r.actor, period.last)
        return self._found(request, (), self._kept((*wider, *levels, *before), request)[:4])

    def _beside_wholes(self, total: Finding, exact: Sequence[Fact], inside: Sequence[Fact]) -> Finding:
        """A sum of single reports with the figures for whole stretches that it leaves out.

        Where its own publisher also counted such stretches, the record itself disproves the sum: theirs
        stands instead if it takes in all that was summed, else none is asserted.
        """
        if total.covered == total.asked or total.asked < LEAST_DAYS:
            return replace(total, related=tuple(map(self.figure, exact)))
        both = total.request.place == BOTH_COUNTRIES
        of_all = exact or (self.parts_of_countries(total.request) if both else ())
        series = self._vocabulary.series
        longer = [f for f in inside if not series[f.series].addable and f not in exact]
        reported = {series[f.series].publisher for f in total.facts}
        own = longest_apart(
            adding_days([f for f in longer if series[f.series].publisher in reported], total.facts)
        )
        if own and not of_all:
            return self._of_wholes(total, own)
        others = () if of_all else adding_days(longest_apart(longer), total.facts)
        return replace(total, related=tuple(map(self.figure, (*of_all, *others)))[:MOST_BESIDE])

    def _of_wholes(self, total: Finding, wholes: Sequence[Fact]) -> Finding:
        """What a publisher's figures for longer stretches say where its single reports say less."""
        period = total.request.period
        alike = {f.series for f in wholes} == {wholes[0].series} and all(
            f.qualifier == "exactly" for f in wholes
        )
        if period is None or not alike or not contain(wholes, total.facts):
            return Finding(total.request, "none", (), tuple(map(self.figure, wholes))[:MOST_BESIDE])
        figure = self._summed(total.request, period, wholes)
        covered = len(days_on_record(wholes))
        return replace(total, figures=(figure,), facts=tuple(wholes), covered=covered, missing=())

    def _is_of_another_publisher(self, facts: Sequence[Fact], total: Finding | None) -> bool:
        """Whether somebody else counted just these days than whose reports of days add up to a total."""
        if total is None:
            return False
        counted = [self._vocabulary.series[fact.series] for fact in facts]
        reported = {self._vocabulary.series[fact.series].publisher for fact in total.facts}
        return not any(series.addable or series.publisher in reported for series in counted)

    def _late_ones_apart(self, facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
        """Figures that count all of their days, and beside them what was only reported later."""
        late = [f for f in facts if self._vocabulary.series[f.series].partial]
        return [f for f in facts if f not in late], late

    def _counted_over(self, request: Request, period: Period) -> tuple[Fact, ...]:
        """Cumulative counts that began and ended with the period."""
        if period.days < 45:
            return ()
        facts = self._kept(self._store.cumulative(request.metric, request.place, request.actor), request)
        return tuple(
            f
            for f in facts
            if _began_with(f, period.first)
            and abs((last_day(f.as_of or f.end or "2014") - period.last).days) <= 1
        )

    # -- totals -----------------------------------------------------------------------------------

    def reports(self, request: Request, period: Period) -> Finding | None:
        """The single reports of one series inside a period, also where one figure tells of it all."""
        r = request
        within = self._store.within(r.metric, r.place, r.actor, period.first, period.last)
        return self._total(request, period, self._kept(within, request))

    def _total(self, request: Request, period: Period, inside: Sequence[Fact]) -> Finding | None:
        """The sum of one addable series' figures inside a period that don't overlap."""
        parts = self._parts(request, period, inside)
        if not parts or any(f.value is None for f in parts):
            return None
        figure = self._summed(request, period, parts)
        covered = days_on_record(parts)
        missing = (
            tuple(d for d in each_day(period.first, period.last) if d not in covered)
            if period.days <= 366
            else ()
        )
        return Finding(request, "total", (figure,), (), tuple(parts), len(covered), period.days, missing)

    def parts(self, request: Request, period: Period) -> list[Fact]:
        """The single reports inside a period that a total of it adds up, in order of time."""
        r = request
        inside = self._store.within(r.metric, r.place, r.actor, period.first, period.last)
        return self._parts(request, period, self._kept(inside, request))

    def counts(self, request: Request) -> tuple[Fact, ...]:
        """Every cumulative count up to the period's end, or else how much there was in it each time."""
        store, r, period = self._store, request, request.period
        last = period.last if period is not None else date.max
        first = period.first if period is not None and not period.by else date.min
        counts = store.cumulative(r.metric, r.place, r.actor)
        facts = self._kept(counts or store.levels(r.metric, r.place, r.actor, first, last), r)
        return tuple(f for f in facts if first_day(f.as_of or f.end or "2014") <= last)

    def _parts(self, request: Request, period: Period, inside: Sequence[Fact]) -> list[Fact]:
        parts = [f for f in inside if self._vocabulary.series[f.series].addable]
        if request.place == BOTH_COUNTRIES:
            parts = self._with_both_countries(request, period, parts)
        return counted_once(parts)

    def _with_both_countries(self, request: Request, period: Period, parts: list[Fact]) -> list[Fact]:
        """Days whose report gives the countries but no sum: both countries' figures are its parts."""
        first, last = period.first, period.last
        inside = [self._store.within(request.metric, c, request.actor, first, last) for c in COUNTRIES]
        by_country = [
            [f for f in self._kept(facts, request) if self._vocabulary.series[f.series].addable]
            for facts in inside
        ]
        return parts + pairs_of_countries(parts, by_country)

    def _summed(self, request: Request, period: Period, parts: Sequence[Fact]) -> Figure:
        total = sum(f.value for f in parts if f.value is not None)
        sources: tuple[Source, ...] = tuple(dict.fromkeys(f.source for f in parts))
        sample = self.figure(parts[0])
        return replace(
            sample,
            fact=None,
            value=total,
            place=self._vocabulary.places[request.place].name,
            start=period.first.isoformat(),
            end=period.last.isoformat(),
            as_of=None,
            source=sources[0],
            sources=sources,
            note="",
        )

    def _targets(self, request: Request) -> Finding:
        """Counts of one type of target; over several reports they are added up."""
        period = request.period
        places = (request.place, *self._vocabulary.cities_of(request.place))
        if request.place == BOTH_COUNTRIES:
            places = tuple(p for c in COUNTRIES for p in (c, *self._vocabulary.cities_of(c)))
        first, last = (period.first, period.last) if period else (date(2014, 1, 1), date(2100, 1, 1))
        facts = self._store.targets_hit(places, first, last, (request.target or "",))
        if period is None or not facts or (len(places) == 1 and period.days == 1) or len(facts) == 1:
            return self._found(request, facts)
        return self._found(request, facts)

    def periods_on_record(self, request: Request, first: date, last: date) -> set[tuple[date, date]]:
        """The days of every figure for a period inside the days asked for, the two countries' with both."""
        places = (request.place, *(COUNTRIES if request.place == BOTH_COUNTRIES else ()))
        found = [self._store.within(request.metric, p, request.actor, first, last) for p in places]
        return {days_of(f) for facts in found for f in self._kept(facts, request)}

    def levels(self, request: Request, first: date, last: date) -> tuple[Fact, ...]:
        """How much there was, each time inside the days asked for."""
        r = request
        return self._kept(self._store.levels(r.metric, r.place, r.actor, first, last), request)

    def whole(self, request: Request, period: Period) -> Figure | None:
        """The figure for all of a period; of both countries, else the sum of one series' two."""
        held = self._for_all_of(request, period)
        if held:
            return self.figure(held[0])
        if request.place != BOTH_COUNTRIES:
            return None
        iraq, syria = (self._for_all_of(replace(request, place=c), period) for c in COUNTRIES)
        for pair in ((one, other) for one in iraq for other in syria if one.series == other.series):
            if all(f.value is not None and f.qualifier == "exactly" for f in pair):
                return self._summed(request, period, pair)
        return None

    def _for_all_of(self, request: Request, period: Period) -> list[Fact]:
        r = request
        inside = self._store.within(r.metric, r.place, r.actor, period.first, period.last)
        whole, _ = self._late_ones_apart(self._kept(inside, request))
        return [f for f in whole if _is_of(f, period)]

    def parts_of_countries(self, request: Request) -> tuple[Fact, ...]:
        """Each country's own figure for exactly the period asked for."""
        period = request.period
        if period is None:
            return ()
        return tuple(
            f
            for country in COUNTRIES
            for f in self._store.within(request.metric, country, request.actor, period.first, period.last)
            if days_of(f) == (period.first, period.last)
        )


def _is_of(fact: Fact, period: Period) -> bool:
    """Whether a fact is for just these days, those before the campaign left out."""
    first, last = days_of(fact)
    return last == period.last and (first == period.first or period.first < first == FIRST_STRIKES)


def _began_with(fact: Fact, first: date) -> bool:
    """Whether a count began with the day asked for, or later in a year before which nothing was counted."""
    began = first_day(fact.start) if fact.start else None
    return began is not None and 0 <= (began - first).days < 366
