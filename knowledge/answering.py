"""From a query to an answer: figures, totals, comparisons, lists, events and honest refusals.

Each public method of `Answerer` answers one kind of question; `requests_of` turns a query's slots
into look-ups, `selection` applies the rules on who, where and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.judging import is_true_of, is_value_of, judged
from knowledge.lookups import Finding, Request
from knowledge.models import (
    AnswerKind,
    Block,
    Claim,
    Figure,
    Period,
    Query,
    Span,
)
from knowledge.refusals import Refusals
from knowledge.reply import Reply, of_same_days, sentence, unique_figures
from knowledge.roles import BOTH_COUNTRIES
from knowledge.selection import OPERATION, Selector
from knowledge.store import Store
from knowledge.understanding import ELSEWHERE, Understanding
from knowledge.wording import Wording, period_text

#: The coalition and those who fight beside it, where a source counts them together.
JOINT = "coalition-and-partner-forces"


class Answerer:
    """Answers queries on figures."""

    def __init__(self, store: Store, wording: Wording, examples: Sequence[str] = ()) -> None:
        self.store = store
        self.examples = tuple(examples)
        self.vocabulary = store.vocabulary
        self.wording = wording
        self.selector = Selector(store)
        self.refusals = Refusals(self)

    # -- from slots to look-ups -------------------------------------------------------------------

    def requests_of(self, query: Query) -> tuple[Request, ...]:
        """Every look-up that the query's slots ask for, in the order they were named."""
        metrics = query.metrics if not query.targets else ("targets",)
        return tuple(
            Request(
                metric,
                actor,
                place,
                period,
                query.publishers,
                target,
                not query.actors or actor == "coalition",
            )
            for metric in metrics
            for period in (query.periods or (None,))
            for actor in self._actors(metric, query)
            for place in self._places(metric, query)
            for target in (query.targets or (None,))
        )

    def _actors(self, metric: str, query: Query) -> tuple[str, ...]:
        default = (
            self.vocabulary.metrics[metric].default_actor
            if metric in self.vocabulary.metrics
            else "coalition"
        )
        named = tuple(default if a == "coalition" and default == JOINT else a for a in query.actors)
        return named or (default,)

    def _places(self, metric: str, query: Query) -> tuple[str, ...]:
        homes = self.vocabulary.home_places.get(metric, (BOTH_COUNTRIES,))
        if not query.places:
            return self._home(metric, homes, query)
        return tuple(_equivalent(place, homes) for place in query.places)

    def _home(self, metric: str, homes: Sequence[str], query: Query) -> tuple[str, ...]:
        """The widest place that has a figure for a question that names none."""
        for place in homes:
            for period in query.periods or (None,):
                request = Request(metric, self._actors(metric, query)[0], place, period, query.publishers)
                if self.selector.find(request).kind != "none":
                    return (place,)
        return tuple(homes[:1])

    def find(self, request: Request) -> Finding:
        """The record's answer to one look-up, tried with kin metrics where the metric has none."""
        if request.place.startswith(ELSEWHERE):
            return Finding(request, "none")
        found = self.refusals.with_own_count(request, self.selector.find(request))
        if found.kind == "none":
            for kin in self.vocabulary.kin.get(request.metric, ()):
                other = self.selector.find(replace(request, metric=kin))
                if other.kind == "figure" and request.period is not None:
                    return replace(other, related=(*other.related, *found.related))
        return found

    def _by_anyone(self, request: Request, query: Query) -> Finding:
        """Where nobody is named: what the coalition has no figure for, but it and its partners have."""
        found = self.find(request)
        if found.kind != "none" or query.actors or request.actor != "coalition":
            return found
        joint = self.find(replace(request, actor=JOINT))
        return joint if joint.kind == "figure" else found

    # -- plain figures ------------------------------------------------------------------------------

    def figure(self, understood: Understanding) -> Reply:
        """The figures asked for, or what is not on record and what is instead."""
        query = understood.query
        findings = [self._by_anyone(request, query) for request in self.requests_of(query)]
        if not any(f.figures for f in findings):
            return self.refusals.nothing(query, findings)
        blocks: list[Block] = []
        for finding in findings:
            blocks += self._finding_blocks(finding, query, first=not blocks)
        figures = unique_figures(f for finding in findings for f in finding.figures)
        figures, blocks = self._with_parts(query, findings, figures, blocks)
        if query.in_total and len(query.periods) > 1:
            figures, blocks = self._added_up(findings, figures, blocks)
        partial = any(f.kind == "total" and f.covered < f.asked for f in findings)
        claims, correction = self.judged(query, figures, partial)
        wholes = [f for finding in findings for f in of_same_days(finding.related, finding.figures)]
        if partial and wholes and all(claim.verdict == "not on record" for claim in claims):
            claims, correction = self.judged(query, wholes)
        blocks = [*correction, *blocks, *self.wording.source_blocks(figures)]
        blocks += self.asides(query, findings, understood)
        worked_out = any(figure.fact is None for figure in figures)
        kind: AnswerKind = "total" if worked_out else "figure"
        related = unique_figures(f for finding in findings for f in finding.related if f not in figures)
        return Reply(kind, tuple(blocks), figures, related, claims)

    def _finding_blocks(self, finding: Finding, query: Query, first: bool) -> list[Block]:
        if finding.kind == "none":
            return [
                Block("body", (Span(self.wording.say("not_on_record", what=self.describe(finding.request))),))
            ]
        blocks = [
            self.wording.figure_block(figure, "headline" if first and not i else "body")
            for i, figure in enumerate(finding.figures)
        ]
        if finding.kind == "total":
            blocks += [self.coverage(finding), *self._beside(finding)]
        return blocks

    def _beside(self, finding: Finding) -> list[Block]:
        """The figures for whole stretches that stand beside a sum of single reports."""
        days = finding.figures[0].start, finding.figures[0].end
        return [self.wording.beside_block(f, (f.start, f.end) == days) for f in finding.related]

    def coverage(self, finding: Finding) -> Block:
        """From how many reports and days a total was worked out."""
        n = len({f.source.id for f in finding.facts})
        reports = self.wording.reports(n)
        return self.wording.block(
            "body", "total", reports=reports, covered=finding.covered, asked=finding.asked
        )

    def _added_up(
        self, findings: Sequence[Finding], figures: tuple[Figure, ...], blocks: list[Block]
    ) -> tuple[tuple[Figure, ...], list[Block]]:
        """The sum of single reports of one series and place leads them ("10 and 13 June in total")."""
        facts = [fact for finding in findings for fact in finding.facts]
        alike = {(f.series, f.metric, f.place, f.actor) for f in facts}
        addable = all(self.vocabulary.series[f.series].addable and f.value is not None for f in facts)
        whole = all(finding.kind == "figure" and len(finding.facts) == 1 for finding in findings)
        if len(alike) != 1 or not addable or not whole:
            return figures, blocks
        sources = tuple(dict.fromkeys(fact.source for fact in facts))
        total = replace(figures[0], fact=None, value=sum(f.value or 0 for f in facts), sources=sources)
        said = self.wording.block("headline", "added_up", value=self.wording.value(total), n=len(facts))
        return (total,), [said, *blocks]

    def _with_parts(
        self, query: Query, findings: Sequence[Finding], figures: tuple[Figure, ...], blocks: list[Block]
    ) -> tuple[tuple[Figure, ...], list[Block]]:
        """As in "In Iraq and Syria" without "together" also tells the two countries' shares of a day."""
        whole = [
            f for f in findings if f.request.place == BOTH_COUNTRIES and query.places == (BOTH_COUNTRIES,)
        ]
        if len(findings) != 1 or not whole or query.together or query.in_total or query.publishers:
            return figures, blocks
        parts = tuple(map(self.selector.figure, self.selector.parts_of_countries(whole[0].request)))
        parts = tuple(p for p in parts if p not in figures)
        if len(parts) < 2 or (whole[0].kind == "total" and len(whole[0].facts) > 2):
            return figures, blocks
        text = ", ".join(f"{self.wording.value(p)} {self.wording.where(p.place)}" for p in parts)
        return (*figures, *parts), [*blocks, self.wording.block("body", "parts", parts=text)]

    # -- numbers that the question asserts ------------------------------------------------------------

    def judged(
        self, query: Query, figures: Sequence[Figure], partial: bool = False
    ) -> tuple[tuple[Claim, ...], list[Block]]:
        """A verdict on each number of the question, and a first line that confirms or corrects it."""
        claims: list[Claim] = []
        blocks: list[Block] = []
        for assertion in query.claimed:
            verdict, reason = judged(assertion, figures, partial=partial)
            claimed = self.wording.claimed(assertion)
            claims.append(Claim(assertion.value, claimed, verdict, reason, tuple(figures)))
            actual = ", ".join(self.wording.value(f) for f in figures[:3])
            if verdict == "supported" and assertion.qualifier != "exactly":
                same = [self.wording.value(f) for f in figures if is_value_of(assertion, f)]
                actual = ", ".join(same) or actual
                blocks.append(self.wording.block("body", "bound_holds", claimed=claimed, actual=actual))
            elif verdict == "supported" and query.in_total and not is_value_of(assertion, figures[0]):
                continue  # "the latest", "in total" would be said yes to
            elif verdict == "supported":
                blocks.append(self.wording.block("body", "confirmed", claimed=claimed))
            elif is_true_of(assertion, [f for f in figures if f.cumulative] or figures):
                blocks.append(self.wording.block("body", "bound_holds", claimed=claimed, actual=actual))
            elif verdict == "contradicted":
                blocks.append(self.wording.block("body", "corrected", claimed=claimed, actual=actual))
                blocks += self.elsewhere_on_record(assertion.value, query)
        return tuple(claims), blocks

    def elsewhere_on_record(self, claimed: float, query: Query | None) -> list[Block]:
        """A number of the question that another metric has: 6,927 are deaths, not wounded."""
        if query is None:
            return []
        related = {
            "us_wounded": ("us_deaths",),
            "us_deaths": ("us_wounded",),
            "strikes": ("engagements",),
            "engagements": ("strikes",),
        }
        metrics = [m for metric in query.metrics for m in related.get(metric, ())]
        siblings = [replace(r, metric=m, pinned=True) for m in metrics for r in self.requests_of(query)]
        held = [f for r in siblings for f in self.selector.find(r).figures if f.value == claimed]
        if not held:
            return []
        metric = self.vocabulary.metrics[held[0].metric]
        return [
            self.wording.block(
                "body", "other_metric", claimed=self.wording.number(claimed), metric=metric.name
            )
        ]

    # -- remarks ---------------------------------------------------------------------------------------

    def asides(self, query: Query, findings: Sequence[Finding], understood: Understanding) -> list[Block]:
        """The caveats and remarks that figures need, and what was taken from the question before."""
        blocks = [
            self.wording.weekday_block(phrase.period.first)
            for phrase in understood.slots.dates
            if phrase.period is not None and phrase.has_other_weekday
        ]
        figures = [f for finding in findings for f in finding.figures]
        for metric in dict.fromkeys(f.metric for f in figures):
            caveat = self.vocabulary.metrics[metric].caveat if metric in self.vocabulary.metrics else ""
            if caveat:
                blocks.append(Block("aside", (Span(caveat),)))
        blocks += self._total_asides(findings)
        blocks += [
            Block("aside", (Span(note),))
            for note in dict.fromkeys(sentence(f.note) for f in figures if f.note)
        ]
        if _disagree(figures):
            blocks.append(self.wording.block("aside", "disagree"))
        if (
            query.operation == "figure"
            and len({f.value for f in figures}) == 1
            and len(figures) == 2
            and len({f.place for f in figures}) == 2
        ):
            blocks.append(self.wording.block("aside", "same_figure_twice"))
        for finding in findings:
            if (
                finding.figures
                and finding.figures[0].metric != finding.request.metric
                and finding.request.target is None
            ):
                blocks.append(
                    self.wording.block(
                        "aside", "kin", metric=self.vocabulary.metrics[finding.figures[0].metric].name
                    )
                )
        related = [f for finding in findings if finding.kind != "total" for f in finding.related]
        if related:
            blocks.append(
                Block(
                    "aside",
                    (
                        Span(self.wording.say("also_on_record") + ": "),
                        *self.wording.figure_block(related[0], "aside").spans,
                    ),
                )
            )
        if not query.places and figures and findings[0].request.place == BOTH_COUNTRIES:
            blocks.append(
                self.wording.block(
                    "aside", "campaign_scope", place=self.vocabulary.places[BOTH_COUNTRIES].name
                )
            )
        return blocks

    def _total_asides(self, findings: Sequence[Finding]) -> list[Block]:
        blocks: list[Block] = []
        for finding in findings:
            if finding.kind != "total" or finding.covered == finding.asked:
                continue
            if 0 < len(finding.missing) <= 10:
                days = ", ".join(
                    str(d.day) if i else period_text(Period(d, d)) for i, d in enumerate(finding.missing)
                )
                blocks.append(self.wording.block("aside", "missing_days", days=days))
            blocks.append(self.wording.block("aside", "partial"))
            place = self.vocabulary.places[finding.request.place]
            if place.kind in ("city", "area"):
                blocks.append(self.wording.block("aside", "place_days", place=place.name))
        return list(dict.fromkeys(blocks))

    def inherited(self, understood: Understanding) -> list[Block]:
        """What was taken from the question before, said in the answer."""
        query = understood.query
        told = {
            "metrics": [self.vocabulary.metrics[m].name for m in query.metrics],
            "places": [self.place_name(p) for p in query.places],
            "periods": [period_text(p, self.wording.locale) for p in query.periods],
            "actors": [self.vocabulary.actors[a].name for a in query.actors],
            "targets": [self.vocabulary.targets[t].name for t in query.targets],
            "publishers": [self.vocabulary.publishers[p].name for p in query.publishers],
        }
        parts = [name for slot in understood.inherited for name in told.get(slot, ())]
        return [self.wording.block("aside", "inherited", slots=", ".join(parts))] if parts else []

    # -- words for a look-up ---------------------------------------------------------------------------------

    def describe(self, request: Request) -> str:
        """A look-up in words: "strikes by France in Syria on 10 June 2017"."""
        if request.target is not None:
            name = self.vocabulary.targets[request.target].name
        else:
            name = self.vocabulary.metrics[request.metric].name
        place = request.place
        where = (
            self.wording.say("in_place", place=self.place_name(place))
            if place.startswith(ELSEWHERE)
            else self.wording.where(self.place_name(place))
        )
        actor = self._described_actor(request)
        when = self._when(request.period)
        source = (
            self.wording.say(
                "from_source", names=", ".join(self.vocabulary.publishers[p].name for p in request.publishers)
            )
            if request.publishers
            else ""
        )
        return " ".join(part for part in (name, actor, where, when, source) if part)

    def _described_actor(self, request: Request) -> str:
        """Who is looked up, where it is not who the metric is kept for: by them, or of them."""
        metric = self.vocabulary.metrics.get(request.metric)
        default = metric.default_actor if metric else "coalition"
        if request.actor == default or not request.actor:
            return ""
        told = metric.actor_as if metric else "by"
        return self.wording.by(self.vocabulary.actors[request.actor].name, "of" if told == "unsaid" else told)

    def _when(self, period: Period | None) -> str:
        if period is None:
            return ""
        if period.by:
            return self.wording.say("as_of", day=period_text(period, self.wording.locale))
        if period.since:
            return self.wording.say(
                "since", first=period_text(Period(period.first, period.first), self.wording.locale)
            )
        return self.wording.period(period)

    def place_name(self, place: str) -> str:
        """A place's name, of the record or outside it."""
        if place.startswith(ELSEWHERE):
            return place.removeprefix(ELSEWHERE)
        return self.vocabulary.places[place].name


def _equivalent(place: str, homes: Sequence[str]) -> str:
    """The operation and its two countries are one place for metrics kept under only one of the names."""
    if place == OPERATION and OPERATION not in homes and BOTH_COUNTRIES in homes:
        return BOTH_COUNTRIES
    if place == BOTH_COUNTRIES and BOTH_COUNTRIES not in homes and OPERATION in homes:
        return OPERATION
    return place


def _disagree(figures: Sequence[Figure]) -> bool:
    cumulative = [f for f in figures if f.cumulative]
    return (
        len({f.source.publisher for f in cumulative}) > 1
        and len({(f.metric, f.place, f.actor) for f in cumulative}) == 1
    )
