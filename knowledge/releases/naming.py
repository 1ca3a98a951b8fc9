"""Names in releases: what place or kind of target a phrase stands for, by the record's own vocabulary.

A name is on record, or it differs from one on record only in how the Arabic was written ("Ar Ramadi",
"Falluja", "Dayr Azzawr"). Nothing is matched by mere likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from knowledge.aliases import Alias, aliases
from knowledge.curated import CuratedRecord
from knowledge.text import words_of
from knowledge.words import dictionary, in_both_numbers

BOTH = "iraq-and-syria"
_ARTICLES = frozenset({"al", "ar", "as", "ash", "at", "ad", "an", "az", "el", "the"})
#: Letters that are written one way or another for one in Arabic.
_SPELLINGS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee|ie"), "i"),
    (re.compile("ei|ai"), "ay"),
    (re.compile("ya?h?$"), "ya"),
    (re.compile("e?h$"), "a"),
)


class Names:
    """Looks phrases up in the vocabulary of a record."""

    def __init__(
        self, record: CuratedRecord, spellings: Mapping[str, str], uncountable: Iterable[str] = ()
    ) -> None:
        known = aliases(record)
        self.parents = {entry.row.id: entry.row.parent for entry in record.places}
        self.titles = {entry.row.id: entry.row.name for entry in record.places}
        self.kinds = {entry.row.id: entry.row.kind for entry in record.places}
        self._places = _unambiguous((words_of(a.text), a.id) for a in known if a.kind == "place")
        self._loosely = _unambiguous(
            (key, a.id) for a in known if a.kind == "place" and a.language == "en" if (key := _loose(a.text))
        )
        self._targets = _target_names(a for a in known if a.kind == "target" and a.language == "en")
        self._spellings = spellings
        self._uncountable = frozenset(uncountable)
        longest = sorted(spellings, key=len, reverse=True)
        self._spelling = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")
        self._effects = frozenset(entry.row.id for entry in record.effects)

    def place(self, phrase: str) -> str | None:
        """The place that a name stands for, None where the record has none of that name."""
        words = words_of(phrase)
        bare = words[1:] if words[:1] and words[0] in _ARTICLES else words
        exact = (self._places.get(key) for key in (words, ("near", *words), bare) if key)
        return next(filter(None, exact), None) or self._loosely.get(_loose(phrase))

    def is_town(self, phrase: str) -> bool:
        """Whether a phrase names a place that is no country, nor all of them."""
        found = self.place(phrase)
        return found is not None and self.kinds[found] in ("city", "area")

    def country(self, place: str) -> str | None:
        """The country that a place lies in; None for places in both."""
        seen: str | None = place
        while seen is not None and self.kinds.get(seen) != "country":
            seen = self.parents.get(seen)
        return seen

    def target(self, phrase: str) -> str | None:
        """The kind of target that compared words stand for, its number and spelling aside."""
        plain = self._spelling.sub(lambda match: self._spellings[match[0]], phrase)
        held = re.sub(r"^isis \w+ (?=\w)", "", plain)
        found = (self._targets.get(tuple(words.split())) for words in (phrase, plain, held))
        return next(filter(None, found), None)

    def is_singular(self, phrase: str) -> bool:
        """Whether compared words of a target name one thing: no plural, and nothing that is not counted."""
        last = phrase.split()[-1]
        return last not in self._uncountable and (last.endswith("ss") or not last.endswith("s"))

    def has_effect(self, effect: str) -> bool:
        """Whether the record knows an effect."""
        return effect in self._effects


def _unambiguous(pairs: Iterable[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    """What each key stands for, those left out that stand for several."""
    found: dict[tuple[str, ...], set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def _loose(phrase: str) -> tuple[str, ...]:
    """A name without articles, spaces and what transliterations differ in."""
    words = words_of(phrase)
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    joined = "".join(words)
    for pattern, plain in _SPELLINGS:
        joined = pattern.sub(plain, joined)
    return (joined,) if len(joined) > 2 else ()


def _target_names(known: Iterable[Alias]) -> Mapping[tuple[str, ...], str]:
    names = [(words_of(alias.text), alias.id) for alias in known]
    written = _unambiguous(names)
    forms = dictionary("en")
    numbers = _unambiguous(
        (both, identifier) for words, identifier in names for both in in_both_numbers(words, forms)
    )
    return {**numbers, **written}
