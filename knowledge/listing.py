"""Lists: the places that reports name, and the targets that were hit, with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering import Answerer
from knowledge.lookups import Finding
from knowledge.models import Block, Fact, Figure, Period, Query, Span, first_day, last_day
from knowledge.reply import Reply
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.understanding import ELSEWHERE, Understanding


class Lister:
    """Answers "where?" and "what was hit?"."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording

    def places_struck(self, understood: Understanding) -> Reply:
        """The places that the reports of a period name, with each one's count."""
        query = understood.query
        outside = self._outside(query)
        if outside is not None:
            return outside
        periods, pinned = self.periods_of(query)
        areas = self.areas(query)
        facts = [f for p in periods for f in self.store.places_struck(areas, p.first, p.last)]
        if not facts:
            return self._nothing_listed(query, "strikes")
        figures = tuple(map(self.answerer.selector.figure, facts))
        totals = self._by_place(facts)
        rows = [
            Block("item", (Span(name), Span(f": {self.wording.number(n)}"))) for name, n in totals.items()
        ]
        head = self._list_head("places_struck", query, periods)
        return self._list(head, rows, figures, pinned)

    def targets_hit(self, understood: Understanding) -> Reply:
        """The targets that the reports of a period name, by place, with counts and effects."""
        query = understood.query
        outside = self._outside(query)
        if outside is not None:
            return outside
        periods, pinned = self.periods_of(query)
        areas = self.areas(query)
        facts = self.target_counts(query, areas, periods)
        if not facts:
            return self._nothing_listed(query, "targets_hit")
        figures = tuple(map(self.answerer.selector.figure, facts))
        if query.in_total and query.targets and not (query.periods or query.places) and len(facts) == 1:
            return replace(self._nothing_listed(query, "targets_hit"), related=figures)  # one day is no total
        if query.targets and len(facts) > 1 and self._is_one_count(query, facts):
            return self._target_total(query, facts, periods)
        if query.targets and len(facts) == 1:
            claims, correction = self.answerer.judged(query, figures)
            blocks = [
                *correction,
                self.wording.figure_block(figures[0]),
                *self.wording.source_blocks(figures),
            ]
            return Reply("figure", (*blocks, *self._remarks(pinned)), figures, claims=claims)
        rows = [
            Block(
                "item",
                (
                    Span(f"{f.place}: " if len(areas) > 1 else ""),
                    Span(self.wording.value(f), bold=True),
                    Span(self._on(f, periods)),
                ),
            )
            for f in figures
        ]
        return self._list(self._list_head("targets_hit", query, periods), rows, figures, pinned)

    def target_counts(self, query: Query, areas: Sequence[str], periods: Sequence[Period]) -> list[Fact]:
        """The counts of targets that a query asks for, in the record's order."""
        facts = [f for p in periods for f in self.store.targets_hit(areas, p.first, p.last, query.targets)]
        if query.effects and (query.targets or _narrows(query)):
            return [f for f in facts if f.effect in query.effects]
        return facts

    def rest(self, query: Query) -> Reply:
        """The counts of all other places of the same country, or of the other country, over the same time."""
        told = query.places[0] if query.places else BOTH_COUNTRIES
        parent = self.vocabulary.places[told].parent if told in self.vocabulary.places else None
        others = COUNTRIES if told in COUNTRIES else self.vocabulary.cities_of(parent or "")
        wanted = replace(query, places=tuple(place for place in others if place != told), operation="figure")
        findings = [self.answerer.find(request) for request in self.answerer.requests_of(wanted)]
        figures = tuple(f for finding in findings if finding.request.period for f in finding.figures)
        if not wanted.places or not figures:
            return self.answerer.refusals.nothing(query, self._empty(query))
        lead = self.wording.say("rest", place=self.vocabulary.places[told].name)
        rows = [self.wording.figure_block(figure, "item") for figure in figures]
        blocks = (Block("headline", (Span(lead, bold=True),)), *rows, *self.wording.source_blocks(figures))
        return Reply("list", blocks, figures)

    def report(self, query: Query) -> Reply:
        """The whole of a day's release: strikes and engagements, for both countries and every place."""
        periods, pinned = self.periods_of(query)
        whole = replace(query, metrics=("strikes", "engagements"), periods=periods, targets=())
        areas = (BOTH_COUNTRIES, *COUNTRIES)
        found = [
            figure
            for area in areas
            for request in self.answerer.requests_of(replace(whole, places=(area,)))
            for figure in self.answerer.selector.find(replace(request, pinned=False)).figures
            if figure.fact is not None
        ]
        cities = [city for country in COUNTRIES for city in self.vocabulary.cities_of(country)]
        facts = [f for p in periods for f in self.store.places_struck(cities, p.first, p.last)]
        figures = tuple(dict.fromkeys((*found, *map(self.answerer.selector.figure, facts))))
        if not figures:
            return self._nothing_listed(replace(query, metrics=("strikes",)), "strikes")
        when = ", ".join(self.wording.period(period) for period in periods)
        lead = Block("headline", (Span(self.wording.say("whole_report", when=when), bold=True),))
        rows = [self.wording.figure_block(figure, "item") for figure in figures]
        blocks = (lead, *rows, *self.wording.source_blocks(figures), *self._remarks(pinned))
        return Reply("list", blocks, figures)

    def _is_one_count(self, query: Query, facts: Sequence[Fact]) -> bool:
        """Whether counts are of one target with one effect, so that they can be added up."""
        return len({(f.target, f.effect, f.series) for f in facts}) == 1 and bool(query.periods)

    def _target_total(self, query: Query, facts: Sequence[Fact], periods: Sequence[Period]) -> Reply:
        """One target's counts from several reports or places, added up in the open."""
        parts = tuple(map(self.answerer.selector.figure, facts))
        sources = tuple(dict.fromkeys(part.source for part in parts))
        place = query.places[0] if len(query.places) == 1 else BOTH_COUNTRIES
        total = replace(
            parts[0],
            fact=None,
            value=sum(fact.value or 0 for fact in facts),
            unit=self.answerer.selector.unit_of_many(facts[0]),
            place=self.vocabulary.places[place].name,
            start=periods[0].first.isoformat(),
            end=periods[-1].last.isoformat(),
            sources=sources,
        )
        days = len({(fact.start, fact.end) for fact in facts})
        asked = sum(period.days for period in periods)
        note = self.wording.say(
            "total", reports=self.wording.reports(len(sources)), covered=days, asked=asked
        )
        rows = [
            Block(
                "item",
                (Span(f"{self.wording.value(p)} {self.wording.where(p.place)} {self.wording.when(p)}"),),
            )
            for p in parts
        ]
        claims, correction = self.answerer.judged(query, (total,))
        blocks = [
            *correction,
            self.wording.figure_block(total),
            Block("body", (Span(note),)),
            *rows,
            *self.wording.source_blocks((total,)),
        ]
        return Reply("total", tuple(blocks), (total,), claims=claims)

    def _on(self, figure: Figure, periods: Sequence[Period]) -> str:
        several = len(periods) > 1 or periods[0].days > 1
        return ", " + self.wording.when(figure) if several else ""

    def periods_of(self, query: Query) -> tuple[tuple[Period, ...], bool]:
        """The periods asked for; without one, the day of the founding report, which is said."""
        if query.periods:
            return tuple(self._report_days(p) for p in query.periods), False
        pins = [pin for country in COUNTRIES for pin in self.store.pins("strikes", country) if pin.start]
        if query.in_total or not pins:
            return (Period(first_day("2014"), last_day("2100")),), False
        day = first_day(pins[0].start or "")
        return (Period(day, day),), True

    def _report_days(self, period: Period) -> Period:
        """The days that releases published in a period speak of."""
        if not period.published:
            return period
        facts = [
            f
            for c in COUNTRIES
            for f in self.store.published_on("strikes", c, "coalition", period.first, period.last)
        ]
        if not facts:
            return period
        return Period(first_day(facts[0].start or ""), last_day(facts[0].end or facts[0].start or ""))

    def areas(self, query: Query) -> tuple[str, ...]:
        """The places asked for, a country standing for all its own."""
        wanted = tuple(p for p in query.places if not p.startswith(ELSEWHERE)) or (BOTH_COUNTRIES,)
        areas: list[str] = []
        for place in wanted:
            countries = COUNTRIES if place in (BOTH_COUNTRIES, "operation-inherent-resolve") else (place,)
            for one in countries:
                cities = self.vocabulary.cities_of(one)
                areas += (*cities, one) if cities else (one,)
        return tuple(dict.fromkeys(areas))

    def _by_place(self, facts: Sequence[Fact]) -> dict[str, float]:
        totals: dict[str, float] = {}
        for fact in facts:
            name = self.vocabulary.places[fact.place].name
            totals[name] = totals.get(name, 0) + (fact.value or 0)
        return totals

    def head(self, key: str, query: Query, periods: Sequence[Period]) -> str:
        """What a list is of: "Places struck in Syria in June 2017"."""
        where = " and ".join(
            self.wording.where(self.vocabulary.places[p].name)
            for p in query.places
            if not p.startswith(ELSEWHERE)
        )
        when = ", ".join(self.wording.period(p) for p in periods if p.last.year < 2100)
        return " ".join(self.wording.say(key, where=where, when=when).split())

    def _list_head(self, key: str, query: Query, periods: Sequence[Period]) -> Block:
        return Block("headline", (Span(self.head(key, query, periods), bold=True),))

    def _list(
        self,
        head: Block,
        rows: list[Block],
        figures: tuple[Figure, ...],
        pinned: bool,
    ) -> Reply:
        blocks = (head, *rows, *self.wording.source_blocks(figures), *self._remarks(pinned))
        return Reply("list", blocks, figures)

    def _remarks(self, pinned: bool) -> list[Block]:
        return [self.wording.block("aside", "pinned_day")] if pinned else []

    def _outside(self, query: Query) -> Reply | None:
        names = [p.removeprefix(ELSEWHERE) for p in query.places if p.startswith(ELSEWHERE)]
        known = [p for p in query.places if not p.startswith(ELSEWHERE)]
        if query.actors and query.actors[0] not in ("coalition",):
            return self.answerer.refusals.nothing(query, self._empty(query))
        if names and not known:
            return Reply(
                "unknown", (self.wording.block("headline", "place_unknown", place=", ".join(names)),)
            )
        return None

    def _empty(self, query: Query) -> list[Finding]:
        asked = replace(query, metrics=query.metrics or ("strikes",), targets=())
        return [self.answerer.find(request) for request in self.answerer.requests_of(asked)]

    def _nothing_listed(self, query: Query, metric: str) -> Reply:
        request = self.answerer.requests_of(replace(query, metrics=(metric,), targets=query.targets))[0]
        what = self.answerer.describe(request)
        return Reply(
            "unknown",
            (
                self.wording.block("headline", "not_on_record", what=what),
                self.wording.block("aside", "nothing_named"),
            ),
        )


def _narrows(query: Query) -> bool:
    """As in "What was damaged" asks for one effect; "what was hit" for all."""
    return bool(query.effects) and set(query.effects) <= {"damaged", "suppressed", "engaged", "degraded"}
