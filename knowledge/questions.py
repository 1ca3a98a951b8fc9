"""One message, one or more questions: where a message is cut in two.

A message is cut only where each part can stand as a question of its own: "How many strikes in Iraq
on 8 March? And how many engagements there?". A preamble, a date or a politeness of its own sentence
stays with the question that it belongs to.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.mentions import read_text
from knowledge.models import first_day
from knowledge.reading import ReadText
from knowledge.text import clean
from knowledge.vocabulary import Vocabulary

_SENTENCE = re.compile(r"(?<=[?])\s+|\n{2,}")
_LISTED = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[-*•])\s+")
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
#: More questions than this in one message are read as one.
MOST = 4


def split_questions(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The questions of a message, each as its own text; mostly the message itself."""
    whole = clean(text)
    if len(whole) > 600 or not whole.strip():
        return (whole,)
    items = _LISTED.split(whole)
    if len(items) > 2:
        whole = "\n\n".join(item.strip() for item in items if item.strip())
    parts = [part for chunk in _SENTENCE.split(whole) for part in _cut_again(chunk, vocabulary)]
    parts = [part.strip() for part in parts if part.strip()]
    if not 1 < len(parts) <= MOST or not all(_stands_alone(part, vocabulary) for part in parts):
        return (whole,)
    return tuple(parts)


def _cut_again(sentence: str, vocabulary: Vocabulary) -> list[str]:
    """Two questions of one sentence, joined by "and": another metric and place, or another place and date."""
    parts = _again(vocabulary.language.parts["asks_again"]).split(sentence)
    if len(parts) == 2 and _asks_on_its_own(parts[0], vocabulary):
        return [parts[0] + _date_of(parts[0], parts[1], vocabulary), parts[1]]
    for mark in _AND.finditer(sentence):
        if _is_inside_a_name(sentence, mark.start(), vocabulary):
            continue
        left, right = sentence[: mark.start()], sentence[mark.end() :]
        one, other = _named_in(left, vocabulary), _named_in(right, vocabulary)
        if {"place", "metric"} <= one & other or {"place", "date"} <= one & other:
            return [left + _date_of(left, right, vocabulary), right]
    return [sentence]


@lru_cache(maxsize=8)
def _again(openings: frozenset[str]) -> re.Pattern[str]:
    """The "and" before words that open a further question ("and how many")."""
    words = "|".join(map(re.escape, sorted(openings)))
    return re.compile(rf",?\s+(?:and|&)\s+(?=(?:{words})\b)", re.IGNORECASE)


def _asks_on_its_own(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a part names a metric, or asks when something was or what it means."""
    read = read_text(part, vocabulary, first_day("2020-01-01"))
    return bool(read.named("metric")) or not {"when", "meaning"}.isdisjoint(read.operations())


def _is_inside_a_name(sentence: str, offset: int, vocabulary: Vocabulary) -> bool:
    """Whether an "and" is part of one name ("Iraq and Syria")."""
    read = read_text(sentence, vocabulary, first_day("2020-01-01"))
    return any(
        read.tokens[m.start].start <= offset < read.tokens[m.end - 1].end
        for m in read.mentions
        if m.end - m.start > 1
    )


def _named_in(part: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Which of metric, place and date a part names; empty where it compares or asks something else."""
    read = read_text(part, vocabulary, first_day("2020-01-01"))
    if read.operations() & {"compare", "more", "where", "when", "definition", "both"} or read.named("scope"):
        return frozenset()
    named = {kind for kind in ("metric", "place") if read.named(kind)}
    return frozenset(named | {"date"} if read.dates else named)


def _date_of(left: str, right: str, vocabulary: Vocabulary) -> str:
    """The date of the second part, where the first has none of its own: it is for both."""
    now = first_day("2020-01-01")
    if read_text(left, vocabulary, now).dates:
        return ""
    read = read_text(right, vocabulary, now)
    text = clean(right)
    spans = [(read.tokens[d.start].start, read.tokens[d.end - 1].end) for d in read.dates]
    return "".join(f" {text[start:end]}" for start, end in spans)


def _stands_alone(part: str, vocabulary: Vocabulary) -> bool:
    read = read_text(part, vocabulary, first_day("2020-01-01"))
    if read.named("scope"):
        return False
    complete = bool(read.named("place")) and bool(read.named("metric") or read.dates)
    return complete or (_asks(read) and _names(read)) or _names_anew(part, read)


def _asks(read: ReadText) -> bool:
    return bool(
        read.operations()
        & {"how_many", "where", "when", "what", "compare", "definition", "most", "least", "average"}
    )


def _names(read: ReadText) -> bool:
    named = [kind for kind in ("metric", "target", "term", "group") if read.named(kind)]
    return bool(named or read.named("place") or "event" in read.operations())


def _names_anew(part: str, read: ReadText) -> bool:
    """As in "And in Iraq?" after a first question."""
    fragment = part.rstrip().endswith("?") and re.match(
        r"(?:and|what about|how about)\b", part, re.IGNORECASE
    )
    return bool(fragment) and bool(read.named("place") or read.named("metric") or read.dates)
