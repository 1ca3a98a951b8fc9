"""Comparisons and arithmetic over facts, each worked out in the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering import Answerer
from knowledge.models import Block, Fact, Figure, Period, Query, Role, Source, Span, first_day, last_day
from knowledge.reply import Reply
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.selection import Finding, Request
from knowledge.understanding import ELSEWHERE, Understanding
from knowledge.wording import day_text, iso_text


class Comparer:
    """Works figures out of figures."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording

    # -- two sides ---------------------------------------------------------------------------------

    def compare(self, understood: Understanding) -> Reply:
        """Two or more sides next to each other, with difference and ratio of the first two."""
        query = self._both_ends(understood)
        findings = [self.answerer.find(request) for request in self._sides(query)]
        if not any(f.figures for f in findings):
            return self.answerer.refusals.nothing(query, findings)
        if len(findings) < 2:
            return self.answerer.figure(replace(understood, query=query))
        blocks: list[Block] = []
        for finding in findings:
            role: Role = "headline" if finding is findings[0] else "body"
            blocks += [self.wording.figure_block(f, role) for f in finding.figures]
            if finding.kind == "total":
                blocks.append(self.answerer.coverage(finding))
            if finding.kind == "none":
                blocks.append(
                    self.wording.block("body", "side_missing", what=self.answerer.describe(finding.request))
                )
        blocks += self._difference(findings)
        figures = tuple(dict.fromkeys(f for finding in findings for f in finding.figures))
        blocks += self.wording.source_blocks(figures)
        blocks += self.answerer.asides(query, findings, understood)
        return Reply("comparison", tuple(blocks), figures)

    def _both_ends(self, understood: Understanding) -> Query:
        """The two ends of a range: "between August and December" compares the two months."""
        query = understood.query
        dated = [phrase for phrase in understood.slots.dates if phrase.period is not None]
        joined = [phrase.joined for phrase in dated if phrase.joined and len(dated) == 1]
        alone = max(len(query.places), len(query.metrics), len(query.actors), len(query.publishers)) < 2
        if joined and alone and len(query.periods) == 1:
            first, last = joined[0]
            if self._counts_up(query):
                first, last = Period(first.last, first.last, by=True), Period(last.last, last.last, by=True)
            return replace(query, periods=(first, last))
        if self._counts_up(query) and len(query.periods) > 1:
            return replace(
                query, periods=tuple(p if p.by else Period(p.last, p.last, by=True) for p in query.periods)
            )
        return query

    def _counts_up(self, query: Query) -> bool:
        """Whether the metric is only on record as cumulative counts in the place asked for."""
        requests = self.answerer.requests_of(replace(query, periods=()))
        if not requests or requests[0].place.startswith(ELSEWHERE) or requests[0].target:
            return False
        r = requests[0]
        counted_by_period = any(
            self.store.span_of(metric, r.place, r.actor)[0] is not None
            for metric in (r.metric, *self.vocabulary.kin.get(r.metric, ()))
        )
        return not counted_by_period and bool(self.store.cumulative(r.metric, r.place, r.actor))

    def _sides(self, query: Query) -> Sequence[Request]:
        requests = [replace(r, pinned=False) for r in self.answerer.requests_of(query)]
        if len(query.publishers) > 1:
            requests = [replace(r, publishers=(p,)) for r in requests for p in query.publishers]
        return list(dict.fromkeys(requests))

    def _difference(self, findings: Sequence[Finding]) -> list[Block]:
        sides = [f.figures[0] for f in findings if f.figures]
        if (
            len(sides) < 2
            or any(s.value is None for s in sides[:2])
            or _is_money(sides[0]) != _is_money(sides[1])
        ):
            return []
        one, other = sides[0].value or 0, sides[1].value or 0
        if one == other:
            return [self.wording.block("body", "same_value")]
        high, low = max(one, other), min(one, other)
        ratio = self.wording.number(round(high / low, 2)) if low else "–"
        blocks = [
            self.wording.block("body", "difference", difference=self.wording.number(high - low), ratio=ratio)
        ]
        if sides[0].cumulative and sides[1].cumulative and sides[0].as_of != sides[1].as_of:
            blocks.append(self.wording.block("aside", "cumulative_difference"))
        return blocks

    # -- over the days of a period -------------------------------------------------------------------

    def over_days(self, understood: Understanding) -> Reply:
        """Average, highest, lowest, first day, course by month, days above a number."""
        query = self._with_period(understood.query)
        operation = query.operation
        if operation.endswith("_places"):
            return self._places(query, operation.startswith("most"))
        requests = [r for r in self.answerer.requests_of(query) if not r.place.startswith(ELSEWHERE)]
        findings = [self.answerer.selector.find(r) for r in requests]
        facts = [f for finding in findings for f in self._parts(finding)]
        if not facts:
            return self.answerer.refusals.nothing(
                understood.query, [self.answerer.find(r) for r in self.answerer.requests_of(understood.query)]
            )
        return {
            "average": self._average,
            "most": self._extreme,
            "least": self._extreme,
            "most_months": self._months,
            "least_months": self._months,
            "trend": self._trend,
            "any_day": self._any_day,
            "how_many_days": self._days,
            "first_day": self._edge,
            "last_day": self._edge,
            "missing": self._missing,
        }[operation](query, findings[0], facts)

    def _parts(self, finding: Finding) -> Sequence[Fact]:
        """The single reports behind a finding, where there are such."""
        if finding.kind == "total":
            return finding.facts
        return [f for f in finding.facts if self.vocabulary.series[f.series].scope == "period"]

    def _with_period(self, query: Query) -> Query:
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

    def _coverage_of(self, finding: Finding) -> list[Block]:
        return [self.answerer.coverage(finding)] if finding.kind == "total" else []

    def _extreme(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        days = self._per_span(facts)
        pick = max if query.operation == "most" else min
        value = pick(v for v, _ in days.values())
        best = [span for span, (v, _) in days.items() if v == value]
        chosen = [f for span in best for f in days[span][1]]
        figures = tuple(self._whole(finding, span, days[span]) for span in best)
        key = "most" if query.operation == "most" else "least"
        blocks = [
            self.wording.figure_block(
                f, "headline" if not i else "body", self.wording.say(key) + ": " if not i else ""
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

    def _months(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        """The month with the highest or lowest figure on record."""
        held = [figure for figure, _ in self._monthly(finding, facts)]
        pick = max if query.operation.startswith("most") else min
        figure = pick(held, key=lambda f: f.value or 0)
        lead = self.wording.say("most" if query.operation.startswith("most") else "least") + ": "
        blocks = [self.wording.figure_block(figure, "headline", lead), *self.wording.source_blocks((figure,))]
        return Reply("figure", (*blocks, self.wording.block("aside", "partial")), (figure,))

    def _trend(self, query: Query, finding: Finding, facts: Sequence[Fact]) -> Reply:
        head = Span(": " + self.answerer.describe(finding.request))
        blocks = [Block("headline", (Span(self.wording.say("trend"), bold=True), head))]
        held = self._monthly(finding, facts)
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


def _is_money(figure: Figure) -> bool:
    return figure.unit.startswith("USD")
