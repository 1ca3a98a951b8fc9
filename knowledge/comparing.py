"""Comparisons and arithmetic over facts, each worked out in the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering import Answerer
from knowledge.lookups import Finding, Request
from knowledge.models import Block, Figure, Period, Query, Role
from knowledge.ranking import ALL_DAYS
from knowledge.reply import Reply
from knowledge.understanding import ELSEWHERE, Understanding


class Comparer:
    """Works figures out of figures."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.store = answerer.store
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording
        self.selector = answerer.selector

    # -- two sides ---------------------------------------------------------------------------------

    def compare(self, understood: Understanding) -> Reply:
        """Two or more sides next to each other, with difference and ratio of the first two."""
        query = self._both_ends(understood)
        findings = [self.answerer.find(request) for request in self.sides(query)]
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
        ) or bool(self.selector.periods_on_record(r, *ALL_DAYS))
        return not counted_by_period and bool(self.store.cumulative(r.metric, r.place, r.actor))

    def sides(self, query: Query) -> Sequence[Request]:
        """The look-ups that a comparison sets next to each other."""
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


def _is_money(figure: Figure) -> bool:
    return figure.unit.startswith("USD")
