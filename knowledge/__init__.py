"""The curated record of the campaign against ISIS, and how it is asked.

    >>> knowledge = open_knowledge()                                      # doctest: +SKIP
    >>> answer = knowledge.ask("how many strikes in Syria", now=date.today())   # doctest: +SKIP
    >>> print(render_plain(answer.text))                                  # doctest: +SKIP

This is the only module that other packages import from.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.build import DEFAULT_DATABASE, RECORD_FOLDER, build_record
from knowledge.contract import answer_to_json
from knowledge.conversation import thread_from_json, thread_to_json
from knowledge.engine import Knowledge
from knowledge.errors import KnowledgeError, Problem, RecordError, StoreError
from knowledge.models import Answer, Block, Claim, Figure, Period, Query, Reading, RichText, Source, Span, Thread
from knowledge.validation import check_record
from knowledge.wording import render_html, render_plain

__all__ = [
    "DEFAULT_DATABASE",
    "RECORD_FOLDER",
    "Answer",
    "Block",
    "Claim",
    "Figure",
    "Knowledge",
    "KnowledgeError",
    "Period",
    "Problem",
    "Query",
    "Reading",
    "RecordError",
    "RichText",
    "Source",
    "Span",
    "StoreError",
    "Thread",
    "answer_to_json",
    "build_record",
    "check_record",
    "open_knowledge",
    "render_html",
    "render_plain",
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
