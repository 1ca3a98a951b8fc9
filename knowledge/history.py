"""What stood in the record before: earlier values of a fact, with the day and the reason of each change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge.answering import Answerer
from knowledge.errors import UnknownIdError
from knowledge.models import Block, Correction, Fact, Figure, Number, RichText
from knowledge.reply import sentence
from knowledge.wording import iso_text

#: Cells that make up a figure's amount; they are told as one.
_AMOUNT = ("value", "low", "high", "qualifier")
#: Cells that say nothing of the figure itself: a change of them is told when the history is asked for only.
_BOOKKEEPING = frozenset({"id", "locator", "note"})
_DATES = frozenset({"start", "end", "as_of"})
#: So many figures without a change are named one by one.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a fact: the day, why, and in words what stood there before."""

    day: str
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """A fact as it stands now, and every change of it, the latest first; `text` says it all in words."""

    fact: str
    figure: Figure
    changes: tuple[Change, ...]
    text: RichText


class Historian:
    """Tells what was changed in the record's facts."""

    def __init__(self, answerer: Answerer) -> None:
        self._store = answerer.store
        self._selector = answerer.selector
        self._vocabulary = answerer.vocabulary
        self._wording = answerer.wording

    def history(self, identifier: str) -> History:
        """The history of a fact; raises UnknownIdError where there is none with this id."""
        fact = self._store.fact(identifier)
        if fact is None:
            raise UnknownIdError("figure", identifier)
        figure = self._selector.figure(fact)
        changes = self._changes(fact, self._store.corrections((identifier,)))
        told = [self._change(change) for change in changes] or [self._wording.block("body", "no_changes")]
        text = (self._wording.figure_block(figure), *told, self._wording.source_block(figure.source))
        return History(identifier, figure, changes, text)

    def of_several(self, identifiers: Iterable[str]) -> RichText:
        """The histories of some facts in one text; ids that are not on record are passed over."""
        known = [name for name in dict.fromkeys(identifiers) if self._store.fact(name) is not None]
        histories = [self.history(name) for name in known]
        if len(histories) <= _MOST_NAMED:
            return tuple(block for history in histories for block in history.text)
        changed = [history for history in histories if history.changes]
        text = tuple(block for history in changed for block in history.text)
        if len(changed) == len(histories):
            return text
        return (*text, self._wording.block("body", "no_changes_in_others" if changed else "no_changes"))

    def asides(self, figures: Iterable[Figure]) -> tuple[Block, ...]:
        """What an answer adds for its figures that were corrected: when, and what stood before."""
        by_fact = {figure.fact: figure for figure in figures if figure.fact is not None}
        corrections = self._store.corrections(tuple(by_fact))
        return tuple(
            self._aside(by_fact[name], change)
            for name in dict.fromkeys(c.fact for c in corrections)
            if (fact := self._store.fact(name)) is not None
            for change in self._changes(fact, [c for c in corrections if c.fact == name], _BOOKKEEPING)
        )

    def _aside(self, figure: Figure, change: Change) -> Block:
        name = f"{self._wording.value(figure)} {self._wording.where(figure.place)}"
        day = iso_text(change.day, self._wording.locale)
        return self._wording.block("aside", "was_corrected", figure=name, day=day, before=change.before)

    def _change(self, change: Change) -> Block:
        day = iso_text(change.day, self._wording.locale)
        return self._wording.block(
            "item", "change", day=day, before=change.before, reason=sentence(change.reason)
        )

    def _changes(
        self, fact: Fact, corrections: Sequence[Correction], unsaid: frozenset[str] = frozenset()
    ) -> tuple[Change, ...]:
        """The changes of a fact, the latest first: each is undone to know what stood there before."""
        changes = []
        for (day, reason), cells in groupby(reversed(corrections), key=lambda c: (c.changed, c.reason)):
            undone = list(cells)
            fact = _undo(fact, undone)
            told = [c for c in undone if c.field not in unsaid]
            if told:
                changes.append(Change(day, self._before(fact, told), reason))
        return tuple(changes)

    def _before(self, fact: Fact, undone: Sequence[Correction]) -> str:
        """What stood in some cells of a fact, of which `fact` is the earlier state."""
        parts = [self._amount(fact)] if any(c.field in _AMOUNT for c in undone) else []
        parts += [
            self._wording.cell(c.field, self._named(c.field, c.old))
            for c in reversed(undone)
            if c.field not in _AMOUNT
        ]
        return self._wording.say("and_also").join(parts)

    def _amount(self, fact: Fact) -> str:
        is_given = fact.value is not None or (fact.low is not None and fact.high is not None)
        amount = self._wording.value(self._selector.figure(fact)) if is_given else ""
        return self._wording.cell("amount", amount)

    def _named(self, field: str, old: str) -> str:
        """What an old cell says, ids by their names."""
        named = {
            "place": self._vocabulary.places,
            "actor": self._vocabulary.actors,
            "metric": self._vocabulary.metrics,
            "target": self._vocabulary.targets,
            "series": self._vocabulary.series,
        }.get(field, {})
        if field in _DATES and old:
            return iso_text(old, self._wording.locale)
        return str(getattr(named.get(old), "name", old))


def _undo(fact: Fact, corrections: Iterable[Correction]) -> Fact:
    """A fact's amount as it stood before some of its corrections, the latest of which comes first."""
    cells = {c.field: c.old for c in corrections}
    numbers = {name: _number(old) for name, old in cells.items()}
    fact = replace(
        fact,
        value=numbers.get("value", fact.value),
        low=numbers.get("low", fact.low),
        high=numbers.get("high", fact.high),
        qualifier=cells.get("qualifier", fact.qualifier) or "exactly",
    )
    if fact.value is not None and fact.qualifier == "between":
        return replace(fact, qualifier="exactly")
    return fact


def _number(cell: str) -> Number | None:
    """The number of a cell; None for an empty one and for one that never was a number."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return None if not math.isfinite(number) else int(number) if number.is_integer() else number
