"""Claims in a pasted text: each number of it judged against the record, and the words for that.

`passages` reads the text, `statements` finds what its numbers assert, `judging` compares; here the
right figures are looked up for each, and the verdicts are put in one message (SPEC rule 13).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.answering import Answerer
from knowledge.judging import judged
from knowledge.models import (
    Assertion,
    Block,
    Claim,
    Fact,
    Figure,
    Period,
    Query,
    Span,
    Verdict,
    first_day,
    last_day,
)
from knowledge.passages import ClaimWords, Sentence, is_pasted, read_passage
from knowledge.reply import Reply, sentence, unique_figures
from knowledge.roles import BOTH_COUNTRIES, COUNTRIES
from knowledge.selection import Request
from knowledge.statements import ELSEWHERE, Context, Statement, StatementFinder

#: How many claims a message words; the rest is counted.
SHOWN = 10
_ORDER: tuple[Verdict, ...] = ("contradicted", "not on record", "supported")
_COUNTED: tuple[Verdict, ...] = ("supported", "contradicted", "not on record")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A claim with what it was looked up as and, for a statement in words, its source."""

    claim: Claim
    statement: Statement | None = None
    request: Request | None = None
    topic: str = ""


class ClaimChecker:
    """Checks texts against the record that an `Answerer` answers from."""

    def __init__(self, answerer: Answerer, section: Mapping[str, object]) -> None:
        self.answerer = answerer
        self.vocabulary = answerer.vocabulary
        self.wording = answerer.wording
        self.words = ClaimWords(section)
        self._unborne = [c for c in self.vocabulary.topic_cues if c.id in self.words["unsupported"]]
        self._finder = StatementFinder(self.vocabulary, self.words)

    def is_pasted(self, text: str) -> bool:
        """Whether a message is a text to be checked."""
        return is_pasted(text, self.vocabulary, self.words)

    def check_text(self, text: str, most: int = SHOWN) -> Reply:
        """Every claim of a text with its verdict; `most` of them are worded, the contradicted first."""
        checked = self._checked(read_passage(text, self.vocabulary))
        claims = tuple(entry.claim for entry in checked)
        figures = unique_figures(f for claim in claims for f in claim.figures)
        related = unique_figures(f for claim in claims for f in claim.related if f not in figures)
        text_blocks = tuple(self._message(checked, most))
        return Reply("claims", text_blocks, figures, related, claims, query=_spoken_of(checked))

    # -- from sentences to verdicts ------------------------------------------------------------

    def _checked(self, sentences: Sequence[Sentence]) -> list[_Checked]:
        checked: list[_Checked] = []
        context = Context()
        for read in sentences:
            statements, context = self._finder.find(read, context)
            checked += [self._judge(statement) for statement in statements]
            told = {entry.topic for entry in checked}
            checked += [e for e in self._unsupported(read, statements) if e.topic not in told]
        return checked

    def _judge(self, statement: Statement) -> _Checked:
        request = self._request(statement)
        if statement.problem == "wrong_unit" and request is not None:
            figures, _ = self._held(request, statement)
            verdict: Verdict = "contradicted" if figures else "not on record"
            return _Checked(self._claim(statement, verdict, "wrong unit", figures), statement, request)
        if statement.problem or request is None:
            reason = statement.problem.replace("_", " ") or "no figure for these slots"
            return _Checked(self._claim(statement, "not on record", reason), statement, request)
        figures, verdict, reason = self._best(request, statement)
        related = self._related(request, statement) if verdict != "supported" else ()
        return _Checked(self._claim(statement, verdict, reason, figures, related), statement, request)

    def _claim(
        self,
        statement: Statement,
        verdict: Verdict,
        reason: str,
        figures: Iterable[Figure] = (),
        related: Iterable[Figure] = (),
    ) -> Claim:
        return Claim(statement.value, statement.quoted, verdict, reason, tuple(figures), tuple(related))

    def _best(self, request: Request, statement: Statement) -> tuple[tuple[Figure, ...], Verdict, str]:
        """The verdict of the first reading of the claim's time that the record has figures for."""
        assertion = Assertion(statement.value, statement.qualifier)
        first: tuple[tuple[Figure, ...], Verdict, str] | None = None
        for reading in self._readings(request, statement):
            figures, cumulative = self._held(reading, statement)
            verdict, reason = judged(assertion, (*figures, *cumulative))
            if verdict == "supported":
                return self._borne_out(assertion, (*figures, *cumulative)), verdict, reason
            if first is None and verdict == "contradicted":
                first = figures or cumulative[-1:], verdict, reason
        return first or ((), "not on record", "no figure for these slots")

    def _borne_out(self, assertion: Assertion, figures: Sequence[Figure]) -> tuple[Figure, ...]:
        """The figures that bear a claim out, then rivals of another publisher that do not."""
        bearing = [f for f in figures if judged(assertion, (f,))[0] == "supported"]
        publishers = {f.source.publisher for f in bearing}
        rivals = [f for f in figures if f.cumulative and f.source.publisher not in publishers]
        return (*bearing, *(f for f in rivals if f.metric == "civilian_deaths"))

    def _readings(self, request: Request, statement: Statement) -> list[Request]:
        """How a claim's time may be meant: as its sentence says, else as the text around it does."""
        period = request.period
        if period is None or statement.timing == "own":
            return [request]
        if statement.timing == "dateline":
            return [request, replace(request, period=replace(period, published=True))]
        by = Period(period.first, period.last, by=True)
        return [request, replace(request, period=by), replace(request, period=None, pinned=False)]

    def _held(self, request: Request, statement: Statement) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
        """The record's figures for a look-up; without a time every cumulative one besides."""
        if request.place.startswith(ELSEWHERE):
            return (), ()
        finding = self.answerer.find(request)
        figures = finding.figures if finding.request.metric == request.metric else ()
        figures = figures if self._is_same_metric(figures, request) else ()
        if finding.kind == "total" and finding.covered < finding.asked:
            figures = tuple(f for f in figures if statement.value < (f.value or 0))  # days are missing
        if request.period is not None or request.target is not None:
            return figures, ()
        store, selector = self.answerer.store, self.answerer.selector
        facts = store.cumulative(request.metric, request.place, request.actor)
        facts += () if not request.pinned else self._pins(request)
        kept = tuple(selector.figure(f) for f in facts if self._is_told_by(f, request.publishers))
        return figures, tuple(f for f in kept if f not in figures)

    @staticmethod
    def _is_same_metric(figures: Sequence[Figure], request: Request) -> bool:
        return request.target is not None or all(f.metric == request.metric for f in figures)

    def _pins(self, request: Request) -> tuple[Fact, ...]:
        """The founding report's figures, which a claim without a time may mean."""
        places = COUNTRIES if request.place == BOTH_COUNTRIES else (request.place,)
        store = self.answerer.store
        pins = [pin for place in places for pin in store.pins(request.metric, place)]
        return tuple(pin for pin in pins if pin.actor == request.actor)

    def _is_told_by(self, fact: Fact, publishers: Sequence[str]) -> bool:
        if not publishers:
            return True
        wanted = {name for p in publishers for name in self.vocabulary.publishers[p].matches}
        return bool(wanted & {self.vocabulary.series[fact.series].publisher, fact.source.publisher})

    def _request(self, statement: Statement) -> Request | None:
        """The look-up that a claim is checked by; None where nothing on record counts such a thing."""
        if not statement.metric and statement.target is None:
            return None
        query = Query(
            metrics=(statement.metric,) if statement.metric else (),
            actors=statement.actors,
            places=self._places(statement),
            periods=(statement.period,) if statement.period else (),
            targets=(statement.target,) if statement.target else (),
            publishers=statement.publishers,
        )
        return self.answerer.requests_of(query)[0]

    def _places(self, statement: Statement) -> tuple[str, ...]:
        """The place of a claim; counts kept for the whole operation or worldwide only are meant there."""
        homes = self.vocabulary.home_places.get(statement.metric, (BOTH_COUNTRIES,))
        place = statement.place
        if not place or statement.target is not None:
            return (place,) if place else ()
        kept_there = place.startswith(ELSEWHERE) or self.answerer.store.has(statement.metric, place)
        whole = place in (BOTH_COUNTRIES, *COUNTRIES, "operation-inherent-resolve", "worldwide")
        if whole and not kept_there and BOTH_COUNTRIES not in homes:
            return ()
        return (place,)

    # -- near misses -----------------------------------------------------------------------------

    def _related(self, request: Request, statement: Statement) -> tuple[Figure, ...]:
        """Where the record does have the number, or the whole coalition's figure for one nation's."""
        found: list[Figure] = []
        metrics = self.vocabulary.metrics
        default = metrics[request.metric].default_actor if request.metric in metrics else "coalition"
        if request.actor != default and not request.place.startswith(ELSEWHERE):
            found += self.answerer.find(replace(request, actor=default, pinned=True)).figures
        store, selector = self.answerer.store, self.answerer.selector
        for fact in store.with_value(statement.value, list(metrics)):
            if fact.target is None and _alike(selector.figure(fact), fact, request) >= 2:
                found.append(selector.figure(fact))
        return unique_figures(found)[:3]

    # -- statements in words ---------------------------------------------------------------------

    def _unsupported(self, read: Sentence, statements: Sequence[Statement]) -> list[_Checked]:
        """A statement in words that one article alone makes: on record as its claim only."""
        if statements:
            return []
        line = f" {' '.join(t.norm for t in read.read.tokens if t.kind == 'word')} "
        for cues in self._unborne:
            if all(group.is_met(read.read.forms, line) for group in cues.groups):
                claim = Claim(None, read.text.strip(), "not on record", "not on record beyond this article")
                return [_Checked(claim, topic=cues.id)]
        return []

    # -- words -----------------------------------------------------------------------------------

    def say(self, key: str, **values: object) -> str:
        """A sentence of the language file's `claims:`."""
        return str(self.words.templates[key]).format(**values)

    def _message(self, checked: Sequence[_Checked], most: int) -> list[Block]:
        if not checked:
            return [Block("headline", (Span(self.say("nothing")),))]
        ordered = sorted(checked, key=lambda entry: _ORDER.index(entry.claim.verdict))
        blocks = [Block("headline", (Span(self._summary(checked), bold=True),))]
        blocks += [self._item(entry) for entry in ordered[:most]]
        if len(ordered) > most:
            blocks.append(Block("body", (Span(self.say("more", n=len(ordered) - most)),)))
        return blocks + self._caveats(ordered[:most])

    def _summary(self, checked: Sequence[_Checked]) -> str:
        counts = self.words.templates["counts"]
        told = counts if isinstance(counts, dict) else {}
        numbers = {v: sum(entry.claim.verdict == v for entry in checked) for v in _COUNTED}
        return ", ".join(str(told[v]).format(n=n) for v, n in numbers.items() if n)

    def _item(self, entry: _Checked) -> Block:
        """One claim as a list's row: the verdict, the record's figure, its source."""
        claim = entry.claim
        if entry.topic:
            source = self.vocabulary.topics[entry.topic].sources[0]
            spans = (
                Span(self.say("item_unsupported", quoted=claim.quoted)),
                *_link(source.title, source.url),
            )
            return Block("item", spans)
        key = {"supported": "item_supported", "contradicted": "item_contradicted"}
        opening = Span(self.say(key.get(claim.verdict, "item_unknown"), quoted=claim.quoted))
        if not claim.figures:
            return Block("item", (opening, Span(self._why(entry)), *self._nearest(claim)))
        figure = claim.figures[0]
        told = self.wording.figure_block(figure, "item").spans
        return Block(
            "item",
            (
                opening,
                Span(" "),
                *told,
                *self._rivals(claim),
                *_link(figure.source.publisher, figure.source.url),
                *self._remark(claim),
            ),
        )

    def _rivals(self, claim: Claim) -> tuple[Span, ...]:
        """Further figures that a claim was checked against, where they differ from the first."""
        first = claim.figures[0]
        others = [f for f in claim.figures[1:] if (f.value, f.low) != (first.value, first.low)]
        return tuple(
            span for f in others[:2] for span in (Span("; "), *self.wording.figure_block(f, "item").spans)
        )

    def _remark(self, claim: Claim) -> tuple[Span, ...]:
        keys = {
            "wrong unit": "wrong_unit",
            "rounded within its own words": "rounded",
            "opposite qualifier": "opposite",
        }
        key = keys.get(claim.reason)
        remark = (Span(" " + self.say(key)),) if key else ()
        return (*remark, *(self._nearest(claim) if claim.verdict == "contradicted" else ()))

    def _nearest(self, claim: Claim) -> tuple[Span, ...]:
        """Where the number itself, or the coalition's, stands on record."""
        if not claim.related:
            return ()
        figure = claim.related[0]
        told = self.wording.figure_block(figure, "item").spans
        lead = Span(" " + self.say("near") + ": ")
        return (lead, *told, *_link(figure.source.publisher, figure.source.url))

    def _why(self, entry: _Checked) -> str:
        """Why a claim is not on record."""
        reason = entry.claim.reason.replace(" ", "_")
        if reason in ("no_year", "no_metric", "several_places"):
            return self.say(reason)
        if reason == "restricted" and entry.statement is not None:
            return self.say(reason, word=entry.statement.word)
        what = self.answerer.describe(entry.request) if entry.request is not None else ""
        return self.say("looked_up", what=what)

    def _caveats(self, checked: Sequence[_Checked]) -> list[Block]:
        """What metrics and figures need to have said with them."""
        figures = [f for entry in checked for f in entry.claim.figures[:1]]
        metrics = self.vocabulary.metrics
        caveats = [metrics[f.metric].caveat for f in figures if f.metric in metrics]
        notes = [sentence(f.note) for f in figures if f.note]
        return [Block("aside", (Span(text),)) for text in dict.fromkeys((*caveats, *notes)) if text]


