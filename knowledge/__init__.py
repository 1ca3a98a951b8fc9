"""The curated record of the campaign against ISIS, and how it is asked.

    >>> knowledge = open_knowledge()                                      # doctest: +SKIP
    >>> answer = knowledge.ask("strikes in Iraq on 8 March 2017", now=date.today())   # doctest: +SKIP
    >>> print(render_plain(answer.text))                                  # doctest: +SKIP

This is the only module that other packages import from.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.charts import Chart, ChartKind, ChartPoint, ChartRow, ChartSeries, is_charted
from knowledge.contract import answer_to_json
from knowledge.conversation import thread_from_json, thread_to_json
from knowledge.coverage import Coverage, CoveredSeries, MonthCoverage, SeriesMonth, YearCoverage
from knowledge.engine import Knowledge
from knowledge.errors import KnowledgeError, Problem, RecordError, ReleaseError, StoreError, UnknownIdError
from knowledge.history import Change, History
from knowledge.models import (
    Answer,
    Block,
    Claim,
    Figure,
    Number,
    Period,
    Query,
    Reading,
    RecordSummary,
    RichText,
    Source,
    Span,
    Thread,
)
from knowledge.paths import DEFAULT_DATABASE, RECORD_FOLDER
from knowledge.suggestions import Suggestion
from knowledge.wording import render_html, render_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.build import Progress
    from knowledge.releases.importing import ImportedRelease as ImportedRelease

__all__ = [
    "DEFAULT_DATABASE",
    "RECORD_FOLDER",
    "Answer",
    "Block",
    "Change",
    "Chart",
    "ChartKind",
    "ChartPoint",
    "ChartRow",
    "ChartSeries",
    "Claim",
    "Coverage",
    "CoveredSeries",
    "Figure",
    "History",
    "Knowledge",
    "KnowledgeError",
    "MonthCoverage",
    "Number",
    "Period",
    "Problem",
    "Query",
    "Reading",
    "RecordError",
    "RecordSummary",
    "ReleaseError",
    "RichText",
    "SeriesMonth",
    "Source",
    "Span",
    "StoreError",
    "Suggestion",
    "Thread",
    "UnknownIdError",
    "YearCoverage",
    "answer_to_json",
    "browse_record",
    "build_record",
    "check_record",
    "import_release",
    "is_charted",
    "open_knowledge",
    "render_html",
    "render_plain",
    "summarise_record",
    "thread_from_json",
    "thread_to_json",
]


def open_knowledge(path: Path | None = None) -> Knowledge:
    """Open a built record; without a path the shipped one, which is built first where it is missing.

    Raises StoreError if the file can't be used, RecordError if it had to be built and is broken.
    """
    if path is None and not DEFAULT_DATABASE.exists():
        build_record(RECORD_FOLDER, DEFAULT_DATABASE)
    return Knowledge(path or DEFAULT_DATABASE)


def build_record(folder: Path, target: Path, progress: Progress | None = None) -> RecordSummary:
    """Build the curated record of a folder into a file; see `knowledge.build`."""
    from knowledge.build import build_record as build  # here: asking needs nothing of what building needs

    return build(folder, target, progress)


def browse_record(path: Path | None, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve a built record, or the shipped one, as pages until told to stop; see `knowledge.browsing`.

    Raises StoreError if Datasette is not installed or the record can't be used.
    """
    from knowledge.browsing import serve  # here: Datasette is an extra

    serve(path or DEFAULT_DATABASE, host, port, ready)


def summarise_record(folder: Path) -> RecordSummary:
    """How much the curated record of a folder holds, whether or not it has problems."""
    from knowledge.build import summarise  # as above

    return summarise(folder)


def check_record(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the curated record of a folder; see `knowledge.validation`."""
    from knowledge.validation import check_record as check  # as above

    return check(folder)


def import_release(
    file: str,
    folder: Path,
    data: bytes | None = None,
    given: Mapping[str, str] | None = None,
    *,
    confirmed: bool = False,
    accept: bool = False,
) -> ImportedRelease:
    """The rows that a strike release adds to the record of a folder, written there if `accept` says so.

    `data` takes the place of the file's bytes, `given` that of its header's keys; `confirmed` says that a
    curator looked at the page again. Raises ReleaseError for a file that is none.
    """
    from knowledge.releases.importing import Importer, text_of  # as above

    importer = Importer(folder)
    imported = importer.read(text_of(file, data), file, given, confirmed=confirmed)
    return importer.accepted(imported) if accept else imported
