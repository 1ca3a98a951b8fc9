"""Every name of the vocabulary with what it stands for, and the rule that each stands for one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.curated import CuratedRecord, Entry, R
from knowledge.errors import Problem
from knowledge.text import words_of


@dataclass(frozen=True, slots=True)
class Alias:
    """One name: the `kind` of thing and its id, the language, and where it was written."""

    kind: str
    id: str
    language: str
    text: str
    file: str
    line: int


def aliases(record: CuratedRecord) -> tuple[Alias, ...]:
    """All names in the record's order, each once; a thing's own name is one of them."""
    found: dict[tuple[str, str, str, str], Alias] = {}
    for alias in _all(record):
        found.setdefault((alias.kind, alias.id, alias.language, alias.text.casefold()), alias)
    return tuple(found.values())


def _all(record: CuratedRecord) -> Iterator[Alias]:
    for metric in record.metrics:
        yield from _of("metric", metric.row.id, metric, metric.row.names)
    for actor in record.actors:
        yield from _of("actor", actor.row.id, actor, actor.row.names, actor.row.name)
    for place in record.places:
        yield from _of("place", place.row.id, place, place.row.names, place.row.name)
    for elsewhere in record.elsewhere:
        yield from _of("elsewhere", elsewhere.row.name, elsewhere, elsewhere.row.names, elsewhere.row.name)
    for target in record.targets:
        yield from _of(
            "target", target.row.id, target, target.row.names, target.row.name, target.row.singular
        )
    for effect in record.effects:
        yield from _of("effect", effect.row.id, effect, effect.row.names)
    for publisher in record.publishers:
        yield from _of("publisher", publisher.row.id, publisher, publisher.row.names)
    for topic in record.topics:
        yield from _of("term", topic.row.id, topic, topic.row.names)


def _of(
    kind: str, identifier: str, entry: Entry[R], names: Mapping[str, Iterable[str]], *own: str
) -> Iterator[Alias]:
    for text in own:
        yield Alias(kind, identifier, "en", text, entry.file, entry.line)
    for language, texts in names.items():
        for text in texts:
            yield Alias(kind, identifier, language, text, entry.file, entry.line)


#: Kinds whose names share one space: a place of the record is never one outside it.
_SPACES = {"elsewhere": "place"}


def alias_problems(record: CuratedRecord) -> Iterator[Problem]:
    """Names that stand for two things without being listed as ambiguous, or that have no letters."""
    meanings: dict[tuple[str, tuple[str, ...]], dict[str, Alias]] = {}
    for alias in aliases(record):
        words = words_of(alias.text)
        if not words:
            yield Problem(alias.file, alias.line, f"alias without letters: {alias.text}")
        space = _SPACES.get(alias.kind, alias.kind)
        meanings.setdefault((space, words), {}).setdefault(f"{alias.kind} {alias.id}", alias)
    allowed = {"place": record.ambiguous_places, "target": record.ambiguous_targets}
    for (space, words), found in meanings.items():
        if len(found) > 1 and words not in allowed.get(space, frozenset()):
            *_, last = found.values()
            yield Problem(last.file, last.line, f"alias of two things: {last.text} ({', '.join(found)})")
    for space, listed in allowed.items():
        for words in sorted(listed):
            if len(meanings.get((space, words), {})) < 2:
                file = f"vocabulary/{space}s.yaml"
                yield Problem(
                    file, 0, f"listed as ambiguous, but not an alias of two things: {' '.join(words)}"
                )
