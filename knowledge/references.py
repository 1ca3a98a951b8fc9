"""Ids that rows name of one another: each must be on record, and each id given only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge.curated import CuratedRecord, Entry
from knowledge.errors import Problem
from knowledge.rows import TARGETS, FactRow, RecordRow

FACT_FIELDS = frozenset(FactRow.model_fields)


class References:
    """The ids on record, by kind, and the rows that name one that is not."""

    def __init__(self, record: CuratedRecord) -> None:
        self.record = record
        self.ids = {
            "source": _ids(record.sources),
            "series": _ids(record.series),
            "fact": _ids(record.facts),
            "metric": _ids(record.metrics),
            "actor": _ids(record.actors),
            "place": _ids(record.places),
            "target": _ids(record.targets),
            "effect": _ids(record.effects),
            "event": _ids(record.event_kinds),
            "topic": _ids(record.topics),
        }

    def problems(self) -> Iterator[Problem]:
        """Every id that is unknown or given twice."""
        yield from self._repeated()
        yield from self._of_facts()
        yield from self._of_events()
        yield from self._of_pins_and_corrections()
        yield from self._of_metrics()
        yield from self._of_vocabulary()
        yield from self._of_topics()

    def _repeated(self) -> Iterator[Problem]:
        record = self.record
        kinds: tuple[Sequence[Entry[RecordRow]], ...] = (
            record.sources,
            record.series,
            record.facts,
            record.events,
            record.metrics,
            record.actors,
            record.places,
            record.targets,
            record.effects,
            record.event_kinds,
            record.topics,
            record.publishers,
        )
        for entries in kinds:
            yield from _repeated(entries)

    def _unknown(self, entry: Entry[RecordRow], kind: str, *names: str | None) -> Iterator[Problem]:
        for name in names:
            if name and name not in self.ids[kind]:
                yield entry.problem(f"unknown {kind}: {name}")

    def _of_facts(self) -> Iterator[Problem]:
        for entry in self.record.facts:
            row = entry.row
            yield from self._unknown(entry, "source", row.source)
            yield from self._unknown(entry, "series", row.series)
            if row.metric != TARGETS:
                yield from self._unknown(entry, "metric", row.metric)
            yield from self._unknown(entry, "actor", row.actor)
            yield from self._unknown(entry, "place", row.place)
            yield from self._unknown(entry, "target", row.target)
            yield from self._unknown(entry, "effect", row.effect)

    def _of_events(self) -> Iterator[Problem]:
        for entry in self.record.events:
            row = entry.row
            yield from self._unknown(entry, "event", row.event)
            yield from self._unknown(entry, "source", row.source)
            yield from self._unknown(entry, "actor", row.actor)
            yield from self._unknown(entry, "place", row.place)
        dated = {entry.row.event for entry in self.record.events}
        for kind in self.record.event_kinds:
            yield from self._unknown(kind, "place", kind.row.place, *kind.row.places)
            yield from self._unknown(kind, "event", kind.row.ended_by)
            if kind.row.id not in dated:
                yield kind.problem(f"event without a date in events.csv: {kind.row.id}")

    def _of_pins_and_corrections(self) -> Iterator[Problem]:
        for pin in self.record.pins:
            yield from self._unknown(pin, "metric", pin.row.metric)
            yield from self._unknown(pin, "place", pin.row.place)
            yield from self._unknown(pin, "fact", *pin.row.facts)
        for correction in self.record.corrections:
            yield from self._unknown(correction, "fact", correction.row.fact)
            if correction.row.field not in FACT_FIELDS:
                yield correction.problem(f"unknown column: {correction.row.field}")

    def _of_metrics(self) -> Iterator[Problem]:
        groups = self._groups()
        for entry in self.record.metrics:
            row = entry.row
            yield from self._unknown(entry, "topic", row.definition)
            yield from self._unknown(entry, "actor", row.default_actor)
            yield from self._unknown(entry, "metric", *row.kin)
            yield from self._unknown(entry, "place", *row.places)
            for part in (part for group in row.composed for part in group):
                prefix, _, name = part.rpartition(":")
                if prefix in ("actor", "object"):
                    yield from self._unknown(entry, "actor", name)
                elif part not in groups:
                    yield entry.problem(f"unknown word group: {part}")

    def _groups(self) -> set[str]:
        found: set[str] = set()
        for language in self.record.languages.values():
            groups = language.get("groups")
            found |= set(groups) if isinstance(groups, dict) else set()
        return found

    def _of_vocabulary(self) -> Iterator[Problem]:
        for actor in self.record.actors:
            yield from self._unknown(actor, "actor", actor.row.parent)
        for place in self.record.places:
            yield from self._unknown(place, "place", place.row.parent)

    def _of_topics(self) -> Iterator[Problem]:
        for entry in self.record.topics:
            yield from self._unknown(entry, "source", *entry.row.sources)
            yield from self._unknown(entry, "place", *entry.row.places)


def _id(entry: Entry[RecordRow]) -> str:
    return str(getattr(entry.row, "id"))  # noqa: B009  # rows of several kinds, all with an id


def _ids(entries: Iterable[Entry[RecordRow]]) -> frozenset[str]:
    return frozenset(map(_id, entries))


def _repeated(entries: Sequence[Entry[RecordRow]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if _id(entry) in seen:
            yield entry.problem(f"id given twice: {_id(entry)}")
        seen.add(_id(entry))
