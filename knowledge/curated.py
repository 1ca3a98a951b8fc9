"""The curated files, read strictly: every row with its file and line, every breach of the format a problem.

What is checked here is form (columns, keys, values, numbers, dates); what rows mean together is
`validation`'s to check.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from knowledge.errors import Problem
from knowledge.files import LinedDict, Table, read_table, read_text, read_yaml
from knowledge.rows import (
    ActorRow,
    CorrectionRow,
    EffectRow,
    ElsewhereRow,
    EventKindRow,
    EventRow,
    FactRow,
    MetricRow,
    PinRow,
    PlaceRow,
    PublisherRow,
    RecordRow,
    SeriesRow,
    SourceRow,
    TargetRow,
    TopicRow,
)
from knowledge.text import words_of

R = TypeVar("R", bound=RecordRow)
R_co = TypeVar("R_co", bound=RecordRow, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R_co]):
    """A row and where it stands."""

    file: str
    line: int
    row: R_co

    def problem(self, text: str) -> Problem:
        """A problem of this row."""
        return Problem(self.file, self.line, text)


@dataclass(frozen=True, slots=True)
class CuratedRecord:
    """All curated files. `problems` holds what was wrong in their form; rows that failed are left out."""

    sources: tuple[Entry[SourceRow], ...]
    series: tuple[Entry[SeriesRow], ...]
    facts: tuple[Entry[FactRow], ...]
    events: tuple[Entry[EventRow], ...]
    pins: tuple[Entry[PinRow], ...]
    corrections: tuple[Entry[CorrectionRow], ...]
    metrics: tuple[Entry[MetricRow], ...]
    actors: tuple[Entry[ActorRow], ...]
    publishers: tuple[Entry[PublisherRow], ...]
    event_kinds: tuple[Entry[EventKindRow], ...]
    places: tuple[Entry[PlaceRow], ...]
    elsewhere: tuple[Entry[ElsewhereRow], ...]
    ambiguous_places: frozenset[tuple[str, ...]]
    targets: tuple[Entry[TargetRow], ...]
    effects: tuple[Entry[EffectRow], ...]
    ambiguous_targets: frozenset[tuple[str, ...]]
    topics: tuple[Entry[TopicRow], ...]
    languages: Mapping[str, Mapping[str, object]]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    digest: str


def read_record(folder: Path) -> CuratedRecord:
    """Every curated file of a folder, with all problems of form found on the way."""
    reader = _Reader(folder)
    places = reader.sections("vocabulary/places.yaml", ("places", "elsewhere", "ambiguous"))
    targets = reader.sections("vocabulary/targets.yaml", ("targets", "effects", "ambiguous"))
    return CuratedRecord(
        sources=reader.table("sources.csv", SourceRow),
        series=reader.listed("series.yaml", SeriesRow),
        facts=reader.each("facts/**/*.csv", lambda file: reader.table(file, FactRow)),
        events=reader.table("events.csv", EventRow),
        pins=reader.listed("pins.yaml", PinRow),
        corrections=reader.table("corrections.csv", CorrectionRow),
        metrics=reader.listed("vocabulary/metrics.yaml", MetricRow),
        actors=reader.listed("vocabulary/actors.yaml", ActorRow),
        publishers=reader.listed("vocabulary/publishers.yaml", PublisherRow),
        event_kinds=reader.listed("vocabulary/events.yaml", EventKindRow),
        places=reader.entries("vocabulary/places.yaml", places.get("places"), PlaceRow),
        elsewhere=reader.entries("vocabulary/places.yaml", places.get("elsewhere"), ElsewhereRow),
        ambiguous_places=reader.phrases("vocabulary/places.yaml", places.get("ambiguous")),
        targets=reader.entries("vocabulary/targets.yaml", targets.get("targets"), TargetRow),
        effects=reader.entries("vocabulary/targets.yaml", targets.get("effects"), EffectRow),
        ambiguous_targets=reader.phrases("vocabulary/targets.yaml", targets.get("ambiguous")),
        topics=reader.each("topics/*.yaml", lambda file: reader.listed(file, TopicRow)),
        languages=reader.languages(),
        tables=tuple(reader.tables),
        problems=(*reader.problems, *reader.unexpected_files()),
        digest=reader.digest(),
    )


class _Reader:
    """Reads the files of one folder and gathers what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.tables: list[Table] = []
        self.texts: dict[str, str] = {}

    def _text(self, file: str) -> str:
        if file not in self.texts:
            self.texts[file], problems = read_text(self.folder / file, file)
            self.problems += problems
        return self.texts[file]

    def _files(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def each(self, pattern: str, read: Callable[[str], tuple[Entry[R], ...]]) -> tuple[Entry[R], ...]:
        """The rows of all files that fit a pattern, by path."""
        return tuple(entry for file in self._files(pattern) for entry in read(file))

    def table(self, file: str, kind: type[R]) -> tuple[Entry[R], ...]:
        """The rows of a CSV file."""
        table, problems = read_table(self._text(file), file, tuple(kind.model_fields))
        self.tables.append(table)
        self.problems += problems
        return self._rows(file, table.rows, kind)

    def _yaml(self, file: str) -> object:
        content, problems = read_yaml(self._text(file), file)
        self.problems += problems
        return content

    def listed(self, file: str, kind: type[R]) -> tuple[Entry[R], ...]:
        """The entries of a YAML file that is one list."""
        return self.entries(file, self._yaml(file), kind)

    def sections(self, file: str, names: tuple[str, ...]) -> Mapping[str, object]:
        """The lists of a YAML file that holds several, by name."""
        content = self._yaml(file)
        if not isinstance(content, LinedDict):
            self.problems.append(Problem(file, 0, f"not a mapping of {', '.join(names)}"))
            return {}
        self.problems += [
            Problem(file, content.line, f"unknown key: {name}") for name in content if name not in names
        ]
        self.problems += [
            Problem(file, content.line, f"missing key: {name}") for name in names if name not in content
        ]
        return content

    def entries(self, file: str, content: object, kind: type[R]) -> tuple[Entry[R], ...]:
        """The entries of a list in a YAML file."""
        if not isinstance(content, list):
            self.problems.append(Problem(file, 0, "not a list of entries"))
            return ()
        for item in content:
            if not isinstance(item, LinedDict):
                self.problems.append(Problem(file, 0, f"not an entry with keys: {item}"))
        return self._rows(file, ((item.line, item) for item in content if isinstance(item, LinedDict)), kind)

    def _rows(
        self, file: str, rows: Iterable[tuple[int, Mapping[str, object]]], kind: type[R]
    ) -> tuple[Entry[R], ...]:
        entries = []
        for line, values in rows:
            try:
                entries.append(Entry(file, line, kind.model_validate(values)))
            except ValidationError as error:
                self.problems += [Problem(file, line, text) for text in _complaints(error)]
        return tuple(entries)

    def phrases(self, file: str, content: object) -> frozenset[tuple[str, ...]]:
        """A list of aliases, as compared words."""
        if not isinstance(content, list) or not all(isinstance(item, str) for item in content):
            self.problems.append(Problem(file, 0, "ambiguous: not a list of aliases"))
            return frozenset()
        return frozenset(words_of(item) for item in content)

    def languages(self) -> dict[str, Mapping[str, object]]:
        """The files of the languages, whole, by code."""
        found: dict[str, Mapping[str, object]] = {}
        for file in self._files("language/*.yaml"):
            content = self._yaml(file)
            code = Path(file).stem
            if isinstance(content, LinedDict) and content.get("code") == code:
                found[code] = content
            else:
                self.problems.append(Problem(file, 0, f"not a mapping with the code {code}"))
        return found

    def unexpected_files(self) -> list[Problem]:
        """Files that nothing reads; a fact file in the wrong folder would otherwise go unnoticed."""
        ignored = ("README.md", ".gitkeep")
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.name not in ignored)
        files = sorted(path.relative_to(self.folder).as_posix() for path in found)
        return [Problem(file, 0, "no file of the record") for file in files if file not in self.texts]

    def digest(self) -> str:
        """SHA-256 over all files read, by path."""
        sums = {file: hashlib.sha256(text.encode()).hexdigest() for file, text in self.texts.items()}
        return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def _complaints(error: ValidationError) -> list[str]:
    """What pydantic found, in a curator's words."""
    return [
        _complaint(".".join(map(str, item["loc"])), item["type"], item["msg"], item["input"])
        for item in error.errors(include_url=False)
    ]


def _complaint(key: str, kind: str, text: str, given: object) -> str:
    if kind == "missing":
        return f"missing value: {key}"
    if kind == "extra_forbidden":
        return f"unknown key: {key}"
    if kind == "value_error":
        return f"{key}: {text.removeprefix('Value error, ')}"
    return f"{key}: {text}, not {given!r}"
