"""Charts of lists: the places that reports name, and the targets that were hit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.chart_parts import MOST_ROWS, ChartParts, by_span
from knowledge.charts import MOST_DAYS, Chart, ChartPoint, ChartRow, ChartSeries, months_of, stretches
from knowledge.coverage import days_of, days_on_record
from knowledge.listing import Lister
from knowledge.lookups import Finding, Request
from knowledge.models import Fact, Figure, Period, Query, each_day
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.understanding import ELSEWHERE, Understanding

#: So many kinds of targets are stacked; the rest is counted.
MOST_STACKED = 6
#: A longer period is cut to the days that are on record.
_LONGEST = 3660
_STRIKES, _COALITION = "strikes", "coalition"
#: Metrics that the daily reports count by place.
_REPORTED = frozenset({"strikes", "engagements"})


class ListCharter:
    """Draws up maps of places, and targets by day or month."""

    def __init__(self, lister: Lister, parts: ChartParts) -> None:
        self._lister = lister
        self._store = lister.store
        self._selector = lister.answerer.selector
        self._vocabulary = lister.vocabulary
        self._wording = lister.wording
        self._parts = parts

    # -- places ------------------------------------------------------------------------------------

    def places(self, query: Query) -> Chart | None:
        """The places that the reports of a period name, each with its count, highest first."""
        listed = replace(query, operation="where")
        periods, _ = self._lister.periods_of(listed)
        if len(periods) > 1 or not self._lister.places_struck(Understanding(listed)).figures:
            return None
        areas = self._lister.areas(listed)
        metric = query.metrics[0] if query.metrics and query.operation.endswith("_places") else _STRIKES
        request = Request(metric, _COALITION, BOTH_COUNTRIES, periods[0])
        cities = [place for place in areas if place not in COUNTRIES]
        found = self._counted_in(request, cities, periods[0])
        if not found:
            return None
        found.sort(key=lambda f: (-(f.figures[0].value or 0), f.request.place))
        on_record = days_on_record(fact for finding in found for fact in finding.facts)
        period = _cut(periods[0], on_record)
        return self._parts.chart(
            "map",
            query,
            self._lister.head("places_struck", query, (period,)),
            [finding.figures[0] for finding in found],
            rows=[self._row_of_place(finding) for finding in found],
            period=period,
            missing=stretches(set(each_day(period.first, period.last)) - on_record),
        )

    def parts_of_day(self, request: Request) -> list[Figure]:
        """What the report of a country's day tells of its places, the highest first."""
        period = request.period
        countries = COUNTRIES if request.place == BOTH_COUNTRIES else (request.place,)
        plain = request.metric in _REPORTED and not request.publishers and request.actor == _COALITION
        if period is None or period.days > 1 or period.by or period.published or not plain:
            return []
        cities = [city for country in countries for city in self._vocabulary.cities_of(country)]
        figures = [found.figures[0] for found in self._counted_in(request, cities, period)]
        return sorted(figures, key=lambda figure: (-(figure.value or 0), figure.place))

    def _counted_in(self, request: Request, places: Sequence[str], period: Period) -> list[Finding]:
        """What is on record for each of some places, those without a figure left out."""
        facts = self._store.places_struck(places, period.first, period.last, request.metric)
        named = dict.fromkeys(fact.place for fact in facts)
        found = [
            self._selector.find(replace(request, place=place, period=period, pinned=False)) for place in named
        ]
        return [f for f in found if f.figures and f.figures[0].value is not None]

    def _row_of_place(self, finding: Finding) -> ChartRow:
        place = self._vocabulary.places[finding.request.place]
        row = self._parts.row(place.name, finding.figures[0])
        return replace(row, latitude=place.latitude, longitude=place.longitude)

    def _days_of_reports(self, areas: Iterable[str], period: Period) -> frozenset[date]:
        """The days that a report on strikes in the countries of some places is on record for."""
        countries = {a if a in COUNTRIES else self._vocabulary.places[a].parent for a in areas}
        requests = [Request(_STRIKES, _COALITION, c, period) for c in COUNTRIES if c in countries]
        return days_on_record(fact for r in requests for fact in self._selector.parts(r, period))

    # -- targets -----------------------------------------------------------------------------------

    def targets(self, query: Query) -> Chart | None:
        """Targets that were hit: of one day a row a kind, of longer periods stacked by day or month."""
        listed = replace(query, operation="targets")
        periods, _ = self._lister.periods_of(listed)
        if len(periods) > 1 or not self._lister.targets_hit(Understanding(listed)).figures:
            return None
        areas = self._lister.areas(listed)
        facts = self._lister.target_counts(listed, areas, periods)
        counted = days_on_record(facts)
        reported = self._days_of_reports(areas, periods[0]) - counted
        period = _cut(periods[0], counted | reported)
        kinds = _by_kind(facts)
        if period.days == 1:
            return self._targets_of_day(query, period, kinds)
        return self._targets_over_time(query, period, kinds, (counted, reported))

    def _targets_of_day(self, query: Query, period: Period, kinds: Sequence[Sequence[Fact]]) -> Chart:
        return self._parts.chart(
            "rows",
            query,
            self._title(query, period, kinds),
            self._figures(kinds),
            rows=[self._parts.row(self._name(held), self._summed(held)) for held in kinds[:MOST_ROWS]],
            left_out=max(0, len(kinds) - MOST_ROWS),
        )

    def _targets_over_time(
        self,
        query: Query,
        period: Period,
        kinds: Sequence[Sequence[Fact]],
        days: tuple[frozenset[date], frozenset[date]],
    ) -> Chart:
        """Stacked by day or month; `days` are those with counts, and those of reports without one."""
        counted, reported = days
        months = months_of(period) if period.days > MOST_DAYS else ()
        missing = stretches(set(each_day(period.first, period.last)) - counted - reported)
        unnamed = stretches(reported)
        if months:
            empty = [m for m in months if counted.isdisjoint(each_day(m.first, m.last))]
            unnamed = tuple(m for m in empty if not reported.isdisjoint(each_day(m.first, m.last)))
            missing = tuple(m for m in empty if m not in unnamed)
        series = [
            ChartSeries(
                self._name(held),
                self._wording.say("targets_unit"),
                self._points(held, months),
                period,
                missing,
                unnamed,
                covered=len(counted),
            )
            for held in kinds[:MOST_STACKED]
        ]
        chart = self._parts.chart(
            "months" if months else "days",
            query,
            self._title(query, period, kinds),
            self._figures(kinds),
            series=series,
            period=period,
            missing=missing,
            left_out=len(kinds) - len(series),
        )
        return replace(chart, is_stacked=True)

    def _figures(self, kinds: Sequence[Sequence[Fact]]) -> list[Figure]:
        return [self._selector.figure(fact) for held in kinds for fact in held]

    def _name(self, facts: Sequence[Fact]) -> str:
        return self._selector.unit_of_many(facts[0])

    def _title(self, query: Query, period: Period, kinds: Sequence[Sequence[Fact]]) -> str:
        """What was hit where and when; a single kind is named itself."""
        if len(kinds) > 1 or not query.targets:
            return self._lister.head("targets_hit", query, (period,))
        known = [place for place in query.places if not place.startswith(ELSEWHERE)]
        where = [self._wording.where(self._vocabulary.places[place].name) for place in known]
        parts = (self._name(kinds[0]), self._parts.joined(where), self._wording.period(period))
        return " ".join(part for part in parts if part)

    def _points(self, facts: Sequence[Fact], months: Sequence[Period]) -> tuple[ChartPoint, ...]:
        """One kind's counts by the days of each report, or by month."""
        if not months:
            return tuple(self._parts.point(self._summed(held)) for held in by_span(facts).values())
        points = []
        for month in months:
            held = [f for f in facts if month.first <= days_of(f)[0] and days_of(f)[1] <= month.last]
            if held:
                points.append(self._parts.point(self._summed(held), len(days_on_record(held)), month))
        return tuple(points)

    def _summed(self, facts: Sequence[Fact]) -> Figure:
        """The counts of one kind as one figure, added up as an answer adds them up."""
        figure = self._selector.figure(facts[0])
        if len(facts) == 1:
            return figure
        return replace(figure, fact=None, value=sum(fact.value or 0 for fact in facts))


def _by_kind(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Counts by target and what became of it, the most numerous first; only such are added up."""
    kinds: dict[tuple[str | None, str | None, str], list[Fact]] = {}
    for fact in facts:
        if fact.value is not None:
            kinds.setdefault((fact.target, fact.effect, fact.series), []).append(fact)
    return sorted(kinds.values(), key=lambda held: (-sum(fact.value or 0 for fact in held), held[0].id))


def _cut(period: Period, on_record: frozenset[date]) -> Period:
    """A period without an end of its own from the first to the last day on record."""
    if period.days <= _LONGEST or not on_record:
        return period
    return Period(min(on_record), max(on_record))
