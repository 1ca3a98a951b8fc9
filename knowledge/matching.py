"""A misspelt word and the one word it can be; the only user of rapidfuzz.

A word is corrected when one known word is near enough (`CUTOFF`) and no word of another meaning is
almost as near (`MARGIN`); otherwise it stays what it is, and the near ones are kept for `/why`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Shortest word that is corrected: shorter ones are too near to one another.
SHORTEST = 4
#: Least likeness, in percent of letters that need no edit (insert, delete, replace, swap neighbours).
CUTOFF = 75.0
#: Short words are near to many others: of these only swapped letters or a like word of five pass.
SHORT, SHORT_CUTOFF = 4, 80.0
#: How much nearer the best word must be than the next of another meaning.
MARGIN = 5.0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a word was taken for, how like it is (0-100) and what else was near."""

    word: str
    score: float
    rejected: tuple[str, ...]


class Speller:
    """Corrects words to a fixed set of known ones; asks `same` whether two words mean the same."""

    def __init__(self, known: Collection[str], same: Callable[[str, str], bool]) -> None:
        self._known: dict[int, list[str]] = {}
        for word in sorted(known):
            self._known.setdefault(len(word), []).append(word)
        self._same = same
        self._cache: dict[str, Correction | None] = {}

    def correct(self, word: str) -> Correction | None:
        """The one known word that this can be, or None."""
        if word not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[word] = self._best(word)
        return self._cache[word]

    def near(self, word: str) -> tuple[str, ...]:
        """Known words that are somewhat like this one, the nearest first."""
        return tuple(found for found, _, _ in self._candidates(word, CUTOFF - 10))

    def _candidates(self, word: str, cutoff: float) -> list[tuple[str, float, int]]:
        if len(word) < SHORTEST:
            return []
        scored = process.extract(
            word,
            self._of_like_length(word, cutoff),
            scorer=OSA.normalized_similarity,
            score_cutoff=cutoff / 100,
            limit=6,
        )
        return [(found, round(100 * score, 1), index) for found, score, index in scored]

    def _of_like_length(self, word: str, cutoff: float) -> list[str]:
        """Known words whose length alone does not rule them out."""
        least = max(math.ceil(len(word) * cutoff / 100), SHORTEST)
        most = int(len(word) * 100 / cutoff)
        return [known for length in range(least, most + 1) for known in self._known.get(length, ())]

    def _best(self, word: str) -> Correction | None:
        candidates = [
            c for c in self._candidates(word, CUTOFF) if len(word) > SHORT or _is_near_short(word, c)
        ]
        if not candidates:
            return None
        best, score, _ = max(candidates, key=lambda c: (c[1], _likeness_of_ends(word, c[0]), c[0]))
        others = [(found, likeness) for found, likeness, _ in candidates if found != best]
        for found, likeness in others:
            rival = score - likeness < MARGIN and not self._same(best, found)
            if rival and _likeness_of_ends(word, found) >= _likeness_of_ends(word, best):
                return None
        return Correction(best, score, tuple(f"{found} ({likeness:g})" for found, likeness in others))


def _is_near_short(word: str, candidate: tuple[str, float, int]) -> bool:
    found, score, _ = candidate
    return score >= SHORT_CUTOFF or sorted(word) == sorted(found)


def _likeness_of_ends(word: str, other: str) -> int:
    """People rarely miss a word's first and last letter, and rarely change how many letters it has."""
    return 2 * (word[0] == other[0]) + (word[-1] == other[-1]) + (sorted(word) == sorted(other))
