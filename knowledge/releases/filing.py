"""Rows put into the files of the record, each where its neighbours stand; other rows keep their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.errors import ReleaseError
from knowledge.files import read_table, read_text, write_csv
from knowledge.releases.drafting import SERIES
from knowledge.rows import FactRow, SourceRow

Cells = dict[str, str]


def file_rows(folder: Path, source: SourceRow | None, rows: Sequence[FactRow], month: str) -> tuple[str, ...]:
    """Write a source and its rows into a record's folder; the files that changed.

    `month` (YYYY-MM) is that of the release's own days. Raises ReleaseError if a file can't be written.
    """
    changed = []
    if source is not None:
        _insert(folder, "sources.csv", [_cells(source)], SourceRow, ("id",))
        changed.append("sources.csv")
    for series in SERIES.values():
        chosen = [_cells(row) for row in rows if row.series == series]
        if chosen:
            file = file_of(series, month)
            _insert(folder, file, chosen, FactRow, ("start", "as_of"))
            changed.append(file)
    return tuple(changed)


def file_of(series: str, month: str) -> str:
    """The file that the rows of a series stand in: a file a month for daily figures."""
    return f"facts/{series}.csv" if series == SERIES["total"] else f"facts/{series}/{month}.csv"


def _insert(
    folder: Path, file: str, rows: Sequence[Cells], kind: type[FactRow | SourceRow], order: Sequence[str]
) -> None:
    """Put rows, kept together, before the first row that comes after them."""
    columns = tuple(kind.model_fields)
    path = folder / file
    had: list[Mapping[str, str]] = []
    if path.exists():
        text, problems = read_text(path, file)
        table, more = read_table(text, file, columns)
        if problems or more:
            raise ReleaseError(file, 0, "the file is not in order; run `sitrep record check`")
        had = [row for _, row in table.rows]
    at = _place(had, rows[0], order)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_csv(path, columns, [*had[:at], *rows, *had[at:]])
    except OSError as error:
        raise ReleaseError(file, 0, f"can't be written: {error.strerror}") from error


def _place(had: Sequence[Mapping[str, str]], row: Mapping[str, str], order: Sequence[str]) -> int:
    """After the rows of the same source where there are some, else where the order puts it."""
    source = row.get("source")
    same = [at for at, other in enumerate(had) if source and other.get("source") == source]
    if same:
        return same[-1] + 1
    key = _key(row, order)
    return next((at for at, other in enumerate(had) if _key(other, order) > key), len(had))


def _key(row: Mapping[str, str], order: Sequence[str]) -> str:
    return next((row[name] for name in order if row.get(name)), "")


def _cells(row: FactRow | SourceRow) -> Cells:
    return {name: str(value) for name, value in row.model_dump().items() if value not in (None, "")}
