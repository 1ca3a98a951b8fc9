"""Claims in a pasted text: each number of it judged against the record, and the words for that.

`passages` reads the text, `statements` finds what its numbers assert, `evidence` looks that up, `judging`
compares, `verdicts` puts it in one message (SPEC rule 13).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge.answering import Answerer
from knowledge.datings import Dating, DatingFinder, is_dated, may_be_dated
from knowledge.evidence import Evidence, Held
from knowledge.grids import without_numbering
from knowledge.judging import is_true_of, judged
from knowledge.lookups import Request
from knowledge.models import Assertion, Claim, Figure, Period, Query, Verdict, first_day, last_day
from knowledge.passages import ClaimWords, Sentence, is_asking, is_pasted, is_request_to_check, read_passage
from knowledge.ratios import RatioFinder
from knowledge.reply import Reply, unique_figures
from knowledge.statement import Context, Statement
from knowledge.statements import StatementFinder
from knowledge.verdicts import Checked, VerdictWording

#: How many claims a message words; the rest is counted.
SHOWN = 10
_NO_FIGURE = "no figure for these slots"
_DISPUTED = "disputed by another source"
_FAR_OFF = "true but far off"


class ClaimChecker:
    """Checks texts against the record that an `Answerer` answers from."""

    def __init__(self, answerer: Answerer, section: Mapping[str, object]) -> None:
        self._vocabulary = answerer.vocabulary
        self._words = ClaimWords(section)
        self._unborne = [c for c in self._vocabulary.topic_cues if c.id in self._words["unsupported"]]
        self._finder = StatementFinder(self._vocabulary, self._words)
        self._evidence = Evidence(answerer)
        self._datings = DatingFinder(self._vocabulary, self._words)
        self._ratios = RatioFinder(self._vocabulary, self._words, self._finder, self._evidence)
        self._wording = VerdictWording(answerer, self._words)
        self._answerer = answerer
        self._store = answerer.store

    def plain(self, text: str) -> str:
        """A message with list numbers as bullets and without telephone numbers."""
        return without_numbering(text, self._vocabulary.language.calendar.months, self._words["phones"])

    def is_pasted(self, text: str) -> bool:
        """Whether a message is a text to be checked."""
        return is_pasted(text, self._vocabulary, self._words)

    def asks(self, text: str) -> bool:
        """Whether a message is a question rather than a text to be checked."""
        return not self.is_pasted(text) and is_asking(text)

    def is_request(self, text: str) -> bool:
        """Whether a message only asks to have another one checked."""
        return is_request_to_check(text, self._vocabulary, self._words)

    def check_text(self, text: str, most: int = SHOWN) -> Reply:
        """Every claim of a text with its verdict; `most` of them are worded, the contradicted first."""
        checked = self._checked(read_passage(self.plain(text), self._vocabulary))
        self._evidence.forget()
        claims = tuple(entry.claim for entry in checked)
        figures = unique_figures(f for claim in claims for f in claim.figures)
        held = set(figures)
        related = unique_figures(f for claim in claims for f in claim.related if f not in held)
        shown, rest = self._wording.message(checked, most)
        return Reply("claims", shown, figures, related, claims, query=_spoken_of(checked), rest=rest)

    # -- from sentences to verdicts ------------------------------------------------------------

    def _checked(self, sentences: Sequence[Sentence]) -> list[Checked]:
        checked: list[Checked] = []
        told: set[str] = set()
        context = Context()
        for read in sentences:
            place = context.place
            statements, context = self._finder.find(read, context)
            checked += [self._judge(statement) for statement in statements]
            datings = self._datings.find(read, place or context.place, statements)
            checked += [self._dated(dating) for dating in datings]
            checked += self._ratios.find(read, checked[len(checked) - len(statements) - len(datings) :])
            unborne = [e for e in self._unsupported(read, statements) if e.topic not in told]
            told |= {entry.topic for entry in unborne}
            checked += unborne
        return checked

    def _judge(self, statement: Statement) -> Checked:
        request = self._evidence.request_of(statement)
        if statement.problem == "wrong_unit" and request is not None:
            figures = self._evidence.held(request).figures
            verdict: Verdict = "contradicted" if figures else "not on record"
            return Checked(_claim(statement, verdict, "wrong unit", figures), statement, request)
        if statement.problem or request is None:
            reason = statement.problem.replace("_", " ") or _NO_FIGURE
            return Checked(_claim(statement, "not on record", reason), statement, request)
        figures, verdict, reason = self._best(request, statement)
        if verdict == "supported" or reason == _FAR_OFF:
            return Checked(_claim(statement, verdict, reason, figures), statement, request)
        missed = self._evidence.near_miss(request, statement)
        if missed.slot == "actor":  # the coalition's number under one nation's name is nobody's contradiction
            verdict, figures = "not on record", ()
        if missed.slot and reason in ("another value", _NO_FIGURE):
            reason = "other scope" if missed.slot == "scope" else f"wrong {missed.slot}"
        return Checked(_claim(statement, verdict, reason, figures, missed.figures), statement, request)

    def _dated(self, dating: Dating) -> Checked:
        """The verdict on the date of an event; rival dates on record are told with it."""
        known = [event for name in dating.events for event in self._store.events(name)]
        bearing = [event for event in known if is_dated(event, dating.period)]
        named = {event.event for event in bearing}
        rivals = [event for event in known if event.event in named and event not in bearing]
        if bearing:
            verdict: Verdict = "supported"
            reason, told = (_DISPUTED if rivals else "same date"), [*bearing, *rivals]
        elif any(may_be_dated(event, dating.period) for event in known):
            verdict, reason, told = "not on record", "not so exact", []
        elif dating.sure and len(dating.events) == 1:
            verdict, reason, told = "contradicted", "another date", known
        else:
            verdict, reason, told = "not on record", _NO_FIGURE, []
        figures = unique_figures(map(self._answerer.wording.event_figure, told))
        claim = Claim(None, dating.quoted, verdict, reason, figures, date=dating.period.first.isoformat())
        return Checked(claim, event=dating.events[0])

    def _best(self, request: Request, statement: Statement) -> tuple[tuple[Figure, ...], Verdict, str]:
        """The verdict of the first reading of the claim's time that the record has figures for."""
        assertion = Assertion(statement.value, statement.qualifier)
        first: tuple[tuple[Figure, ...], Verdict, str] | None = None
        for reading in self._evidence.readings(request, statement):
            held = self._evidence.held(reading)
            verdict, reason = _judged(assertion, held)
            if reason == "another value" and self._evidence.is_between(reading, statement.value, held):
                verdict, reason = "not on record", "between two counts"
            if verdict == "supported":
                bearing = [f for f in held.all if judged(assertion, (f,))[0] == "supported"]
                rivals = self._evidence.rivals(bearing, held.all)
                exact = reason == "same value"
                told = [reason] * (not rivals or not exact) + [_DISPUTED] * bool(rivals)
                return (*bearing, *rivals), verdict, "; ".join(told)
            if first is None and verdict == "contradicted":
                first = held.figures or held.cumulative[-1:], verdict, reason
        return first or ((), "not on record", _NO_FIGURE)

    # -- statements in words ---------------------------------------------------------------------

    def _unsupported(self, read: Sentence, statements: Sequence[Statement]) -> list[Checked]:
        """A statement in words that one article alone makes: on record as its claim only."""
        if statements:
            return []
        line = f" {' '.join(t.norm for t in read.read.tokens if t.kind == 'word')} "
        for cues in self._unborne:
            if all(group.is_met(read.read.forms, line) for group in cues.groups):
                claim = Claim(None, read.text.strip(), "not on record", "not on record beyond this article")
                return [Checked(claim, topic=cues.id)]
        return []


def _claim(
    statement: Statement,
    verdict: Verdict,
    reason: str,
    figures: Iterable[Figure] = (),
    related: Iterable[Figure] = (),
) -> Claim:
    return Claim(statement.value, statement.quoted, verdict, reason, tuple(figures), tuple(related))


def _judged(assertion: Assertion, held: Held) -> tuple[Verdict, str]:
    """The verdict on an assertion by what is held; a total that lacks days only rules smaller numbers out."""
    if held.partial:
        verdict, reason = judged(assertion, held.figures)
        bound = assertion.qualifier in ("at least", "more than")
        larger = any(assertion.value >= (figure.value or 0) for figure in held.figures)
        is_short = verdict == "contradicted" and not bound and not larger
        return (verdict, reason) if is_short else ("not on record", "days without a report")
    verdict, reason = judged(assertion, held.all)
    if verdict == "contradicted" and is_true_of(assertion, held.figures or held.all):
        return verdict, _FAR_OFF
    return verdict, reason


def _spoken_of(checked: Sequence[Checked]) -> Query | None:
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
