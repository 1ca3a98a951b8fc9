"""Whether the record bears out a number that somebody asserts (SPEC rule 13).

The qualifier is part of the claim: one that points the other way contradicts, a missing one or one
of the same direction does not. "About" and "more than" hold within a tenth of the number.
"""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.models import Assertion, Figure, Number, Verdict

_UPWARD = frozenset({"at least", "more than"})
_DOWNWARD = frozenset({"fewer than", "up to", "nearly"})
#: How far the record's value may lie from a rounded one.
TOLERANCE = 0.1


def judged(assertion: Assertion, figures: Iterable[Figure], *, partial: bool = False) -> tuple[Verdict, str]:
    """The verdict on an assertion against the figures of its metric, actor, place and period.

    A `partial` total lacks days: it bears out no larger number, and contradicts none.
    """
    held = tuple(figures)
    if not held:
        return "not on record", "no figure for these slots"
    if any(_opposed(assertion, figure) for figure in held if _same(assertion.value, figure)):
        return "contradicted", "opposite qualifier"
    if any(_same(assertion.value, figure) for figure in held):
        return "supported", "same value"
    if any(_near(assertion, figure) for figure in held):
        return "supported", "rounded within its own words"
    if partial and all(assertion.value > (figure.value or 0) for figure in held):
        return "not on record", "days without a report"
    return "contradicted", "another value"


def is_true_of(assertion: Assertion, figures: Iterable[Figure]) -> bool:
    """Whether "more than n" or "fewer than n" is true of every figure, however far from n it is."""
    held = tuple(figures)
    upward, downward = assertion.qualifier in _UPWARD, assertion.qualifier in ("fewer than", "up to")
    above = all(f.qualifier not in _DOWNWARD and min(_values(f)) > assertion.value for f in held)
    below = all(f.qualifier not in _UPWARD and max(_values(f)) < assertion.value for f in held)
    return bool(held) and ((upward and above) or (downward and below))


def is_value_of(assertion: Assertion, figure: Figure) -> bool:
    """Whether a figure's value, or an end of its range, is the number asserted."""
    return _same(assertion.value, figure)


def _values(figure: Figure) -> tuple[Number, ...]:
    return tuple(v for v in (figure.value, figure.low, figure.high) if v is not None)


def _same(value: Number, figure: Figure) -> bool:
    return value in _values(figure)


def _opposed(assertion: Assertion, figure: Figure) -> bool:
    """Whether the qualifiers point apart: "fewer than 14,000" against the record's "more than 14,000"."""
    mine, theirs = assertion.qualifier, figure.qualifier
    if mine in ("fewer than", "up to") and theirs in _UPWARD | {"exactly"}:
        return mine == "fewer than" or theirs in _UPWARD
    if mine == "more than" and theirs == "exactly":
        return True
    return mine in _UPWARD and theirs in ("fewer than", "up to", "nearly")


def _near(assertion: Assertion, figure: Figure) -> bool:
    """Whether the record's value makes the claim's own words true and lies within a tenth of it."""
    value, qualifier = assertion.value, assertion.qualifier
    for held in _values(figure):
        close = abs(held - value) <= TOLERANCE * max(value, 1)
        upward = qualifier in _UPWARD and held > value and figure.qualifier not in _DOWNWARD
        downward = held < value and (
            (qualifier in ("fewer than", "up to") and figure.qualifier not in _UPWARD)
            or (qualifier == "nearly" and figure.qualifier != "more than")
        )
        if close and (upward or downward or qualifier in ("about", "approximately")):
            return True
    return False
