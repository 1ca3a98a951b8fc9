"""Publishers of sources that the vocabulary does not list: each can be cited by its own name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.curated import CuratedRecord
from knowledge.text import words_of

#: Words at a name's ends that people leave out: "according to ABC", "what Straits Times said".
_LEADING, _TRAILING = "the ", " news"


@dataclass(frozen=True, slots=True)
class CitedPublisher:
    """A publisher of a source; `names` are what it is called, its own name first."""

    id: str
    name: str
    names: tuple[str, ...]


def other_publishers(
    record: CuratedRecord, ordinary: Collection[tuple[str, ...]]
) -> Iterator[CitedPublisher]:
    """Every publisher of a source that no entry of the vocabulary stands for, by name.

    `ordinary` are words that name no publisher by themselves ("Time").
    """
    listed = {name for entry in record.publishers for name in entry.row.matches}
    named = {words_of(n) for entry in record.publishers for names in entry.row.names.values() for n in names}
    for publisher in sorted({entry.row.publisher for entry in record.sources} - listed):
        names = tuple(
            name
            for name in _names(publisher)
            if words_of(name) not in named and words_of(name) not in ordinary
        )
        if names:
            yield CitedPublisher("-".join(words_of(publisher)), publisher, names)


def _names(publisher: str) -> tuple[str, ...]:
    """A publisher's name, without what stands in brackets, and without "The" and "News"."""
    bare = re.sub(r"\s*\([^)]*\)", "", publisher)
    short = bare[len(_LEADING) :] if bare.casefold().startswith(_LEADING) else bare
    shorter = short[: -len(_TRAILING)] if short.casefold().endswith(_TRAILING) else short
    return tuple(dict.fromkeys((bare, short, shorter)))
