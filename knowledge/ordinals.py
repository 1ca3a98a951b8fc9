"""Ordinals and edges that single out what the record keeps no figure of.

"The first year", "the first 40 weeks" count from a day that nobody named; "the 10,000th strike", "the
last strike", "the first to be killed" ask for one of many, whose count is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.reading import Mention, ReadText
from knowledge.vocabulary import Vocabulary

#: Groups of words that tell what was done to people: "who trained", "who killed".
_DEEDS = frozenset({"death", "wounded", "trained", "freed", "killed_in_action"})


def singled_out(read: ReadText, metrics: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The words of a question that ask for one of many, or for a time counted from an unnamed day."""
    dated = {i for phrase in read.dates for i in range(phrase.start, phrase.end)}
    for position in range(len(read.tokens)):
        if position not in dated and _is_edge(read, position, vocabulary):
            yield from _unnamed_time(read, position, vocabulary)
    if metrics:
        yield from _one_of_many(read, dated)
        yield from _one_by_time(read, vocabulary)
        yield from _doers(read, vocabulary)


def _is_edge(read: ReadText, position: int, vocabulary: Vocabulary) -> bool:
    return read.tokens[position].ordinal or read.norm(position) in vocabulary.language.calendar.last


def _unnamed_time(read: ReadText, position: int, vocabulary: Vocabulary) -> Iterator[str]:
    """As in "the second year", "the first 40 weeks": single days are asked for as first and last ones."""
    units = vocabulary.language.calendar.units
    at = position + 1
    counted = at < len(read.tokens) and read.tokens[at].kind == "number" and not read.tokens[at].ordinal
    unit = units.get(read.norm(at + counted))
    if unit is not None and (counted or (unit != "day" and read.tokens[position].ordinal)):
        yield " ".join(token.text for token in read.tokens[position : at + counted + 1])


def _one_of_many(read: ReadText, dated: set[int]) -> Iterator[str]:
    """As in "the 10,000th strike": an ordinal above the first right before what is counted."""
    for mention in read.mentions:
        before = mention.start - 1
        if not mention.ids("metric") or before < 0 or before in dated:
            continue
        token = read.tokens[before]
        if token.ordinal and (token.value or 0) > 1:
            yield f"{token.text} {mention.words}"


def _one_by_time(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """As in "when was the last strike", "who was the first soldier killed"."""
    asked = read.operations() & {"when"} or vocabulary.language.parts["asking_who"] & read.forms
    if not asked or read.dates or any(m.has("operation", "how_many") for m in read.mentions):
        return
    losses = [m for m in read.mentions if _DEEDS & set(m.ids("group"))]
    for mention in read.mentions:
        edge = mention.has("operation", "first") or mention.has("operation", "latest")
        last = mention.has("operation", "latest")
        if (last and _is_before_a_count(read, mention)) or (edge and losses):
            yield mention.words
    covered = {i for m in read.mentions if m.has("operation", "latest") for i in range(m.start, m.end)}
    for position, token in enumerate(read.tokens):
        if losses and position not in covered and token.norm in vocabulary.language.calendar.last:
            yield token.text


def _is_before_a_count(read: ReadText, mention: Mention) -> bool:
    """Whether what is counted stands right after a word, or one word further on."""
    return any(m.ids("metric") and 0 <= m.start - mention.end <= 1 for m in read.mentions)


def _doers(read: ReadText, vocabulary: Vocabulary) -> Iterator[str]:
    """As in "who trained them": whose deed it was is no number."""
    asking = vocabulary.language.parts["asking_who"]
    for mention in read.mentions:
        opens = read.norm(mention.start - 1) in asking
        if opens and _DEEDS & set(mention.ids("group")) and read.norm(mention.start - 2) != "by":
            yield f"{read.norm(mention.start - 1)} {mention.words}"
