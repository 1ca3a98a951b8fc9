"""What is looked up in the record, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.models import Fact, Figure, Period


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to look up. `target` is a target's id for counts of targets."""

    metric: str
    actor: str
    place: str
    period: Period | None = None
    publishers: tuple[str, ...] = ()
    target: str | None = None
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record holds on a request.

    `kind` is figure, total or none. For a total, `facts` are its parts, `covered` and `asked` count
    days, and `missing` are the days without a report where they are few.
    """

    request: Request
    kind: str
    figures: tuple[Figure, ...] = ()
    related: tuple[Figure, ...] = ()
    facts: tuple[Fact, ...] = ()
    covered: int = 0
    asked: int = 0
    missing: tuple[date, ...] = ()
