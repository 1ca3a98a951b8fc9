"""The stand-ins find what they should, and are judged at their best."""

from __future__ import annotations

import math

import pytest

from .phrasing import Phrase
from .questions import Case, cases, judge
from .standins import STAND_INS, StandIn, tuned_cutoff, values_above

KNOWN = (
    Phrase(
        "how many strikes in Syria on 10 June 2017", "strikes in Syria by Coalition on 10 June 2017", (27,)
    ),
    Phrase("how many strikes in Iraq on 10 June 2017", "strikes in Iraq by Coalition on 10 June 2017", (7,)),
    Phrase(
        "how many engagements in Iraq on 3 May 2016", "engagements in Iraq by Coalition on 3 May 2016", (5,)
    ),
)


@pytest.mark.parametrize("kind", STAND_INS)
@pytest.mark.parametrize("wanted", range(len(KNOWN)))
def test_a_stand_in_finds_the_fact_that_is_asked_for(kind: type[StandIn], wanted: int) -> None:
    made = kind(KNOWN)  # type: ignore[call-arg]  # a protocol says nothing of how it is made
    nearest = made.nearest(KNOWN[wanted].question)
    assert nearest is not None
    assert nearest[1] == wanted


def test_the_cutoff_is_the_one_with_most_right() -> None:
    asked = [
        Case("1", "", "a", (27,)),
        Case("2", "", "b", ()),
        Case("3", "", "c", (7,)),
        Case("4", "", "d", ()),
    ]
    found = [(0.9, 0), (0.7, 0), (0.6, 1), (0.5, 1)]
    assert tuned_cutoff(asked, found, KNOWN) == 0.9
    assert tuned_cutoff(asked[2:], found[2:], KNOWN) == 0.6
    assert tuned_cutoff(asked[1:2], found[1:2], KNOWN) == math.inf


def test_below_the_cutoff_nothing_is_said() -> None:
    assert values_above(0.5, (0.5, 1), KNOWN) == (7,)
    assert values_above(0.5, (0.4, 1), KNOWN) == ()
    assert values_above(0.0, None, KNOWN) == ()


@pytest.mark.parametrize(
    ("figures", "asserted", "judgement"),
    [
        ((27,), (27,), "right"),
        ((27,), (27, 35), "right"),
        ((27,), (), "missed"),
        ((27,), (7,), "wrong"),
        ((8106, 12980), (8106,), "missed"),
        ((), (), "refused"),
        ((), (27,), "wrong"),
    ],
)
def test_a_related_figure_is_a_wrong_one(
    figures: tuple[int, ...], asserted: tuple[int, ...], judgement: str
) -> None:
    assert judge(Case("1", "", "", figures), asserted) == judgement


def test_no_question_of_the_benchmark_stands_twice() -> None:
    asked = [case.text.casefold() for case in cases()]
    assert len(asked) >= 150
    assert sorted(set(asked)) == sorted(asked)
