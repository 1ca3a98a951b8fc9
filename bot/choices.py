"""Choices: a question back with complete questions to pick from, by a button, a number or a few words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge import Block, RichText, Span

#: A choice has at most so many buttons.
MOST = 4

_WORD = re.compile(r"\w+")

#: What a button does: `pick` answers a question back in its place, `ask` asks a question of its own.
Verb = Literal["pick", "ask"]


@dataclass(frozen=True, slots=True)
class Offers:
    """The complete questions behind the buttons of one message."""

    verb: Verb
    questions: tuple[str, ...]


def offers_to_json(offers: Offers) -> str:
    """Offers as one line of JSON."""
    return json.dumps([offers.verb, *offers.questions], ensure_ascii=False)


def offers_from_json(text: str) -> Offers:
    """The offers that `offers_to_json` wrote."""
    verb, *questions = json.loads(text)
    return Offers(verb, tuple(questions))


def labels(questions: Sequence[str]) -> tuple[str, ...]:
    """What tells questions apart, short enough for buttons: their words without those that all share.

    >>> labels(["How many strikes in Syria on 5 June 2017?", "How many strikes in Syria on 6 May 2017?"])
    ('5 June', '6 May')
    """
    split = [question.rstrip("?").split() for question in questions]
    lead = _shared(split)
    tail = _shared([words[lead:][::-1] for words in split])
    own = [" ".join(words[lead : len(words) - tail]) for words in split]
    return tuple(own) if lead + tail > 0 and all(own) else tuple(questions)


def picked(text: str, questions: Sequence[str]) -> str | None:
    """The question that a typed text picks: by its number, or by words that stand in no other question.

    A text with a word that all of them share is a question of its own and picks nothing.

    >>> offered = ["How many strikes in Syria on 5 June 2017?", "How many strikes in Syria on 6 May 2017?"]
    >>> picked("2", offered), picked("5 June", offered), picked("strikes in June", offered)
    ('How many strikes in Syria on 6 May 2017?', 'How many strikes in Syria on 5 June 2017?', None)
    """
    typed = _words(text)
    if len(typed) == 1 and (number := _number(*typed)) is not None and 0 < number <= len(questions):
        return questions[number - 1]
    told = [_words(question) for question in questions]
    shared = set.intersection(*map(set, told)) if told else set()
    fitting = [q for q, words in zip(questions, told, strict=True) if typed and set(typed) <= set(words)]
    return fitting[0] if len(fitting) == 1 and not shared.intersection(typed) else None


def numbered(text: RichText, questions: Sequence[str], hint: str) -> RichText:
    """A question back with its choices numbered, so that a number can be typed, and a hint that says so."""
    kept = tuple(block for block in text if block.role != "item")
    rows = (Block("body", (Span(f"{n}. {q}"),)) for n, q in enumerate(questions, 1))
    return (*kept, *rows, Block("aside", (Span(hint),)))


def _shared(several: Sequence[Sequence[str]]) -> int:
    """How many words all of several lists begin with."""
    count = 0
    for words in zip(*several, strict=False):
        if len(set(words)) > 1:
            break
        count += 1
    return count


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) == 1 else None
