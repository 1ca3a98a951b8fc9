"""What people build instead: the nearest known question or sentence, if it is near enough.

Each finds one fact by likeness and gives its likeness; below a cutoff it says nothing. `tuned_cutoff` finds
the cutoff that gets most of the benchmark's own questions right, which no real use could know: the figures of
the stand-ins are their best case.
"""

from __future__ import annotations

import math
import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz, process, utils

from .phrasing import Phrase
from .questions import Case, Number, judge


class StandIn(Protocol):
    """A search for the one fact most like a text."""

    name: str

    def nearest(self, text: str) -> tuple[float, int] | None:
        """The likeness and the index of the fact most like a text, if any is like it at all."""
        ...


class Templates:
    """One template question a fact, compared by rapidfuzz in one batch call, by the scorer that does best."""

    name = "rapidfuzz templates"

    def __init__(self, known: Sequence[Phrase]) -> None:
        self._questions = [utils.default_process(phrase.question) for phrase in known]

    def nearest(self, text: str) -> tuple[float, int] | None:
        found = process.extractOne(utils.default_process(text), self._questions, scorer=fuzz.token_sort_ratio)
        return (found[1], found[2]) if found else None


class FullText:
    """One sentence a fact in SQLite's FTS5, any word may match, ranked by BM25."""

    name = "SQLite FTS5"

    def __init__(self, known: Sequence[Phrase]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "create virtual table facts using fts5(sentence, tokenize = 'porter unicode61')"
        )
        self._database.executemany(
            "insert into facts (rowid, sentence) values (?, ?)",
            ((index, phrase.sentence) for index, phrase in enumerate(known)),
        )

    def nearest(self, text: str) -> tuple[float, int] | None:
        words = re.findall(r"\w+", text)
        if not words:
            return None
        query = " OR ".join(f'"{word}"' for word in words)
        sql = "select rank, rowid from facts where facts match ? order by rank limit 1"
        row = self._database.execute(sql, (query,)).fetchone()
        return (-row[0], row[1]) if row else None


class CharacterGrams:
    """One sentence a fact as weighted runs of three to four letters within words, compared by cosine."""

    name = "TF-IDF characters"

    def __init__(self, known: Sequence[Phrase]) -> None:
        counts = [Counter(_grams(phrase.sentence)) for phrase in known]
        found_in = Counter(gram for grams in counts for gram in grams)
        self._size = len(known)
        self._rarity = {gram: math.log((1 + self._size) / (1 + n)) + 1 for gram, n in found_in.items()}
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        for index, grams in enumerate(counts):
            self._add(index, grams)

    def _add(self, index: int, grams: Counter[str]) -> None:
        for gram, weight in self._weighed(grams).items():
            facts, weights = self._postings.setdefault(gram, (array("I"), array("f")))
            facts.append(index)
            weights.append(weight)

    def _weighed(self, grams: Counter[str]) -> dict[str, float]:
        """Weights of length 1 together; grams that no sentence has weigh nothing."""
        weights = {gram: n * self._rarity[gram] for gram, n in grams.items() if gram in self._rarity}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def nearest(self, text: str) -> tuple[float, int] | None:
        scores = [0.0] * self._size
        for gram, weight in self._weighed(Counter(_grams(text))).items():
            for fact, other in zip(*self._postings[gram], strict=True):
                scores[fact] += weight * other
        best = max(scores, default=0.0)
        return (best, scores.index(best)) if best else None


def _grams(text: str) -> Iterable[str]:
    for word in re.findall(r"\w+", text.lower()):
        yield from _grams_of_word(word)


@lru_cache(maxsize=100_000)
def _grams_of_word(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[at : at + size] for size in (3, 4) for at in range(len(padded) - size + 1))


STAND_INS: tuple[type[Templates] | type[FullText] | type[CharacterGrams], ...] = (
    Templates,
    FullText,
    CharacterGrams,
)


def values_above(
    cutoff: float, nearest: tuple[float, int] | None, known: Sequence[Phrase]
) -> tuple[Number, ...]:
    """The values of a found fact, if it is near enough."""
    return known[nearest[1]].values if nearest and nearest[0] >= cutoff else ()


def tuned_cutoff(
    cases: Sequence[Case], found: Sequence[tuple[float, int] | None], known: Sequence[Phrase]
) -> float:
    """The cutoff with the most answers that are right or rightly refused, the highest of equal ones."""
    judged = sorted(
        ((near[0], _gain(case, near, known)) for case, near in zip(cases, found, strict=True) if near),
        reverse=True,
    )
    best, gained, cutoff = 0, 0, math.inf
    for at, (likeness, gain) in enumerate(judged):
        gained += gain
        last_of_its_likeness = at + 1 == len(judged) or judged[at + 1][0] < likeness
        if last_of_its_likeness and gained > best:
            best, cutoff = gained, likeness
    return cutoff


def _gain(case: Case, near: tuple[float, int], known: Sequence[Phrase]) -> int:
    """What asserting a fact instead of nothing is worth: 1, 0 or -1 right answers."""
    asserted = judge(case, known[near[1]].values) in ("right", "refused")
    return int(asserted) - int(judge(case, ()) == "refused")
