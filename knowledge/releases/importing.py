"""The text of a strike release made into rows of the record, and these rows put there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.curated import read_record
from knowledge.errors import RecordError, ReleaseError
from knowledge.releases.drafting import Draft, drafts, kept
from knowledge.releases.filing import file_rows
from knowledge.releases.forms import load_forms
from knowledge.releases.gates import ON_RECORD, through_gates
from knowledge.releases.naming import Names
from knowledge.releases.reading import Reading, Statement, Unread, read_release
from knowledge.releases.setting import Setting
from knowledge.releases.shelf import Shelf
from knowledge.releases.sources import page_of, source_of
from knowledge.releases.texts import sentences, split_file
from knowledge.rows import FactRow, SourceRow


@dataclass(frozen=True, slots=True)
class ImportedRelease:
    """What became of a release: its source, the rows for the record, and all that is not taken in.

    `on_record` are rows that the record has already, `held` those that a curator must look at,
    `unread` the lines that speak of strikes and were not understood. `read` are the places as they
    were named, by what they are called in the record; `files` those that were written.
    """

    file: str
    source: SourceRow
    is_new: bool
    rows: tuple[FactRow, ...]
    on_record: tuple[Draft, ...]
    held: tuple[Draft, ...]
    unread: tuple[Unread, ...]
    statements: tuple[Statement, ...]
    read: Mapping[str, str]
    month: str
    files: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Everything, in types that JSON has."""
        return {
            "source": self.source.model_dump(),
            "new_source": self.is_new,
            "rows": [row.model_dump() for row in self.rows],
            "on_record": [_draft_json(draft) for draft in self.on_record],
            "held": [_draft_json(draft) for draft in self.held],
            "unread": [{"line": u.line, "text": u.text, "reason": u.reason} for u in self.unread],
            "statements": [_statement_json(statement, self.read) for statement in self.statements],
            "files": list(self.files),
        }


def _draft_json(draft: Draft) -> dict[str, object]:
    row = draft.row.model_dump() if draft.row else None
    return {"line": draft.line, "reason": draft.held, "row": row, "about": draft.about}


def _statement_json(statement: Statement, read: Mapping[str, str]) -> dict[str, object]:
    """One number of strikes as it was read; `place` is the name in the record, empty where it has none."""
    first, last = statement.days or (None, None)
    return {
        "line": statement.line,
        "quoted": statement.quoted,
        "kind": statement.kind,
        "named": statement.place,
        "place": read.get(statement.place, ""),
        "country": statement.country,
        "start": first and first.isoformat(),
        "end": last and last.isoformat(),
        "strikes": statement.strikes,
        "engagements": statement.engagements,
        "targets": [
            {"count": hit.count, "target": hit.target, "effect": hit.effect} for hit in statement.hits
        ],
    }


class Importer:
    """Reads releases against the record of a folder, and files what was accepted."""

    def __init__(self, folder: Path) -> None:
        """Raises RecordError if the record itself can't be read."""
        record = read_record(folder)
        if record.problems:
            raise RecordError(record.problems)
        self.folder = folder
        self.forms = load_forms()
        self.names = Names(record, self.forms.spellings, self.forms.words["uncountable"])
        self.shelf = Shelf(record)

    def read(
        self, text: str, file: str, given: Mapping[str, str] | None = None, *, confirmed: bool = False
    ) -> ImportedRelease:
        """What a release's text comes to; `given` are keys that take the place of its header's.

        Raises ReleaseError where the header is not whole. A text that can't be read gives no rows.
        """
        header, body, line = split_file(text)
        page = page_of({**header, **(given or {})}, file)
        known = self.shelf.source_of(page.url)
        source = self.shelf.sources[known] if known else source_of(page, self.shelf.sources, self.forms, file)
        reading = read_release(sentences(body, line, self.forms), page.day, self.forms, self.names)
        setting = Setting(
            page.whole, page.day, source.kind == "primary", confirmed, bool(reading.unread), reading.undated
        )
        drafted = through_gates(drafts(reading, source.id, self.names), setting, self.shelf, self.names)
        return ImportedRelease(
            file=file,
            source=source,
            is_new=known is None,
            rows=tuple(kept(drafted)),
            on_record=tuple(d for d in drafted if d.held.startswith(ON_RECORD)),
            held=tuple(d for d in drafted if d.held and not d.held.startswith(ON_RECORD)),
            unread=reading.unread,
            statements=reading.statements,
            read={s.place: self.name_of(s.place) for s in reading.statements if s.place},
            month=_month(reading, page.published),
        )

    def accepted(self, imported: ImportedRelease) -> ImportedRelease:
        """The same release, its rows put into the record's files."""
        if not imported.rows:
            return imported
        source = imported.source if imported.is_new else None
        changed = file_rows(self.folder, source, imported.rows, imported.month)
        self.shelf.add(source, imported.rows)
        return replace(imported, files=changed)

    def name_of(self, place: str) -> str:
        """What a place that a release names is called in the record; empty if it is not there."""
        found = self.names.place(place)
        return self.names.titles[found] if found else ""


def _month(reading: Reading, published: str) -> str:
    return reading.days[0].isoformat()[:7] if reading.days else published[:7]


def text_of(file: str, data: bytes | None) -> str:
    """The text of a file, or of bytes that were read already. Raises ReleaseError if it is none in UTF-8."""
    try:
        return (Path(file).read_bytes() if data is None else data).decode("utf-8-sig")
    except OSError as error:
        raise ReleaseError(file, 0, f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ReleaseError(file, 0, f"no text in UTF-8 (byte {error.start})") from error
