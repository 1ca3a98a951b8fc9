"""The curated record as a SQLite file: made beside the old one, whole or not at all, then swapped in.

The same curated files give the same file, byte for byte: rows go in in the record's order and nothing
of the moment (time, host, path) is written.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from textwrap import dedent
from typing import cast

from sqlite_utils import Database

from knowledge.aliases import Alias, aliases
from knowledge.citations import other_publishers
from knowledge.countries import country_names
from knowledge.curated import CuratedRecord, Entry, R, read_record
from knowledge.errors import RecordError, StoreError
from knowledge.layout import INDEXES, TABLES, VIEWS, TableLayout
from knowledge.models import RecordSummary, first_day, last_day
from knowledge.rows import TARGETS, CueGroups, FactRow
from knowledge.store import FORMAT
from knowledge.text import words_of
from knowledge.validation import problems
from knowledge.words import dictionary, in_both_numbers

Cell = str | int | float | None
Rows = list[dict[str, Cell]]

#: Told after each table: its name, how many tables are written, of how many.
Progress = Callable[[str, int, int], None]


def summarise(folder: Path) -> RecordSummary:
    """How much the record of a folder holds, whether or not it has problems."""
    return _summary(read_record(folder))


def build_record(
    folder: Path, target: Path, progress: Progress | None = None, *, most_pages: int | None = None
) -> RecordSummary:
    """Build the record of a folder into `target`, replacing what is there only by a whole new file.

    `most_pages` bounds the file's size in SQLite pages of 4,096 bytes. Raises RecordError with every
    problem of the record, and StoreError if the file cannot be written; `target` is then as before.
    """
    record = read_record(folder)
    found = problems(record)
    if found:
        raise RecordError(found)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _swap_in(target, tables(record), progress or _silent, most_pages)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The record could not be written to {target}: {error}. What was there is unchanged."
        ) from error
    return _summary(record)


def _silent(table: str, done: int, of: int) -> None:
    """Progress nobody asked for."""


def _swap_in(target: Path, rows: Mapping[str, Rows], progress: Progress, most_pages: int | None) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    os.close(handle)
    try:
        _write(Path(name), rows, progress, most_pages)
        with open(name, "rb") as written:
            os.fsync(written.fileno())
        os.chmod(name, 0o644)  # mkstemp's file is its owner's alone; the record is for every replica to read
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(path: Path, rows: Mapping[str, Rows], progress: Progress, most_pages: int | None) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma page_size = 4096")
        connection.execute("pragma journal_mode = memory")
        if most_pages is not None:
            connection.execute(f"pragma max_page_count = {most_pages:d}")
        database = Database(connection)
        with database.atomic():
            for done, layout in enumerate(TABLES, 1):
                _write_table(database, layout, rows[layout.name])
                progress(layout.name, done, len(TABLES))
            for table, columns in INDEXES:
                database.table(table).create_index(columns)
            for view, select in VIEWS.items():
                database.create_view(view, dedent(select).strip())


def _write_table(database: Database, layout: TableLayout, rows: Rows) -> None:
    table = database.table(layout.name)
    table.create(
        dict(layout.columns),
        pk=layout.key[0] if len(layout.key) == 1 else layout.key,
        foreign_keys=[(column, other, "id") for column, other in layout.references],
        not_null=layout.needed,
    )
    table.insert_all(rows)
    if layout.searched:
        table.enable_fts(layout.searched)


def tables(record: CuratedRecord) -> dict[str, Rows]:
    """Every table's rows, in the record's order."""
    return {
        "meta": [{"key": "format", "value": FORMAT}, {"key": "digest", "value": record.digest}],
        "sources": _plain(record.sources),
        "series": _plain(record.series),
        "metrics": _plain(record.metrics, without="names"),
        "measures": _measures(record),
        "places": _plain(record.places, without="names"),
        "actors": _plain(record.actors, without="names"),
        "targets": _plain(record.targets, without="names"),
        "effects": _plain(record.effects, without="names"),
        "publishers": [*_plain(record.publishers, without="names"), *_cited(record)],
        "event_kinds": _plain(record.event_kinds, without="cues"),
        "topics": _plain(record.topics, without="names cues"),
        "topic_sources": [
            {"topic": entry.row.id, "source": source}
            for entry in record.topics
            for source in dict.fromkeys(entry.row.sources)
        ],
        "facts": [_cells(entry.row.model_dump()) | _days(entry.row) for entry in record.facts],
        "events": _plain(record.events),
        "pins": list(_pins(record)),
        "corrections": _plain(record.corrections),
        "names": [*_names(record)],
        "cues": [*_cues("event", record.event_kinds), *_cues("topic", record.topics)],
        "language": [
            {"code": code, "content": _json(words)} for code, words in sorted(record.languages.items())
        ],
        "lexicon": list(_lexicon(record)),
    }


def _measures(record: CuratedRecord) -> Rows:
    """What figures count, by the name that a person reads."""
    metrics: Rows = [
        {"id": entry.row.id, "name": entry.row.name, "unit": entry.row.unit} for entry in record.metrics
    ]
    return [*metrics, {"id": TARGETS, "name": "things hit, by type", "unit": TARGETS}]


def _cited(record: CuratedRecord) -> Rows:
    """Publishers of sources as such that can be cited."""
    return [
        {"id": cited.id, "name": cited.name, "matches": _json([cited.name])}
        for cited in other_publishers(record, _function_words(record))
    ]


def _names(record: CuratedRecord) -> Iterator[dict[str, Cell]]:
    """Every alias of the record, then the world's countries that are no place of it."""
    own = aliases(record)
    for alias in own:
        yield _name(alias.kind, alias.id, alias.language, alias.text)
    ordinary = _function_words(record)
    yield from _number_forms(own, ordinary)
    for cited in other_publishers(record, ordinary):
        for name in cited.names:
            yield _name("publisher", cited.id, "en", name)
    taken = {alias.text for alias in own if alias.kind in ("place", "elsewhere")}
    for language in sorted(record.languages):
        for name in country_names(language, taken):
            yield _name("elsewhere", name, language, name)


