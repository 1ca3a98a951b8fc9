"""What the decisions on a question are made from: its words, its slots, and the query before it."""

from __future__ import annotations

from datetime import date

from knowledge.models import Query
from knowledge.reading import ReadText
from knowledge.slots import Slots
from knowledge.vocabulary import Cues, Vocabulary


def names_something(slots: Slots) -> bool:
    """Whether any slot that a figure hangs on was named."""
    return bool(
        slots.metrics or slots.places or slots.other_places or slots.targets or slots.effects or slots.actors
    )


class Question:
    """A text as read, with the query before it: what the decisions of `operations` are made from."""

    def __init__(
        self, read: ReadText, slots: Slots, before: Query | None, vocabulary: Vocabulary, now: date
    ) -> None:
        self.read = read
        self.slots = slots
        self.before = before
        self.vocabulary = vocabulary
        self.now = now
        self.asks = slots.operations
        self.counts = "how_many" in slots.operations
        self.line = f" {' '.join(token.norm for token in read.tokens if token.kind == 'word')} "
        self.earlier = before.operation if before else ""

    def cues_met(self, cues: Cues) -> int:
        """How many cue groups have a word in the question; 0 unless all have."""
        met = all(group.is_met(self.read.forms, self.line) for group in cues.groups)
        return len(cues.groups) if met else 0
