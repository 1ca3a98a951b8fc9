"""Numbers in digits, words and multiples; what is no number stays a word."""

from __future__ import annotations

import pytest

from knowledge.quantities import with_numbers
from knowledge.text import Token, tokens
from knowledge.vocabulary import Vocabulary


def read(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    return with_numbers(tokens(text), vocabulary.language.numbers)


def numbers(text: str, vocabulary: Vocabulary) -> list[float]:
    return [
        token.value for token in read(text, vocabulary) if token.kind == "number" and token.value is not None
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty-seven", 27),
        ("twenty seven", 27),
        ("one hundred and ten", 110),
        ("six thousand nine hundred twenty seven", 6927),
        ("8.7 billion", 8_700_000_000),
        ("7.7 million", 7_700_000),
        ("two dozen", 24),
        ("twenty seventeen", 2017),
        ("34 thousand", 34_000),
        ("zero", 0),
    ],
)
def test_a_number_is_read_at_its_full_value(vocabulary: Vocabulary, text: str, value: float) -> None:
    assert numbers(text, vocabulary) == [value]


@pytest.mark.parametrize(
    ("text", "day"), [("tenth", 10), ("twenty-third", 23), ("thirty first", 31), ("21st", 21)]
)
def test_an_ordinal_is_marked_as_one(vocabulary: Vocabulary, text: str, day: int) -> None:
    (token,) = read(text, vocabulary)
    assert (token.value, token.ordinal) == (day, True)


@pytest.mark.parametrize(
    ("text", "several"),
    [("nine and ten", [9, 10]), ("27 and 7", [27, 7]), ("seven strikes and two raids", [7, 2])],
)
def test_two_numbers_are_not_run_together(vocabulary: Vocabulary, text: str, several: list[int]) -> None:
    assert numbers(text, vocabulary) == several


@pytest.mark.parametrize("text", ["strikes", "sevens up", "often", "wonder", "tent", "the and of", "-"])
def test_a_word_that_holds_a_number_word_is_no_number(vocabulary: Vocabulary, text: str) -> None:
    assert numbers(text, vocabulary) == []


def test_a_multiplied_decimal_has_no_rounding_noise(vocabulary: Vocabulary) -> None:
    (value,) = numbers("5.53 billion", vocabulary)
    assert value == 5_530_000_000
    assert isinstance(value, int)
