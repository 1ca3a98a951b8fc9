"""Questions from the command line or from JSON lines, answered on standard output."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TextIO

from knowledge import Answer, Knowledge, Thread, answer_to_json, open_knowledge, render_plain


def answer_one(question: str, as_json: bool, record: Path | None, now: date) -> None:
    """Print the answer to one question."""
    answer = open_knowledge(record).ask(question, now=now)
    print(_json(answer) if as_json else render_plain(answer.text))  # noqa: T201  # this is the command's output


def answer_lines(lines: Iterable[bytes], out: TextIO, record: Path | None, now: date) -> None:
    """Answer one JSON object a line, {"conversation": …, "text": …}, in order, one answer a line.

    A line that is no such object gets an answer of kind unknown that says so; the rest goes on.
    """
    knowledge = open_knowledge(record)
    threads: dict[str, Thread] = {}
    for line in lines:
        if line.strip():
            out.write(_answered(knowledge, line, threads, now) + "\n")
            out.flush()


def _answered(knowledge: Knowledge, line: bytes, threads: dict[str, Thread], now: date) -> str:
    try:
        asked = json.loads(line.decode("utf-8"))
        conversation, text = str(asked.get("conversation", "")), asked["text"]
        if not isinstance(text, str):
            raise TypeError("text")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return json.dumps(
            {
                "kind": "unknown",
                "text": 'Not a question: a line is {"conversation": …, "text": …}.',
                "figures": [],
            }
        )
    answer = knowledge.ask(text, now=now, thread=threads.get(conversation, Thread()))
    threads[conversation] = answer.thread
    return _json(answer)


def _json(answer: Answer) -> str:
    return json.dumps(answer_to_json(answer), ensure_ascii=False)
