"""What a kind of answer says and asserts, before the conversation's memory is added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.models import AnswerKind, Claim, Figure, Query, RichText, Source


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer's kind, words, figures and the rest.

    `event` is the event it tells of; `query` what the conversation goes on from, where the question
    itself does not say; `rest` the rows that the text leaves out.
    """

    kind: AnswerKind
    text: RichText
    figures: tuple[Figure, ...] = ()
    related: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    choices: tuple[str, ...] = ()
    event: str = ""
    query: Query | None = None
    rest: RichText = ()


def unique_figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures, each once, in their order."""
    return tuple(dict.fromkeys(figures))


def of_same_days(figures: Iterable[Figure], sums: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures for just the days and the place that some sums are for."""
    spans = {(f.start, f.end, f.place) for f in sums}
    return tuple(f for f in figures if (f.start, f.end, f.place) in spans)


def unique_sources(figures: Iterable[Figure]) -> tuple[Source, ...]:
    """The sources of some figures, each once, in their order; a worked-out figure has several."""
    return tuple(dict.fromkeys(s for f in figures for s in f.sources or (f.source,)))


def sentence(note: str) -> str:
    """A curator's note as a sentence: a capital first, a full stop last."""
    text = note[:1].upper() + note[1:]
    return text if text.endswith(".") else text + "."
