"""Asks a great many generated questions: none may raise, none may get a figure that has no source.

Every question comes from its own number, so one that failed can be made again: `question(words, source(n))`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from random import Random
from time import perf_counter
from traceback import extract_tb

from knowledge import Answer, Figure, Knowledge, Thread, answer_to_json, render_html

from .mutations import Words, question, words_of_record
from .questions import NOW, Number, cases

#: So many questions in a row are one task; a conversation never goes past its end.
CHUNK = 1000
#: How often a question is asked in the conversation of the one before.
_FOLLOWS = 0.3
_SHOWN = 20

Values = tuple[Number | None, Number | None, Number | None]


@dataclass
class Findings:
    """What a run of questions came to. Texts that failed stand with what was wrong; times in milliseconds."""

    asked: int = 0
    with_figures: int = 0
    exceptions: list[tuple[str, str]] = field(default_factory=list)
    unsourced: list[tuple[str, str]] = field(default_factory=list)
    longest: tuple[float, str] = (0.0, "")

    def add(self, other: Findings) -> None:
        """Take in the findings of other questions."""
        self.asked += other.asked
        self.with_figures += other.with_figures
        self.exceptions += other.exceptions
        self.unsourced += other.unsourced
        self.longest = max(self.longest, other.longest)


def source(number: int) -> Random:
    """The random source of one question."""
    return Random(f"question {number}")


def fuzz(record: Path, questions: int, workers: int = 2) -> Findings:
    """Ask so many questions of a built record, in several processes."""
    firsts = range(0, questions, CHUNK)
    lasts = [min(first + CHUNK, questions) for first in firsts]
    found = Findings()
    with ProcessPoolExecutor(workers) as pool:
        for part in pool.map(ask_numbers, repeat(record), firsts, lasts):
            found.add(part)
    return found


def ask_numbers(record: Path, first: int, last: int) -> Findings:
    """Ask the questions of some numbers, the last not among them."""
    words = words_of_record(record, [case.text for case in cases()])
    facts = facts_of(record)
    knowledge = Knowledge(record)
    knowledge.ask("strikes near Blorvania on 10 June 2017", now=NOW)  # loads what the first question loads
    found, thread = Findings(), Thread()
    for number in range(first, last):
        thread = _ask(knowledge, number, words, thread, facts, found)
    knowledge.close()
    return found


def _ask(
    knowledge: Knowledge,
    number: int,
    words: Words,
    thread: Thread,
    facts: Mapping[str, Values],
    found: Findings,
) -> Thread:
    random = source(number)
    text = question(words, random)
    before = thread if random.random() < _FOLLOWS else Thread()
    found.asked += 1
    begun = perf_counter()
    try:
        answer = knowledge.ask(text, now=NOW, thread=before)
        took = 1000 * (perf_counter() - begun)
        shown = answer_to_json(answer)["text"].strip() and render_html(answer.text)
    except Exception as error:  # any exception at all is what this looks for
        found.exceptions.append((text, f"{error!r} at {_where(error)}"))
        return Thread()
    found.longest = max(found.longest, (took, text))
    found.with_figures += bool(answer.figures)
    found.unsourced += [(text, problem) for problem in problems(answer, facts)]
    if not shown:
        found.exceptions.append((text, "an answer without words"))
    return answer.thread


def _where(error: Exception) -> str:
    frame = extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"


def problems(answer: Answer, facts: Mapping[str, Values]) -> Iterator[str]:
    """What is wrong with the sources of an answer's figures."""
    judged = [f for claim in answer.claims for f in (*claim.figures, *claim.related)]
    for figure in (*answer.figures, *answer.related, *judged):
        if not (figure.source.url and figure.source.title and figure.source.publisher):
            yield f"no source: {figure}"
        elif not _accounted_for(figure, facts):
            yield f"not on record: {figure}"


def _accounted_for(figure: Figure, facts: Mapping[str, Values]) -> bool:
    """Whether a figure is a fact's own, an event's date, or worked out from sources that it names."""
    if figure.fact is not None and figure.fact in facts:
        return facts[figure.fact] == (figure.value, figure.low, figure.high)
    if figure.fact is not None:
        return figure.metric == "event" and figure.value is None
    return bool(figure.sources)


def facts_of(record: Path) -> dict[str, Values]:
    """Value, low and high of every fact of a built record, by id."""
    with closing(sqlite3.connect(record)) as database:
        rows = database.execute("select id, value, low, high from facts")
        return {identifier: (value, low, high) for identifier, value, low, high in rows}


def failures(found: Findings) -> Iterator[str]:
    """The first texts that failed, one line each."""
    for text, problem in (*found.exceptions[:_SHOWN], *found.unsourced[:_SHOWN]):
        yield f"{text[:200]!r}: {problem[:300]}"
