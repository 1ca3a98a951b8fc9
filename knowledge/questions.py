"""One message, one or more questions: where a message is cut in two.

A message is cut only where each part can stand as a question of its own: "How many strikes in Syria
on 10 June? And how many engagements in Iraq?". A preamble, a date or a politeness of its own sentence
stays with the question that it belongs to.
"""

from __future__ import annotations

import re

from knowledge.mentions import ReadText, read_text
from knowledge.models import first_day
from knowledge.text import clean
from knowledge.vocabulary import Vocabulary

_SENTENCE = re.compile(r"(?<=[?])\s+|\n{2,}")
_AGAIN = re.compile(r",?\s+(?:and|&)\s+(?=(?:how (?:many|much)|what was the number)\b)", re.IGNORECASE)
#: More questions than this in one message are read as one.
MOST = 4


def split_questions(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The questions of a message, each as its own text; mostly the message itself."""
    whole = clean(text)
    if len(whole) > 600 or not whole.strip():
        return (whole,)
    parts = [part for chunk in _SENTENCE.split(whole) for part in _cut_again(chunk)]
    parts = [part.strip() for part in parts if part.strip()]
    if not 1 < len(parts) <= MOST or not all(_stands_alone(part, vocabulary) for part in parts):
        return (whole,)
    return tuple(parts)


def _cut_again(sentence: str) -> list[str]:
    """Two questions of one sentence: "how many strikes in Syria and how many engagements in Iraq"."""
    parts = _AGAIN.split(sentence)
    return parts if len(parts) == 2 else [sentence]


def _stands_alone(part: str, vocabulary: Vocabulary) -> bool:
    read = read_text(part, vocabulary, first_day("2020-01-01"))
    if read.named("scope"):
        return False
    complete = bool(read.named("metric")) and bool(read.named("place")) and bool(read.dates)
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
