"""Tokens and compared forms: spelling, script, case and marks never keep a name from being found."""

from __future__ import annotations

import pytest

from knowledge.text import LONGEST, clean, normalised, tokens, words_of


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Raqqa", "raqqa"),
        ("RAQQA", "raqqa"),
        ("Qa'im", "qaim"),
        ("Qa’im", "qaim"),
        ("Qaʿim", "qaim"),
        ("Kobanî", "kobani"),
        ("Türkiye", "turkiye"),
        ("Straße", "strasse"),
        ("الرَّقّة", "الرقة"),
        ("أربيل", "اربيل"),
    ],
)
def test_case_accents_and_marks_are_not_compared(written: str, compared: str) -> None:
    assert normalised(written) == normalised(compared)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Iraq", "Iran"), ("strike", "striker"), ("Hit", "hot"), ("العراق", "سوريا"), ("10", "1O")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("phrase", ["Deir ez-Zor", "deir ez zor", "DEIR EZ‑ZOR", "Deir\u200b ez–Zor"])
def test_hyphens_of_every_kind_part_words_alike(phrase: str) -> None:
    assert words_of(phrase) == ("deir", "ez", "zor")


@pytest.mark.parametrize(
    "hidden", ["\u0000", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad"], ids=ascii
)
def test_invisible_characters_are_dropped(hidden: str) -> None:
    assert clean(f"Ra{hidden}qqa") == "Raqqa"


def test_an_endless_text_is_cut() -> None:
    assert len(clean("a" * (LONGEST + 5000))) == LONGEST


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("34,573", 34573),
        ("34573", 34573),
        ("8.7", 8.7),
        ("1,234,567", 1234567),
        ("34\u00a0573", 34573),
        ("007", 7),
    ],
)
def test_numbers_are_read_with_their_separators(text: str, value: float) -> None:
    assert [token.value for token in tokens(text)] == [value]


@pytest.mark.parametrize("text", ["10/06/2017", "2017-06-10", "10.6.17", "2017-06", "10/6"])
def test_a_numeric_date_is_one_token(text: str) -> None:
    assert [token.kind for token in tokens(text)] == ["date"]


@pytest.mark.parametrize("text", ["https://example.org/27", "www.example.org/27", "@sitrep_bot", "  \t "])
def test_addresses_and_mentions_are_no_words(text: str) -> None:
    assert tokens(text) == ()


def test_an_acronym_with_points_is_one_word() -> None:
    assert [token.norm for token in tokens("the U.S. strikes")] == ["the", "us", "strikes"]


def test_a_possessive_is_its_word() -> None:
    assert [(t.norm, t.possessive) for t in tokens("Syria's strikes")] == [
        ("syria", True),
        ("strikes", False),
    ]


def test_sentences_are_counted() -> None:
    assert [t.sentence for t in tokens("One. Two? Three") if t.kind == "word"] == [0, 1, 2]


def test_an_abbreviated_month_ends_no_sentence() -> None:
    assert {t.sentence for t in tokens("on Aug. 21, 2017")} == {0}