def _lexicon(record: CuratedRecord) -> Iterator[dict[str, Cell]]:
    """The words of every language that questions are asked in, with their dictionary forms."""
    for language in sorted(record.languages):
        for word, lemma in sorted(dictionary(language).items()):
            yield {"word": word, "lemma": lemma, "language": language}


def _name(kind: str, identifier: str, language: str, alias: str) -> dict[str, Cell]:
    """A name with its compared words, so that opening the record need not work them out."""
    words = " ".join(words_of(alias))
    return {"kind": kind, "id": identifier, "language": language, "alias": alias, "words": words}


def _function_words(record: CuratedRecord) -> set[tuple[str, ...]]:
    """Words that carry no weight in a question ("still") and so never name a target."""
    words = (
        word
        for language in record.languages.values()
        for word in cast("list[str]", language["function_words"])
    )
    return {words_of(word) for word in words}


def _number_forms(own: Iterable[Alias], ordinary: Collection[tuple[str, ...]]) -> Iterator[dict[str, Cell]]:
    """Names of targets in the number that the curator did not write: "drone" beside "drones"."""
    forms = {
        language: dictionary(language)
        for language in {alias.language for alias in own if alias.kind == "target"}
    }
    written = {(a.kind, a.id, words_of(a.text)) for a in own}
    for alias in own:
        if alias.kind != "target":
            continue
        for words in in_both_numbers(words_of(alias.text), forms[alias.language]):
            if (alias.kind, alias.id, words) not in written and words not in ordinary:
                written.add((alias.kind, alias.id, words))
                yield _name(alias.kind, alias.id, alias.language, " ".join(words))


def _plain(entries: Iterable[Entry[R]], without: str = "") -> Rows:
    return [_cells(entry.row.model_dump(exclude=set(without.split()))) for entry in entries]


def _cells(row: Mapping[str, object]) -> dict[str, Cell]:
    return {
        name: value if value is None or isinstance(value, str | int | float) else _json(value)
        for name, value in row.items()
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _days(row: FactRow) -> dict[str, Cell]:
    """The calendar days that the dates of a figure stand for, and the month that they all lie in."""
    first = first_day(row.start).isoformat() if row.start else None
    last = last_day(row.end).isoformat() if row.end else None
    return {
        "first_day": first,
        "last_day": last,
        "as_of_first": first_day(row.as_of).isoformat() if row.as_of else None,
        "as_of_last": last_day(row.as_of).isoformat() if row.as_of else None,
        "month": first[:7] if first and last and first[:7] == last[:7] else None,
    }


def _pins(record: CuratedRecord) -> Iterator[dict[str, Cell]]:
    for pin in record.pins:
        for position, fact in enumerate(pin.row.facts):
            yield {"metric": pin.row.metric, "place": pin.row.place, "position": position, "fact": fact}


def _cues(kind: str, entries: Iterable[Entry[R]]) -> Iterator[dict[str, Cell]]:
    for entry in entries:
        fields = entry.row.model_dump(include={"id", "cues"})
        groups: CueGroups = fields["cues"]
        for language, alternatives in groups.items():
            for position, words in enumerate(alternatives):
                place: dict[str, Cell] = {"kind": kind, "id": fields["id"], "language": language}
                yield place | {"position": position, "alternatives": _json(words)}


def _summary(record: CuratedRecord) -> RecordSummary:
    return RecordSummary(
        sources=len(record.sources),
        figures=len(record.facts),
        events=len(record.events),
        topics=len(record.topics),
        places=len(record.places),
        names=len(aliases(record)),
    )
