"""Figures worked out over the days, months, places and actors of a period, each in the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering import Answerer
from knowledge.lookups import Finding, Request
from knowledge.models import Block, Fact, Figure, Number, Period, Query, Source, Span, first_day, last_day
from knowledge.ranking import UNITS, Ranking
from knowledge.reply import Reply, unique_sources
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.understanding import ELSEWHERE, Understanding
from knowledge.wording import day_text, iso_text

#: So many dates of one value are told at most.
MOST_DATES = 5


class Arithmetic:
    """Averages, highest and lowest, first and last, courses by month, dates of a value."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording
        self.ranking = Ranking(answerer)

    # -- over the days of a period -------------------------------------------------------------------

    def over_days(self, understood: Understanding) -> Reply:
        """Average, highest, lowest, first day, course by month, days above a number."""
        if understood.query.operation == "when_value":
            return self._when_it_was(understood.query)
        if understood.query.operation == "what_value":
            return self._what_it_was(understood.query)
        if understood.query.operation.endswith("_actors"):
            return self._by_actor(understood.query)
        ranked = self._ranked_spans(understood.query)
        if ranked is not None:
            return ranked
        query = self.with_period(understood.query)
        operation = query.operation
        if operation.endswith("_places"):
            return self._places(query, operation.startswith("most"))
        requests = [r for r in self.answerer.requests_of(query) if not r.place.startswith(ELSEWHERE)]
        findings = [self._finding(r, operation) for r in requests]
        facts = [f for finding in findings for f in self._parts(finding)]
        valued = [f for f in findings if f.figures and f.figures[0].value is not None]
        if operation == "average" and len(findings) > 1 and len(valued) == len(findings):
            return self._average_of_several(findings)
        if not facts:
            return self.answerer.refusals.nothing(
                understood.query, [self.answerer.find(r) for r in self.answerer.requests_of(understood.query)]
            )
        return {
            "average": self._average,
            "average_months": self._average_by_month,
            "most": self._extreme,
            "least": self._extreme,
            "trend": self._trend,
            "any_day": self._any_day,
            "how_many_days": self._days,
            "first_day": self._edge,
            "last_day": self._edge,
            "missing": self._missing,
        }[operation](query, findings[0], facts)

    def _ranked_spans(self, query: Query) -> Reply | None:
        """The highest or lowest week, month or year, or number given for a time; None for other questions."""
        edge, _, kind = query.operation.partition("_")
        if edge not in ("most", "least"):
            return None
        if query.metrics and self.vocabulary.levels.issuperset(query.metrics) and kind in ("", "months"):
            return self.ranking.levels(query)
        unit = UNITS.get(f"_{kind}")
        return self.ranking.reply(query, unit) if unit else None

    def _finding(self, request: Request, operation: str) -> Finding:
        """What is on record for a period; by its single reports, unless an average over it is asked for."""
        finding = self.answerer.selector.find(request)
        told = finding.kind == "figure"
        if request.period is None or (told and operation == "average"):
            return finding
        reports = self.answerer.selector.reports(request, request.period)
        return reports if reports is not None and (not told or len(reports.facts) > 1) else finding

    def _when_it_was(self, query: Query) -> Reply:
        """The dates at which the record has just the value that a question names."""
        requests = self.answerer.requests_of(replace(query, periods=()))
        facts = [
            fact
            for r in requests
            for fact in self.store.with_value(query.claimed[0].value, (r.metric,))
            if (fact.place, fact.actor) == (r.place, r.actor)
        ]
        return self._told(query, [self.answerer.selector.figure(fact) for fact in facts])

    def _what_it_was(self, query: Query) -> Reply:
        """Which counts of the places and days spoken of have just the value that a question names."""
        metrics = (*query.metrics, *(m for m in self.vocabulary.metrics if m not in query.metrics))
        requests = self.answerer.requests_of(replace(query, metrics=metrics, targets=(), publishers=()))
        value = query.claimed[0].value
        held = [f for r in requests for f in self.answerer.selector.find(r).figures]
        return self._told(query, [f for f in held if value in (f.value, f.low, f.high)])

    def _told(self, query: Query, found: Sequence[Figure]) -> Reply:
        """Some figures that were looked for by their value."""
        figures = tuple(dict.fromkeys(found))[:MOST_DATES]
        if not figures:
            return self._nothing(query)
        blocks = [self.wording.figure_block(f, "body" if i else "headline") for i, f in enumerate(figures)]
        return Reply("figure", (*blocks, *self.wording.source_blocks(figures)), figures)

    def _average_of_several(self, findings: Sequence[Finding]) -> Reply:
        """The mean of several figures, each named."""
        figures = tuple(finding.figures[0] for finding in findings)
        average, total = _mean(figures)
        text = self.wording.say(
            "average_of",
            value=self.wording.number(average.value or 0),
            sum=self.wording.number(total),
            n=len(figures),
        )
        blocks = [Block("headline", (Span(text, bold=True),))]
        blocks += [self.wording.figure_block(figure, "item") for figure in figures]
        return Reply("total", (*blocks, *self.wording.source_blocks(figures)), (average,))

    def _parts(self, finding: Finding) -> Sequence[Fact]:
        """The single reports behind a finding, where there are such."""
        if finding.kind == "total":
            return finding.facts
        return [f for f in finding.facts if self.vocabulary.series[f.series].scope == "period"]

    def with_period(self, query: Query) -> Query:
        """Without a period, all that is on record; a day's own figure is no average."""
        if query.periods or not query.metrics:
            return query
        for request in self.answerer.requests_of(query):
            if request.place.startswith(ELSEWHERE):
                continue
            places = COUNTRIES if request.place == BOTH_COUNTRIES else (request.place,)
            spans = [self.store.span_of(request.metric, p, request.actor) for p in (*places, request.place)]
            firsts = [first for first, _ in spans if first is not None]
            lasts = [last for _, last in spans if last is not None]
            if firsts and lasts:
                return replace(query, periods=(Period(min(firsts), max(lasts)),))
        return query

    def _average(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        figure = finding.figures[0]
        days = finding.covered or (last_day(facts[0].end or "") - first_day(facts[0].start or "")).days + 1
        value = round((figure.value or 0) / days, 2)
        average = replace(figure, fact=None, value=value, sources=figure.sources or (figure.source,))
        text = self.wording.say(
            "average", value=self.wording.number(value), sum=self.wording.number(figure.value or 0), days=days
        )
        blocks = [
            Block("headline", (Span(text, bold=True), Span(" – " + self.answerer.describe(finding.request))))
        ]
        return Reply(
            "total",
            (*blocks, *self._coverage_of(finding), *self.wording.source_blocks((figure,))),
            (average,),
        )

    def _average_by_month(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        """The average of months that are wholly on record; of others none can be worked out."""
        held = self._monthly(finding, facts)
        figures = [figure for figure, days in held if days >= _days_of_month(figure)]
        if len(figures) < len(held) or any(figure.value is None for figure in figures):
            return Reply("unknown", (self.wording.block("headline", "no_whole_months"),))
        average, total = _mean(figures)
        text = self.wording.say(
            "average_months",
            value=self.wording.number(average.value or 0),
            sum=self.wording.number(total),
            months=len(figures),
        )
        head = (Span(text, bold=True), Span(" – " + self.answerer.describe(finding.request)))
        return Reply("total", (Block("headline", head), *self.wording.source_blocks((average,))), (average,))

    def _coverage_of(self, finding: Finding) -> list[Block]:
        return [self.answerer.coverage(finding)] if finding.kind == "total" else []

    def _extreme(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        spans = self._per_span(facts)
        days = {span: held for span, held in spans.items() if span[0] == span[1]} or spans
        values = sorted({v for v, _ in days.values()}, reverse=query.operation == "most")
        if query.rank > len(values):
            return self._nothing(query)
        best = [span for span, (v, _) in days.items() if v == values[query.rank - 1]]
        chosen = [f for span in best for f in days[span][1]]
        figures = tuple(self._whole(finding, span, days[span]) for span in best)
        blocks = [
            self.wording.figure_block(
                f, "headline" if not i else "body", self.ranking.lead(query) if not i else ""
            )
            for i, f in enumerate(figures[:5])
        ]
        blocks += self._coverage_of(finding)
        blocks += self.wording.source_blocks([self.answerer.selector.figure(f) for f in chosen])
        return Reply("figure", (*blocks, self.wording.block("aside", "partial")), figures)

    def _per_span(self, facts: Sequence[Fact]) -> dict[tuple[str, str], tuple[float, list[Fact]]]:
        """Value and facts of each reported span; two countries' figures of one day are added."""
        spans: dict[tuple[str, str], tuple[float, list[Fact]]] = {}
        for fact in facts:
            key = (fact.start or "", fact.end or fact.start or "")
            value, parts = spans.get(key, (0, []))
            spans[key] = (value + (fact.value or 0), [*parts, fact])
        return spans

    def _whole(self, finding: Finding, span: tuple[str, str], held: tuple[float, list[Fact]]) -> Figure:
        value, parts = held
        if len(parts) == 1:
            return self.answerer.selector.figure(parts[0])
        sources: tuple[Source, ...] = tuple(dict.fromkeys(f.source for f in parts))
        sample = self.answerer.selector.figure(parts[0])
        place = self.vocabulary.places[finding.request.place].name
        return replace(
            sample, fact=None, value=value, place=place, start=span[0], end=span[1], sources=sources
        )

    def _places(self, query: Query, highest_first: bool) -> Reply:
        """Places by count over a period."""
        if not query.periods:
            return self._nothing(query)
        period = query.periods[0]
        wanted = [p for p in query.places if not p.startswith(ELSEWHERE)] or list(COUNTRIES)
        countries = [c for p in wanted for c in (COUNTRIES if p == BOTH_COUNTRIES else (p,))]
        cities = tuple(city for c in countries for city in self.vocabulary.cities_of(c))
        metric = query.metrics[0] if query.metrics else "strikes"
        ranked = self._ranked(metric, cities, period, highest_first)
        ranked = ranked[query.rank - 1 : query.rank] if query.rank > 1 else ranked
        findings = [
            self.answerer.selector.find(Request(metric, "coalition", city, period)) for city in ranked
        ]
        held = [finding for finding in findings if finding.figures]
        if not held:
            return self._nothing(query)
        figures = tuple(finding.figures[0] for finding in held)
        blocks = [
            Block(
                "headline",
                (Span(self.wording.say("most_place"), bold=True), Span(" " + self.wording.period(period))),
            )
        ]
        blocks += [self.wording.figure_block(figure, "item") for figure in figures]
        blocks += self.wording.source_blocks(figures)
        return Reply("list", (*blocks, self.wording.block("aside", "nothing_named")), figures)

    def _by_actor(self, query: Query) -> Reply:
        """Each actor's own count, the coalition as a whole left out, highest or lowest first."""
        actors = [a for a in self.vocabulary.actors if a not in ("coalition", "coalition-and-partner-forces")]
        findings = [
            self.answerer.selector.find(request)
            for actor in actors
            for request in self.answerer.requests_of(replace(query, actors=(actor,)))
        ]
        held = [f.figures[0] for f in findings if f.figures and f.figures[0].value is not None]
        if not held:
            return self._nothing(replace(query, operation="figure"))
        held.sort(key=lambda f: f.value or 0, reverse=query.operation.startswith("most"))
        lead = Block("headline", (Span(self.wording.say("by_each_actor"), bold=True),))
        rows = [self.wording.figure_block(figure, "item") for figure in held]
        return Reply("list", (lead, *rows, *self.wording.source_blocks(held)), tuple(held))

    def _nothing(self, query: Query) -> Reply:
        findings = [self.answerer.find(request) for request in self.answerer.requests_of(query)]
        return self.answerer.refusals.nothing(query, findings)

    def _ranked(self, metric: str, cities: Sequence[str], period: Period, highest_first: bool) -> list[str]:
        """The five places with the highest or lowest count over a period."""
        counts: dict[str, float] = {}
        for fact in self.store.places_struck(cities, period.first, period.last, metric):
            counts[fact.place] = counts.get(fact.place, 0) + (fact.value or 0)
        return sorted(counts, key=lambda city: (-counts[city] if highest_first else counts[city], city))[:5]

    def _monthly(self, finding: Finding, facts: Sequence[Fact]) -> list[tuple[Figure, int]]:
        """Each month's figure or total, with how many of its days are on record."""
        months = dict.fromkeys((fact.start or "")[:7] for fact in facts)
        held = []
        for month in months:
            whole = Period(first_day(month), last_day(month))
            found = self.answerer.selector.find(replace(finding.request, period=whole))
            if found.figures:
                held.append((found.figures[0], found.covered or whole.days))
        return held

    def _trend(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        head = Span(": " + self.answerer.describe(finding.request))
        blocks = [Block("headline", (Span(self.wording.say("trend"), bold=True), head))]
        held = self._monthly(finding, facts)
        if not held:
            return self._nothing(query)
        for figure, days in held:
            month = iso_text((figure.start or "")[:7], self.wording.locale)
            value = Span(self.wording.value(figure), bold=True)
            blocks.append(Block("item", (Span(month + ": "), value, Span(f" ({days})"))))
        figures = [figure for figure, _ in held]
        blocks += self.wording.source_blocks(figures)
        return Reply("total", tuple(blocks), tuple(figures))

    def _any_day(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        limit = query.claimed[0].value
        days = {span: held for span, held in self._per_span(facts).items() if span[0] == span[1]}
        above = [self._whole(finding, span, held) for span, held in days.items() if held[0] > limit]
        key = "any_day_yes" if above else "any_day_no"
        blocks = [
            self.wording.block(
                "headline", key, n=self.wording.number(limit), count=len(above), days=len(days)
            )
        ]
        above.sort(key=lambda f: -(f.value or 0))
        blocks += [self.wording.figure_block(f, "item") for f in above[:5]]
        blocks += self.wording.source_blocks(above)
        return Reply(
            "figure" if above else "text", (*blocks, self.wording.block("aside", "partial")), tuple(above)
        )

    def _days(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        n = finding.covered or len(self._per_span(facts))
        when = self.wording.period(query.periods[0]) if query.periods else ""
        return Reply(
            "text",
            (
                self.wording.block("headline", "days_on_record", n=n, when=when),
                *self.wording.source_blocks(finding.figures),
            ),
        )

    def _edge(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        """The first or the last report on record."""
        first = query.operation == "first_day"
        fact = (min if first else max)(facts, key=lambda f: (f.start or "", f.id))
        figure = self.answerer.selector.figure(fact)
        lead = self.wording.say("first_day" if first else "last_day") + ": "
        blocks = [self.wording.figure_block(figure, "headline", lead), *self.wording.source_blocks((figure,))]
        return Reply("figure", (*blocks, self.wording.block("aside", "partial")), (figure,))

    def _missing(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        """The days of a period that no report on record covers."""
        days = finding.missing
        if not days:
            return Reply("text", (self.wording.block("headline", "missing_none"),))
        if len(days) > 31:
            text = self.wording.say("missing_many", n=len(days), asked=finding.asked)
        else:
            named = ", ".join(day_text(day, self.wording.locale) for day in days)
            text = self.wording.say("missing_days", days=named)
        return Reply("text", (Block("headline", (Span(text),)),))


def _days_of_month(figure: Figure) -> int:
    """How many days the month has that a figure is for."""
    return last_day((figure.start or "")[:7]).day


def _mean(figures: Sequence[Figure]) -> tuple[Figure, Number]:
    """The mean of figures as one, as exact as they are, and their sum."""
    total = sum(figure.value or 0 for figure in figures)
    qualifiers = {figure.qualifier for figure in figures}
    mean = replace(
        figures[0],
        fact=None,
        value=round(total / len(figures), 2),
        qualifier=qualifiers.pop() if len(qualifiers) == 1 else "about",
        sources=unique_sources(figures),
    )
    return mean, total
