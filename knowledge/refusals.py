"""Honest refusals: what is not on record, why, and what is on record instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.lookups import Finding, Request
from knowledge.models import Block, Claim, Fact, Figure, Period, Query, Span, first_day, last_day
from knowledge.reply import Reply, unique_figures
from knowledge.understanding import ELSEWHERE, Understanding
from knowledge.wording import period_text

if TYPE_CHECKING:
    from knowledge.answering import Answerer


#: The coalition's own monthly count beside what others count by the time of the deaths.
OWN_COUNTS = {"civilian_deaths": "civcas_deaths"}


class Refusals:
    """Says what the record lacks for an `Answerer`."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording

    def nothing(self, query: Query, findings: Sequence[Finding]) -> Reply:
        """An honest refusal: what is not on record, why, and what is on record instead."""
        undated = self._city_without_day(query, findings)
        if undated is not None:
            return undated
        request = findings[0].request
        blocks = [
            self.wording.block(
                "headline",
                "not_on_record",
                what="; ".join(dict.fromkeys(self.answerer.describe(f.request) for f in findings)),
            )
        ]
        related = self._instead(query, findings)
        claims: tuple[Claim, ...] = ()
        if query.claimed:
            claims = tuple(
                Claim(
                    a.value,
                    self.wording.claimed(a),
                    "not on record",
                    "no figure for these slots",
                    (),
                    related,
                )
                for a in query.claimed
            )
            told = self._coalitions_count(query, related)
            if told is not None:
                return Reply(
                    "figure",
                    (told[0], *blocks, *self.wording.source_blocks(told[1])),
                    told[1],
                    related,
                    claims,
                )
        blocks += self._reasons(query, request)
        if related:
            blocks.append(Block("body", (Span(self.wording.say("instead") + ":"),)))
            blocks += [self.wording.figure_block(f, "item") for f in related[:3]]
            blocks += self.wording.source_blocks(related[:2])
        return Reply("unknown", tuple(blocks), (), related, claims)

    def _coalitions_count(
        self, query: Query, related: Sequence[Figure]
    ) -> tuple[Block, tuple[Figure, ...]] | None:
        """The coalition's own figure, where a question gives its number to somebody else (rule 8)."""
        actor = self.vocabulary.actors[query.actors[0]].name if query.actors else ""
        claimed = {assertion.value for assertion in query.claimed}
        coalition = self.vocabulary.actors["coalition"].name
        held = [
            f for f in related if f.value in claimed and f.actor == coalition and f.metric in query.metrics
        ]
        if not held or not actor:
            return None
        number = self.wording.number(held[0].value or 0)
        return self.wording.block("headline", "coalition_count", claimed=number, actor=actor), tuple(held[:1])

    def with_own_count(self, request: Request, found: Finding) -> Finding:
        """Beside the civilian deaths of a time what stands in the reports found credible in it (rule 7)."""
        period = request.period
        beside = OWN_COUNTS.get(request.metric)
        if beside is None or period is None or period.by or period.since or period.published:
            return found
        own = self.answerer.selector.find(replace(request, metric=beside))
        figures = own.figures if own.kind == "figure" else ()
        return replace(found, related=(*figures, *found.related))

    def _reasons(self, query: Query, request: Request) -> list[Block]:
        if request.place.startswith(ELSEWHERE):
            names = ", ".join(p.removeprefix(ELSEWHERE) for p in query.places if p.startswith(ELSEWHERE))
            return [self.wording.block("body", "place_unknown", place=names)]
        if request.metric in self.vocabulary.metrics and not self.store.has_metric(request.metric):
            return [
                self.wording.block(
                    "body", "metric_unknown", metric=self.vocabulary.metrics[request.metric].name
                )
            ]
        if query.actors and query.actors[0] not in ("coalition",):
            key = "nation_share" if self._is_member(query.actors[0]) and request.period else "actor_unknown"
            return [self.wording.block("body", key, actor=self.vocabulary.actors[query.actors[0]].name)]
        return (
            [self.wording.block("aside", "nothing_named", place="")]
            if request.period and request.period.days == 1
            else []
        )

    def _is_member(self, actor: str) -> bool:
        return self.vocabulary.actors[actor].parent == "coalition"

    def _instead(self, query: Query, findings: Sequence[Finding]) -> tuple[Figure, ...]:
        """Figures near the one that is missing: the whole coalition's, the country's, another span's."""
        related = [f for finding in findings for f in finding.related]
        request = findings[0].request
        if request.place.startswith(ELSEWHERE) or request.target is not None:
            return unique_figures(related)
        default = self.vocabulary.metrics[request.metric].default_actor
        if query.actors and request.actor != default:
            related += self.answerer.selector.find(replace(request, actor=default, publishers=())).figures
        place = self.vocabulary.places[request.place]
        if place.parent and place.parent in self.vocabulary.places:
            wider = self.answerer.selector.find(replace(request, place=place.parent, pinned=False))
            related += wider.figures if wider.kind == "figure" else ()
        if request.metric == "us_deaths" and not related:
            related += [
                f
                for m in ("us_killed_in_action", "us_non_hostile_deaths")
                for f in self.answerer.selector.find(replace(request, metric=m)).figures
            ]
        return unique_figures(related)[:4]

    def _city_without_day(self, query: Query, findings: Sequence[Finding]) -> Reply | None:
        """What a city without a day gets: a question back or, "in total", the sum of its days."""
        request = findings[0].request
        plain = len(findings) == 1 and request.target is None and not request.place.startswith(ELSEWHERE)
        if query.periods or not plain:
            return None
        first, last = self.store.span_of(request.metric, request.place, request.actor)
        if first is None or last is None:
            return None
        if query.in_total:
            return self.answerer.figure(Understanding(replace(query, periods=(Period(first, last),))))
        facts = self.store.within(request.metric, request.place, request.actor, first, last)
        return self._which_day(request, facts)

    def _which_day(self, request: Request, facts: Sequence[Fact]) -> Reply:
        """A question back, with some of the days on record as complete questions."""
        metric, place = self.vocabulary.metrics[request.metric], self.vocabulary.places[request.place]
        where = self.wording.where(place.name)
        days = [Period(first_day(f.start or ""), last_day(f.end or f.start or "")) for f in facts]
        offered = dict.fromkeys((days[-1], *days[:3]))
        choices = tuple(
            self.wording.say(
                "full_question", metric=metric.plural, where=where, when=self.wording.period(day)
            )
            for day in offered
        )
        ends = (period_text(Period(day, day)) for day in (days[0].first, days[-1].last))
        first, last = ends
        blocks = (
            self.wording.block("headline", "city_undated", place=place.name),
            self.wording.block("body", "spread", n=len(set(days)), first=first, last=last),
            *(Block("item", (Span(choice),)) for choice in choices),
        )
        related = tuple(self.answerer.selector.figure(f) for f in facts[:4])
        return Reply("choice", blocks, (), related, (), choices)
