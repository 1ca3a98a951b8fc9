"""Shares, changes and differences that a text works out itself, from figures on record or in its sentence.

"79 percent of the strikes were in Syria", "20 more strikes in Syria than in Iraq", "from 4,848 to 5,075, an
increase of 5 percent": each follows from two figures, which are given with the verdict. What does not follow
from two exact ones is not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.evidence import Evidence
from knowledge.judging import TOLERANCE
from knowledge.lookups import Request
from knowledge.models import Claim, Figure, Number, Verdict
from knowledge.numerals import Numerals
from knowledge.passages import ClaimWords, Sentence, is_certain
from knowledge.roles import BOTH_COUNTRIES
from knowledge.slots import named_slots, qualifier_before
from knowledge.statement import Statement
from knowledge.statements import StatementFinder
from knowledge.verdicts import Checked
from knowledge.vocabulary import Vocabulary

WORKED_OUT = "worked out"
#: A share that is given in whole percents may be off by so much.
_ROUNDING = 0.5


class RatioFinder:
    """Finds and judges what follows from two figures."""

    def __init__(
        self, vocabulary: Vocabulary, words: ClaimWords, finder: StatementFinder, evidence: Evidence
    ) -> None:
        self._vocabulary = vocabulary
        self._words = words
        self._finder = finder
        self._evidence = evidence

    def find(self, sentence: Sentence, checked: Sequence[Checked]) -> list[Checked]:
        """The verdicts on the shares and differences of a sentence; `checked` are its own claims."""
        reader = Numerals(sentence, self._vocabulary, self._words)
        found: list[Checked] = []
        for at, token in enumerate(sentence.read.tokens):
            if token.kind != "number" or token.value is None:
                continue
            entry = None
            if reader.is_percentage(at):
                entry = self._change(sentence, at, checked) or self._share(sentence, at)
            elif reader.is_difference(at):
                entry = self._difference(sentence, at)
            found += [entry] if entry is not None else []
        return found

    # -- each kind -----------------------------------------------------------------------------

    def _change(self, sentence: Sentence, at: int, checked: Sequence[Checked]) -> Checked | None:
        """A rise or fall between the two figures of the sentence."""
        rises = not self._words["rising"].isdisjoint(sentence.read.forms)
        falls = not self._words["falling"].isdisjoint(sentence.read.forms)
        ends = [entry for entry in checked if entry.statement is not None and entry.claim.value is not None]
        if rises == falls or len(ends) != 2 or any(e.claim.verdict != "supported" for e in ends):
            return None
        one, other = (entry.claim.figures[0] for entry in ends)
        first, last = sorted((one, other), key=lambda figure: figure.start or figure.as_of or "")
        values = first.value, last.value
        if None in values or not values[0] or one.metric != other.metric or first.start == last.start:
            return None
        change = 100 * ((last.value or 0) - (first.value or 0)) / (first.value or 1)
        return self._verdict(sentence, at, change if rises else -change, (first, last))

    def _share(self, sentence: Sentence, at: int) -> Checked | None:
        """The part of a place in the whole: of Iraq and Syria, or of the city's country."""
        read = sentence.read
        metric = next((m for m in read.named("metric") if at < m.start <= at + 8), None)
        slots = named_slots(read, self._vocabulary)
        periods = [p for p in slots.periods if is_certain(p)]
        if metric is None or len(slots.places) != 1 or len(periods) != 1 or slots.other_places:
            return None
        place = slots.places[0]
        home = self._vocabulary.places[place].parent if place not in ("syria", "iraq") else BOTH_COUNTRIES
        if not home or place == BOTH_COUNTRIES or read.norm(at + 2) not in self._words["of"]:
            return None
        statement = Statement(
            0, "exactly", "", metric.ids("metric")[0], None, slots.actors, place, periods[0]
        )
        part, whole = self._one(statement), self._one(replace(statement, place=home))
        if part is None or whole is None or not whole.value:
            return None
        return self._verdict(sentence, at, 100 * (part.value or 0) / whole.value, (part, whole))

    def _difference(self, sentence: Sentence, at: int) -> Checked | None:
        """So many more in one place than in another."""
        read = sentence.read
        than = next((i for i in range(at, len(read.tokens)) if read.norm(i) in self._words["than"]), 0)
        metric = next((m for m in read.named("metric") if at < m.start < than), None)
        places = [(m.start, m.ids("place")[0]) for m in read.mentions if m.ids("place")]
        one = [place for start, place in places if at < start < than]
        other = [place for start, place in places if start > than]
        slots = named_slots(read, self._vocabulary)
        periods = [p for p in slots.periods if is_certain(p)]
        if metric is None or not one or not other or len(periods) != 1:
            return None
        statement = Statement(
            0, "exactly", "", metric.ids("metric")[0], None, slots.actors, one[0], periods[0]
        )
        figures = self._one(statement), self._one(replace(statement, place=other[0]))
        if figures[0] is None or figures[1] is None:
            return None
        apart = (figures[0].value or 0) - (figures[1].value or 0)
        fewer = read.norm(at + 1) in self._words["falling"]
        return self._verdict(sentence, at, -apart if fewer else apart, (figures[0], figures[1]), exact=True)

    # -- together ------------------------------------------------------------------------------

    def _one(self, statement: Statement) -> Figure | None:
        """The one exact figure for a statement's slots."""
        request: Request | None = self._evidence.request_of(statement)
        held = self._evidence.held(request) if request is not None else None
        if held is None or held.partial or len(held.figures) != 1:
            return None
        figure = held.figures[0]
        return figure if figure.value is not None and figure.qualifier == "exactly" else None

    def _verdict(
        self, sentence: Sentence, at: int, true: float, figures: tuple[Figure, ...], *, exact: bool = False
    ) -> Checked:
        read = sentence.read
        value: Number = read.tokens[at].value or 0
        qualifier = qualifier_before(read, at, self._vocabulary)
        off = abs(true - value)
        slack = 0 if exact else _ROUNDING
        if qualifier in ("about", "approximately"):
            slack = max(slack, TOLERANCE * value)
        holds = off <= slack or (
            (qualifier in ("at least", "more than") and value < true <= value * (1 + TOLERANCE))
            or (qualifier in ("nearly", "up to", "fewer than") and value * (1 - TOLERANCE) <= true < value)
        )
        verdict: Verdict = "supported" if holds else "contradicted"
        end = at + 1 if exact else at + 2
        quoted = sentence.text[read.tokens[at].start : read.tokens[min(end, len(read.tokens)) - 1].end]
        return Checked(Claim(value, quoted, verdict, WORKED_OUT, figures))
