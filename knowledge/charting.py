"""From a query to its chart: the figures that its answer rests on, by day, by month or by date.

Each point is the answer to the question for its own days: `selection` decides what counts, as in answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.arithmetic import Arithmetic
from knowledge.chart_lists import ListCharter
from knowledge.chart_parts import MOST_ROWS, ChartParts, by_span
from knowledge.charts import MOST_DAYS, Chart, ChartKind, ChartSeries, months_of, stretches
from knowledge.comparing import Comparer
from knowledge.coverage import days_on_record
from knowledge.listing import Lister
from knowledge.lookups import Finding, Request
from knowledge.models import Fact, Figure, Period, Query, each_day
from knowledge.operations import ARITHMETIC
from knowledge.reply import unique_figures
from knowledge.roles import COUNTRIES

#: A longer stretch that one report tells of in one figure is no figure by day.
_MOST_DAYS_OF_A_REPORT = 7
#: A longer period is cut to the months that are on record.
_LONGEST = 3660
_BY_MONTH = frozenset({"trend", "average_months", "most_months", "least_months"})
_BY_PLACE = frozenset({"where", "report", "most_places", "least_places"})
#: Answers about no course and no set of figures.
_NEVER = frozenset({"rest", "when_value", "what_value", "most_actors", "least_actors"})
#: Questions for all that is drawn, which a total answers.
_OF_THE_WHOLE = frozenset({"figure", "compare"})
#: Metrics that the daily reports count by place.
_REPORTED = frozenset({"strikes", "engagements"})


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A series with the figures behind it."""

    series: ChartSeries
    figures: tuple[Figure, ...]


