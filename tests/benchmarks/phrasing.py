"""The facts of a built record as plain words: what stand-ins search through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .questions import Number

_FACTS = """
select m.plural as metric, t.name as target, f.effect, p.name as place, a.name as actor, s.publisher,
       f.start, f.end, f.as_of, f.value, f.low, f.high
from facts f join sources s on s.id = f.source join places p on p.id = f.place join actors a on a.id = f.actor
left join metrics m on m.id = f.metric left join targets t on t.id = f.target order by f.rowid
"""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact: the question that it answers, the sentence that it makes, and its values."""

    question: str
    sentence: str
    values: tuple[Number, ...]


def phrases(record: Path) -> tuple[Phrase, ...]:
    """Every fact of a built record, in its order."""
    with closing(sqlite3.connect(record)) as database:
        database.row_factory = sqlite3.Row
        return tuple(_phrase(row) for row in database.execute(_FACTS))


def _phrase(row: sqlite3.Row) -> Phrase:
    counted = f"{row['target']} {row['effect'] or ''}".strip() if row["target"] else row["metric"]
    actor = "" if row["actor"] == "Coalition" else f" by {row['actor']}"
    values = tuple(row[name] for name in ("value", "low", "high") if row[name] is not None)
    when = " ".join(_when(row["start"], row["end"], row["as_of"]))
    sentence = f"{counted} in {row['place']} by {row['actor']} {when} ({row['publisher']})"
    return Phrase(f"how many {counted} in {row['place']}{actor} {when}".strip(), sentence, values)


def _when(start: str | None, end: str | None, as_of: str | None) -> Iterator[str]:
    if as_of:
        yield f"by {_written(as_of)}"
    elif start and start == end:
        yield f"on {_written(start)}"
    elif start and end:
        yield f"from {_written(start)} to {_written(end)}"


def _written(iso: str) -> str:
    """An ISO date of any precision as people write it: 10 June 2017, June 2017, 2017."""
    if len(iso) == 4:
        return iso
    if len(iso) == 7:
        return date.fromisoformat(f"{iso}-01").strftime("%B %Y")
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
