"""One misspelt word becomes one known word, or none at all."""

from __future__ import annotations

import pytest

from knowledge.matching import CUTOFF, SHORTEST, Speller

KNOWN = [
    "iraq",
    "iran",
    "syria",
    "mosul",
    "strike",
    "strikes",
    "striker",
    "qaim",
    "qamishli",
    "raqqa",
    "engagement",
]


def differ(one: str, other: str) -> bool:
    return one.rstrip("s") == other.rstrip("s")


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN, differ)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("syira", "syria"), ("mosel", "mosul"), ("stirkes", "strikes"), ("qamishly", "qamishli"),
        ("raqaa", "raqqa"), ("engagment", "engagement"), ("engagemnet", "engagement"), ("strkes", "strikes"),
    ],
)  # fmt: skip
def test_a_slip_of_the_finger_is_corrected(speller: Speller, word: str, meant: str) -> None:
    correction = speller.correct(word)
    assert correction is not None
    assert correction.word == meant
    assert correction.score >= CUTOFF


@pytest.mark.parametrize(
    "word", ["ira", "irak8x", "yemen", "libya", "kabul", "london", "sy", "", "zzzzzz", "engine"]
)
def test_a_word_that_is_far_from_all_stays_unknown(speller: Speller, word: str) -> None:
    assert speller.correct(word) is None


@pytest.mark.parametrize("word", ["irax", "iraw"])
def test_a_word_as_near_to_two_meanings_is_not_decided(speller: Speller, word: str) -> None:
    assert speller.correct(word) is None
    assert set(speller.near(word)) >= {"iraq", "iran"}


def test_a_known_word_is_itself(speller: Speller) -> None:
    found = {word: speller.correct(word) for word in KNOWN if len(word) >= SHORTEST}
    assert all(correction is not None and correction.word == word for word, correction in found.items())


def test_the_same_word_is_corrected_alike_each_time(speller: Speller) -> None:
    assert (
        speller.correct("mosel")
        == speller.correct("mosel")
        == Speller(list(reversed(KNOWN)), differ).correct("mosel")
    )
