"""Verdicts in words: one line of summary, then one row a claim with the record's figure and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering import Answerer
from knowledge.lookups import Request
from knowledge.models import Block, Claim, Figure, RichText, Span, Verdict
from knowledge.passages import ClaimWords
from knowledge.reply import sentence
from knowledge.statement import Statement

_ORDER: tuple[Verdict, ...] = ("contradicted", "not on record", "supported")
_COUNTED: tuple[Verdict, ...] = ("supported", "contradicted", "not on record")
#: So many rival figures are said beside the first.
_MOST_RIVALS = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with what it was looked up as; `topic` or `event` where it is none of a figure."""

    claim: Claim
    statement: Statement | None = None
    request: Request | None = None
    topic: str = ""
    event: str = ""


class VerdictWording:
    """Words checked claims from the language file's `claims:`."""

    def __init__(self, answerer: Answerer, words: ClaimWords) -> None:
        self._answerer = answerer
        self._vocabulary = answerer.vocabulary
        self._wording = answerer.wording
        self._words = words

    def message(self, checked: Sequence[Checked], most: int) -> tuple[RichText, RichText]:
        """The whole message with at most so many claims, and the blocks of the others."""
        if not checked:
            return (Block("headline", (Span(self._say("nothing")),)),), ()
        ordered = sorted(checked, key=lambda entry: _ORDER.index(entry.claim.verdict))
        blocks = [Block("headline", (Span(self._summary(checked), bold=True),))]
        blocks += map(self._item, ordered[:most])
        rest = [*map(self._item, ordered[most:]), *self._caveats(ordered[most:])]
        if len(ordered) > most:
            blocks.append(Block("body", (Span(self._say("more", n=len(ordered) - most)),)))
        return (*blocks, *self._caveats(ordered[:most])), tuple(rest)

    def _say(self, key: str, **values: object) -> str:
        return str(self._words.templates[key]).format(**values)

    def _table(self, key: str) -> dict[str, str]:
        table = self._words.templates[key]
        return {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}

    def _summary(self, checked: Sequence[Checked]) -> str:
        told = self._table("counts")
        numbers = {v: sum(entry.claim.verdict == v for entry in checked) for v in _COUNTED}
        return ", ".join(told[v].format(n=n) for v, n in numbers.items() if n)

    # -- a row ---------------------------------------------------------------------------------

    def _item(self, entry: Checked) -> Block:
        """One claim as a list's row: the verdict, the record's figure, its source, what is amiss."""
        claim = entry.claim
        if entry.topic:
            source = self._vocabulary.topics[entry.topic].sources[0]
            opening = Span(self._say("item_unsupported", quoted=claim.quoted))
            return Block("item", (opening, *_link(source.title, source.url)))
        opening = Span(self._table("item")[claim.verdict].format(quoted=claim.quoted))
        if not claim.figures:
            return Block("item", (opening, Span(self._why(entry)), *self._remark(claim)))
        first = claim.figures[0]
        told = [Span(" "), *self._told(first), *self._rivals(claim, first)]
        return Block("item", (opening, *told, *self._remark(claim)))

    def _told(self, figure: Figure) -> tuple[Span, ...]:
        """What the record has, with its source."""
        link = _link(figure.source.publisher, figure.source.url)
        if figure.metric == "event":
            return (*self._wording.dated_spans(figure), *link)
        told = self._wording.figure_block(figure, "item").spans
        if figure.fact is None:
            told = (*told, Span(", " + self._say("added_up", n=len(figure.sources))))
        return (*told, *link)

    def _rivals(self, claim: Claim, first: Figure) -> list[Span]:
        """Further figures that a claim was checked against, where they differ from the first."""
        others = [f for f in claim.figures[1:] if _shown(f) != _shown(first)]
        key = "rival" if claim.reason.endswith("disputed by another source") else "besides"
        return [
            span
            for figure in others[:_MOST_RIVALS]
            for span in (Span(" " + self._say(key) + " "), *self._told(figure))
        ]

    def _remark(self, claim: Claim) -> tuple[Span, ...]:
        """What is finer than the verdict, and where the number itself stands on record."""
        remarks = self._table("remarks")
        told = " ".join(remarks[reason] for reason in claim.reason.split("; ") if reason in remarks)
        near = self._near(claim)
        if near and not told:
            told = self._say("near")
        return (Span(" " + told), *near) if told else ()

    def _near(self, claim: Claim) -> tuple[Span, ...]:
        if not claim.related or claim.verdict == "supported":
            return ()
        return (Span(" "), *self._told(claim.related[0]))

    def _why(self, entry: Checked) -> str:
        """Why a claim is not on record."""
        reason, statement = entry.claim.reason, entry.statement
        told = self._table("reasons").get(reason)
        if told is not None:
            return told.format(word=statement.word if statement is not None else "")
        what = self._answerer.describe(entry.request) if entry.request is not None else ""
        return self._say("looked_up", what=what) if what else self._say("not_held")

    def _caveats(self, checked: Sequence[Checked]) -> list[Block]:
        """What metrics and figures need to have said with them."""
        figures = [f for entry in checked for f in entry.claim.figures[:1]]
        metrics = self._vocabulary.metrics
        caveats = [metrics[f.metric].caveat for f in figures if f.metric in metrics]
        notes = [sentence(f.note) for f in figures if f.note]
        return [Block("aside", (Span(text),)) for text in dict.fromkeys((*caveats, *notes)) if text]


def _shown(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.start if figure.metric == "event" else None


def _link(title: str, url: str) -> tuple[Span, ...]:
    return (Span(" ("), Span(title, url=url), Span(")."))