def _spoken_of(checked: Sequence[_Checked]) -> Query | None:
    """What a conversation goes on from after a text: its first contradicted claim, else its last one."""
    asked = [entry for entry in checked if entry.request is not None]
    wrong = [entry for entry in asked if entry.claim.verdict == "contradicted"]
    told = (wrong[:1] or asked[-1:])[0] if asked else None
    request = told.request if told is not None else None
    if told is None or request is None:
        return None
    figure = told.claim.figures[0] if told.claim.figures else None
    period = request.period
    if figure is not None and figure.start is not None and not figure.cumulative:
        period = Period(first_day(figure.start), last_day(figure.end or figure.start))
    return Query(
        metrics=() if request.target else (request.metric,),
        actors=() if request.pinned else (request.actor,),
        places=(request.place,),
        periods=(period,) if period else (),
        targets=(request.target,) if request.target else (),
    )


def _link(title: str, url: str) -> tuple[Span, ...]:
    return (Span(" ("), Span(title, url=url), Span(")."))


def _alike(figure: Figure, fact: Fact, request: Request) -> int:
    """In how many of metric, actor, place and time a fact is what a claim was looked up as."""
    period = request.period
    days = (period.first.isoformat(), period.last.isoformat()) if period else None
    same = (fact.metric == request.metric, fact.actor == request.actor, fact.place == request.place)
    when = days == (figure.start, figure.end) if days else figure.cumulative
    return (2 if same[0] and same[2] else 0) + (2 if when and (same[0] or same[2]) else 0)
