"""What a text asserts of one number, and what it spoke of last."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.models import Number, Period

ELSEWHERE = "elsewhere:"


@dataclass(frozen=True, slots=True)
class Context:
    """What a text spoke of last, for claims that leave it open.

    `headed` is the metric that "of them" means: strikes, not the engagements that they consisted of.
    """

    metric: str = ""
    headed: str = ""
    actor: str = ""
    place: str = ""
    period: Period | None = None
    dateline: bool = False
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One number that a text asserts.

    `timing` tells whose period it is: ``own``, ``carried``, ``dateline``, ``none`` or ``unknown`` (a
    day that the text does not name). `problem` says why nothing on record can bear it out; `standing` that
    its sentence tells how far a count had come, not what happened in its time; `or_both` that its place, the
    country named last, may as well be both countries.
    """

    value: Number
    qualifier: str
    quoted: str
    metric: str = ""
    target: str | None = None
    actors: tuple[str, ...] = ()
    place: str = ""
    period: Period | None = None
    timing: str = "none"
    publishers: tuple[str, ...] = ()
    problem: str = ""
    word: str = ""
    standing: bool = False
    or_both: bool = False
