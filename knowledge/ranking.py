"""The week, month or year with the highest or lowest count: like is compared with like, and said to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering import Answerer
from knowledge.lookups import Finding, Request
from knowledge.models import Block, Figure, Number, Period, Query, Span
from knowledge.refusals import OWN_COUNTS
from knowledge.reply import Reply, unique_figures
from knowledge.understanding import ELSEWHERE
from knowledge.wholes import calendar_spans

#: What the spans are that a question ranks, by the end of its operation.
UNITS = {"_weeks": "week", "_months": "month", "_years": "year"}
#: The days that figures can be for where no time is named.
ALL_DAYS = (date(2014, 1, 1), date(2100, 1, 1))
#: So many figures are told where none of them can be called the highest.
MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Held:
    """What is on record for one span: a figure for all of it, or a sum of only some of its days."""

    figure: Figure
    whole: bool
    sum: Finding | None = None

    @property
    def size(self) -> Number:
        """What a span is ranked by: its value, or the low end of its range."""
        value = self.figure.value if self.figure.value is not None else self.figure.low
        return value or 0

    @property
    def other_end(self) -> Number:
        """The high end of a range, the value of anything else."""
        return self.figure.high if self.figure.value is None and self.figure.high is not None else self.size


def outranks(query: Query, other: Held, best: Held) -> bool:
    """Whether a figure may in truth be the higher (or lower) one: its range reaches farther."""
    if query.operation.startswith("most"):
        return other.other_end > max(best.other_end, best.size)
    return other.size < best.size


class Ranking:
    """Ranks the weeks, months and years of a period, and numbers that were given for a day."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.selector = answerer.selector
        self.wording = answerer.wording

    def reply(self, query: Query, unit: str) -> Reply:
        """The span of a unit that has the highest or lowest count, where the record can tell."""
        request = self._request(query)
        if request is None:
            return self._by_own_count(query, unit)
        held = [h for span in self._spans(request, unit) if (h := self._held(replace(request, period=span)))]
        wholes, parts = [h for h in held if h.whole], [h for h in held if not h.whole]
        if not wholes:
            return self._of_parts(query, self._ordered(query, parts))
        ranked = self._ordered(query, wholes)
        if query.rank > len(ranked):
            return self._nothing(query)
        best = ranked[query.rank - 1]
        outdone = query.operation.startswith("most") and any(h.size >= best.size for h in parts)
        outdone = outdone or any(outranks(query, h, best) for h in ranked[query.rank :])
        if outdone or len(held) < 2 or (len(wholes) < 2 and parts):
            return self._undecided(ranked, self._ordered(query, parts))
        lacking = len(set(self._all_spans(request, unit))) > len(wholes)
        return self._of_wholes(query, best, len(wholes), unit, lacking)

    def levels(self, query: Query) -> Reply | None:
        """The highest or lowest of numbers that were each given for a time; None where there are none."""
        requests = [r for r in self.answerer.requests_of(query) if not r.place.startswith(ELSEWHERE)]
        figures = [figure for r in requests[:1] for figure in self._levels(r)]
        ranked = self._ordered(query, [Held(figure, whole=True) for figure in figures])
        if len(ranked) < query.rank:
            return None
        best = ranked[query.rank - 1]
        if len(ranked) < 2:
            return self._undecided(ranked, ())
        if any(outranks(query, h, best) for h in ranked[query.rank :]):
            return self._undecided(sorted(ranked, key=lambda h: -h.other_end), (), "undecided_ranges")
        return self._of_wholes(query, best, len(ranked), "figure", lacking=False)

    # -- what is on record ----------------------------------------------------------------------------

    def _request(self, query: Query) -> Request | None:
        """The one look-up to rank, for the days asked for or all that figures are on record for."""
        requests = [r for r in self.answerer.requests_of(query) if not r.place.startswith(ELSEWHERE)]
        if not requests or requests[0].target is not None:
            return None
        request = requests[0]
        if request.period is not None and not request.period.by:
            return request
        facts = self.selector.periods_on_record(request, *ALL_DAYS)
        last = request.period.last if request.period is not None else ALL_DAYS[1]
        days = [day for first, end in facts for day in (first, end) if day <= last]
        return replace(request, period=Period(min(days), max(days))) if days else None

    def _spans(self, request: Request, unit: str) -> Iterator[Period]:
        """The spans that lie in a period and in which anything is on record."""
        period = request.period
        if period is None:
            return
        days = self.selector.periods_on_record(request, period.first, period.last)
        for span in calendar_spans(period, unit):
            inside = any(first <= span.last and last >= span.first for first, last in days)
            if inside and (unit != "week" or (period.first <= span.first and span.last <= period.last)):
                yield span

    def _all_spans(self, request: Request, unit: str) -> Iterator[Period]:
        return calendar_spans(request.period, unit) if request.period is not None else iter(())

    def _held(self, request: Request) -> Held | None:
        """The figure for all of a span, or else the sum of its reports."""
        period = request.period
        if period is None:
            return None
        whole = self.selector.whole(request, period)
        if whole is not None:
            return Held(whole, whole=True)
        total = self.selector.reports(request, period)
        return Held(total.figures[0], total.covered == total.asked, total) if total is not None else None

    def _levels(self, request: Request) -> list[Figure]:
        first, last = (request.period.first, request.period.last) if request.period else ALL_DAYS
        return [self.selector.figure(f) for f in self.selector.levels(request, first, last)]

    def _ordered(self, query: Query, held: Sequence[Held]) -> list[Held]:
        return sorted(held, key=lambda h: h.size, reverse=query.operation.startswith("most"))

    # -- in words ---------------------------------------------------------------------------------------

    def _of_wholes(self, query: Query, best: Held, compared: int, unit: str, lacking: bool) -> Reply:
        lead = self.lead(query)
        said = Block("body", (Span(self.wording.compared(unit, compared)),))
        blocks = [self.wording.figure_block(best.figure, "headline", lead), said]
        blocks += self.wording.source_blocks((best.figure,))
        blocks += [self.wording.block("aside", "partial_ranks")] if lacking else []
        return Reply("figure", tuple(blocks), (best.figure,))

    def _of_parts(self, query: Query, parts: Sequence[Held]) -> Reply:
        """Where no span is wholly on record: the highest sum of days, with how many they are."""
        if query.rank > len(parts):
            return self._nothing(query)
        best = parts[query.rank - 1]
        blocks = [self.wording.figure_block(best.figure, "headline", self.lead(query))]
        blocks += [self.answerer.coverage(best.sum)] if best.sum is not None else []
        blocks += self.wording.source_blocks((best.figure,))
        return Reply("figure", (*blocks, self.wording.block("aside", "partial_ranks")), (best.figure,))

    def _undecided(self, wholes: Sequence[Held], parts: Sequence[Held], why: str = "undecided") -> Reply:
        """Where sums of some days, or ranges, reach beyond the best figure, none can be called highest."""
        related = unique_figures(h.figure for h in (*wholes[:2], *parts[:2]))[:MOST_TOLD]
        head = self.wording.block("headline", why)
        blocks = [head, Block("body", (Span(self.wording.say("instead") + ":"),))]
        for held in (*wholes[:2], *parts[:2]):
            blocks.append(self.wording.figure_block(held.figure, "item"))
            blocks += [self.answerer.coverage(held.sum)] if held.sum is not None and not held.whole else []
        return Reply("unknown", (*blocks, *self.wording.source_blocks(related)), (), related)

    def lead(self, query: Query) -> str:
        """As in "The highest on record: ", "Number 2 from the top on record: "."""
        key = "most" if query.operation.startswith("most") else "least"
        if query.rank > 1:
            return self.wording.say(f"{key}_ranked", rank=query.rank) + ": "
        return self.wording.say(key) + ": "

    def _by_own_count(self, query: Query, unit: str) -> Reply:
        """Where a time's deaths were not counted so: which time's credible reports tell of the most."""
        nothing = self._nothing(query)
        own = OWN_COUNTS.get(query.metrics[0]) if query.metrics else None
        if own is None:
            return nothing
        told = self.reply(replace(query, metrics=(own,)), unit)
        instead = Block("body", (Span(self.wording.say("instead") + ":"),))
        return replace(nothing, text=(*nothing.text, instead, *told.text), related=told.figures)

    def _nothing(self, query: Query) -> Reply:
        findings = [self.answerer.find(request) for request in self.answerer.requests_of(query)]
        return self.answerer.refusals.nothing(query, findings)