class Charter:
    """Draws up charts for queries on figures; `version` names the record."""

    def __init__(self, lister: Lister, comparer: Comparer, arithmetic: Arithmetic, version: str) -> None:
        self._comparer = comparer
        self._arithmetic = arithmetic
        self._answerer = lister.answerer
        self._selector = lister.answerer.selector
        self._vocabulary = lister.vocabulary
        self._wording = lister.wording
        self._parts = ChartParts(lister.answerer, version)
        self._lists = ListCharter(lister, self._parts)

    def chart(self, query: Query) -> Chart | None:
        """The chart of a query's answer; None where nothing on record could be drawn."""
        if query.operation in _BY_PLACE:
            return self._lists.places(query)
        if query.operation == "targets" or query.targets:
            return self._lists.targets(query)
        if query.operation in _NEVER or not query.metrics:
            return None
        chart = self._over_time(query)
        outside = [place for place in query.places if place not in self._vocabulary.places]
        if chart is None or not outside:
            return chart
        return replace(chart, absent=tuple(map(self._answerer.place_name, outside)))

    def _over_time(self, query: Query) -> Chart | None:
        if query.operation in ARITHMETIC:
            query = self._arithmetic.with_period(query)
        requests = self._requests(query)
        if requests and all(r.metric in self._vocabulary.levels for r in requests):
            return self._counts(query, requests) or self._single(query, requests)
        if any(r.period is None or r.period.by or r.period.since for r in requests):
            counts = self._counts(query, requests)
            if counts is not None:
                return counts
        if query.in_total:
            requests = self._requests(self._arithmetic.with_period(query))
        return self._within(query, [_from_the_beginning(r) for r in requests]) if requests else None

    def _requests(self, query: Query) -> list[Request]:
        """The look-ups of a query, but for places that the record lacks."""
        compared = query.operation == "compare"
        asked = self._comparer.sides(query) if compared else self._answerer.requests_of(query)
        return [request for request in asked if request.place in self._vocabulary.places]

    def _within(self, query: Query, requests: Sequence[Request]) -> Chart | None:
        """Figures by day or by month of the periods asked for, else those that the answer gives."""
        periods = [r.period for r in requests if r.period is not None]
        longest = max((period.days for period in periods), default=1)
        if len(periods) < len(requests) or longest == 1 or any(p.by or p.published for p in periods):
            return self._single(query, requests)
        if longest > MOST_DAYS or (query.operation in _BY_MONTH and longest > 31):
            drawn = [self._by_month(query, r, p, requests) for r, p in zip(requests, periods, strict=True)]
            return self._drawn("months", query, requests, drawn) or self._single(query, requests)
        drawn = [self._by_day(query, r, p, requests) for r, p in zip(requests, periods, strict=True)]
        if any(point.days <= _MOST_DAYS_OF_A_REPORT for d in drawn for point in d.series.points):
            return self._drawn("days", query, requests, drawn)
        return self._single(query, requests)

    # -- by day and by month -------------------------------------------------------------------------

    def _by_day(self, query: Query, request: Request, period: Period, among: Sequence[Request]) -> _Drawn:
        facts = self._selector.parts(request, period)
        figures = [self._whole(request, held) for held in by_span(facts).values()]
        on_record = days_on_record(facts)
        unnamed = self._reported(request, period) - on_record
        missing = set(each_day(period.first, period.last)) - on_record - unnamed
        series = ChartSeries(
            self._parts.name_among(request, among),
            self._parts.unit(request.metric),
            tuple(map(self._parts.point, figures)),
            period,
            stretches(missing),
            stretches(unnamed),
            covered=len(on_record),
        )
        return _Drawn(self._with_total(query, request, series), tuple(figures))

    def _by_month(self, query: Query, request: Request, period: Period, among: Sequence[Request]) -> _Drawn:
        months = self._months(request, period)
        looked_up = {m: self._selector.find(replace(request, period=m, pinned=False)) for m in months}
        held = _of_one_series({m: found for m, found in looked_up.items() if _is_drawable(found)})
        reported = self._reported(request, period)
        others = [month for month in months if month not in held]
        unnamed = [m for m in others if not reported.isdisjoint(each_day(m.first, m.last))]
        points = [self._parts.point(f.figures[0], f.covered or None, m) for m, f in held.items()]
        series = ChartSeries(
            self._parts.name_among(request, among),
            self._parts.unit(request.metric),
            tuple(points),
            Period(months[0].first, months[-1].last) if months else period,
            tuple(month for month in others if month not in unnamed),
            tuple(unnamed),
            covered=sum(point.covered for point in points),
        )
        figures = tuple(found.figures[0] for found in held.values())
        return _Drawn(self._with_total(query, request, series), figures)

    def _months(self, request: Request, period: Period) -> tuple[Period, ...]:
        """The months of a period; of one without an end of its own the first to the last on record."""
        months = months_of(period)
        if period.days <= _LONGEST:
            return months
        on_record = [
            n
            for n, month in enumerate(months)
            if self._selector.find(replace(request, period=month, pinned=False)).figures
        ]
        return months[on_record[0] : on_record[-1] + 1] if on_record else ()

    def _reported(self, request: Request, period: Period) -> frozenset[date]:
        """The days that the report of a place's country is on record for: it may not name the place."""
        country = self._vocabulary.places[request.place].parent
        if country not in COUNTRIES or request.metric not in _REPORTED:
            return frozenset()
        return days_on_record(self._selector.parts(replace(request, place=country), period))

    def _with_total(self, query: Query, request: Request, series: ChartSeries) -> ChartSeries:
        """The series with the answer for all of it, where the question was for that."""
        found = self._answerer.find(request)
        if query.operation not in _OF_THE_WHOLE or not found.figures:
            return series
        figure, drawn = found.figures[0], [point.value for point in series.points]
        is_sum = None not in drawn and sum(value or 0 for value in drawn) == figure.value
        return replace(series, total=self._wording.value(figure), is_apart=bool(drawn) and not is_sum)

    def _whole(self, request: Request, facts: Sequence[Fact]) -> Figure:
        """The figure for the days of a report; that of both countries may be two of them."""
        figure = self._selector.figure(facts[0])
        if len(facts) == 1:
            return figure
        return replace(
            figure,
            fact=None,
            value=sum(fact.value or 0 for fact in facts),
            place=self._vocabulary.places[request.place].name,
            sources=tuple(dict.fromkeys(fact.source for fact in facts)),
        )

    # -- cumulative counts ---------------------------------------------------------------------------

    def _counts(self, query: Query, requests: Sequence[Request]) -> Chart | None:
        """Cumulative figures at their dates, a line for each series of the record."""
        drawn: list[_Drawn] = []
        asked = list(dict.fromkeys(map(self._bounded, requests)))
        for request in asked:
            by_series: dict[str, list[Figure]] = {}
            for fact in self._selector.counts(request):
                by_series.setdefault(fact.series, []).append(self._selector.figure(fact))
            for series, figures in by_series.items():
                name = self._name_of_count(request, asked, series, by_series)
                name = self._parts.since(name, figures[-1])
                points = tuple(map(self._parts.point_as_of, figures))
                told = ChartSeries(
                    name, self._parts.unit(request.metric), points, is_joined=figures[0].cumulative
                )
                drawn.append(_Drawn(told, tuple(figures)))
        if max((len(d.series.points) for d in drawn), default=0) < 2:
            return None
        return self._drawn("counts", query, asked, drawn)

    def _bounded(self, request: Request) -> Request:
        """What bounds counts: a day that they are asked for "as of"; how much there was has its own days."""
        period = request.period
        keeps = period is not None and (period.by or request.metric in self._vocabulary.levels)
        return request if keeps else replace(request, period=None)

    def _name_of_count(
        self, request: Request, among: Sequence[Request], series: str, others: Iterable[str]
    ) -> str:
        """Who counted; where one publisher has several series, what the series counts."""
        own = self._vocabulary.series[series]
        if own.scope != "cumulative":
            return own.name
        publishers = [self._vocabulary.series[other].publisher for other in others]
        name = own.name if publishers.count(own.publisher) > 1 else own.publisher
        several = len({(r.metric, r.place, r.actor) for r in among}) > 1
        return f"{self._parts.name_among(request, among)}, {name}" if several else name

    # -- single figures ------------------------------------------------------------------------------

    def _single(self, query: Query, requests: Sequence[Request]) -> Chart | None:
        """The figures of the answer, one row each; a country's day with its places."""
        findings = [self._answerer.find(request) for request in requests]
        figures = [f for f in unique_figures(f for found in findings for f in found.figures) if _is_number(f)]
        if not figures or len({self._parts.unit(figure.metric) for figure in figures}) > 1:
            return None
        rows = [self._parts.row(self._parts.told_apart(figure, figures), figure) for figure in figures]
        parts = self._lists.parts_of_day(requests[0]) if len(requests) == 1 else []
        rows += [self._parts.row(figure.place, figure, is_part=True) for figure in parts]
        left_out = max(0, len(rows) - MOST_ROWS)
        return self._parts.chart(
            "rows",
            query,
            self._parts.title(requests),
            [*figures, *parts],
            rows=rows[:MOST_ROWS],
            left_out=left_out,
        )

    def _drawn(
        self, kind: ChartKind, query: Query, requests: Sequence[Request], drawn: Sequence[_Drawn]
    ) -> Chart | None:
        figures = [figure for held in drawn for figure in held.figures]
        if not figures:
            return None
        series = [held.series for held in drawn]
        return self._parts.chart(kind, query, self._parts.title(requests), figures, series=series)


def _from_the_beginning(request: Request) -> Request:
    """A look-up whose "since" is a first day like any other."""
    period = request.period
    return replace(request, period=replace(period, since=False)) if period and period.since else request


def _is_number(figure: Figure) -> bool:
    return figure.value is not None or figure.high is not None


def _is_drawable(finding: Finding) -> bool:
    return bool(finding.figures) and _is_number(finding.figures[0])


def _of_one_series(found: dict[Period, Finding]) -> dict[Period, Finding]:
    """The months whose figures are of the series that has most of them: a course never mixes series."""
    counts: dict[str, int] = {}
    for finding in found.values():
        counts[finding.facts[0].series] = counts.get(finding.facts[0].series, 0) + 1
    best = max(counts, key=lambda series: (counts[series], series), default="")
    return {month: finding for month, finding in found.items() if finding.facts[0].series == best}
