"""A thread of a conversation, kept between two questions and written down as JSON: slots and ids only."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from knowledge.errors import KnowledgeError
from knowledge.models import Assertion, Period, Query, Thread


def thread_to_json(thread: Thread) -> str:
    """A thread as one line of JSON."""
    return json.dumps(asdict(thread), default=date.isoformat, separators=(",", ":"), ensure_ascii=False)


def thread_from_json(text: str) -> Thread:
    """The thread that `thread_to_json` wrote.

    Raises KnowledgeError if the text is not of that form (a thread of another version, say).
    """
    try:
        data = json.loads(text)
        query = _query(data["query"]) if data["query"] else None
        return Thread(query, tuple(data["facts"]), tuple(map(_query, data["earlier"])))
    except (ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"not a thread: {error}") from error


def _query(data: dict[str, object]) -> Query:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    values["claimed"] = tuple(Assertion(**a) for a in data["claimed"])  # type: ignore[attr-defined]  # a list, as written above
    for slot in ("periods", "found"):
        values[slot] = tuple(map(_period, data[slot]))  # type: ignore[call-overload]  # a list, as written above
    return Query(**values)  # type: ignore[arg-type]  # a wrong key or type is refused by the caller


def _period(data: dict[str, object]) -> Period:
    first, last = (date.fromisoformat(str(data[key])) for key in ("first", "last"))
    return Period(first, last, bool(data["by"]), bool(data["since"]), bool(data["published"]))
