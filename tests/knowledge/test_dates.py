"""Dates as people write them; what fits no calendar is kept, so that it can be said to be none."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import WrittenDate, written_dates
from knowledge.quantities import with_numbers
from knowledge.stretches import shifted
from knowledge.text import tokens
from knowledge.vocabulary import Vocabulary


def dates(text: str, vocabulary: Vocabulary) -> tuple[WrittenDate, ...]:
    language = vocabulary.language
    return written_dates(with_numbers(tokens(text), language.numbers), language.calendar)


def parts(text: str, vocabulary: Vocabulary) -> list[tuple[int | None, int | None, int | None]]:
    return [(d.year, d.month, d.day) for d in dates(text, vocabulary)]


@pytest.mark.parametrize(
    "text",
    [
        "10 June 2017", "June 10, 2017", "june 10th 2017", "the 10th of June 2017", "10th June, 2017",
        "2017-06-10", "2017/06/10", "2017.06.10", "10 jun 17", "Jun. 10, 2017", "10-Jun-2017", "2017 June 10",
        "the tenth of June, twenty seventeen", "june ten 2017", "Saturday, 10 June 2017", "10 JUNE 2017",
    ],
)  # fmt: skip
def test_one_day_is_understood_in_every_usual_form(vocabulary: Vocabulary, text: str) -> None:
    assert parts(text, vocabulary) == [(2017, 6, 10)]


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("22/06/2017", 2017, 6, 22),
        ("06/22/2017", 2017, 6, 22),
        ("06/06/2017", 2017, 6, 6),
        ("13.2.2017", 2017, 2, 13),
        ("2/13/17", 2017, 2, 13),
    ],
)
def test_a_numeric_date_that_fits_one_order_is_read(
    vocabulary: Vocabulary, text: str, year: int, month: int, day: int
) -> None:
    assert parts(text, vocabulary) == [(year, month, day)]


@pytest.mark.parametrize("text", ["10/06/2017", "06-10-2017", "1.2.17", "12/11/2017"])
def test_a_numeric_date_that_fits_both_orders_is_not_decided(vocabulary: Vocabulary, text: str) -> None:
    (found,) = dates(text, vocabulary)
    assert found.numeric is not None
    assert found.day is None


@pytest.mark.parametrize(
    "text",
    ["30 February 2017", "29 February 2017", "31 June 2017", "32/13/2017", "2017-13-01", "31st of June 2017"],
)
def test_a_day_of_no_calendar_is_kept_as_impossible(vocabulary: Vocabulary, text: str) -> None:
    (found,) = dates(text, vocabulary)
    assert not found.is_possible


def test_a_leap_day_is_possible(vocabulary: Vocabulary) -> None:
    (found,) = dates("29 February 2016", vocabulary)
    assert found.is_possible


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("June 2017", [(2017, 6, None)]),
        ("2017-06", [(2017, 6, None)]),
        ("2017", [(2017, None, None)]),
        ("June", [(None, 6, None)]),
        ("the 24th", [(None, None, 24)]),
        ("4 to 7 December 2017", [(2017, 12, 4), (2017, 12, 7)]),
        ("June 3-7, 2017", [(2017, 6, 3), (2017, 6, 7)]),
        ("6 and 7 June 2017", [(2017, 6, 6), (2017, 6, 7)]),
        ("in May and June 2017", [(2017, 5, None), (2017, 6, None)]),
        ("30 May to 2 June 2017", [(2017, 5, 30), (2017, 6, 2)]),
    ],
)
def test_parts_that_are_not_written_are_taken_from_the_other_date_only(
    vocabulary: Vocabulary, text: str, found: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert parts(text, vocabulary) == found


@pytest.mark.parametrize(
    "text",
    [
        "27 strikes",
        "34,573",
        "the first strike",
        "strikes that may follow",
        "troops march on",
        "8.7 billion",
        "F-16",
        "second to none",
    ],
)
def test_a_number_or_verb_is_no_date(vocabulary: Vocabulary, text: str) -> None:
    assert dates(text, vocabulary) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("summer 2017", date(2017, 6, 1), date(2017, 8, 31)),
        ("Q3 2017", date(2017, 7, 1), date(2017, 9, 30)),
        ("second quarter of 2017", date(2017, 4, 1), date(2017, 6, 30)),
        ("winter 2016", date(2016, 12, 1), date(2017, 2, 28)),
        ("February 2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
    ],
)
def test_a_longer_date_has_its_first_and_last_day(
    vocabulary: Vocabulary, text: str, first: date, last: date
) -> None:
    (found,) = dates(text, vocabulary)
    assert found.days() == (first, last)


@pytest.mark.parametrize(
    ("day", "unit", "count", "moved"),
    [
        (date(2017, 1, 31), "month", 1, date(2017, 2, 28)),
        (date(2016, 2, 29), "year", 1, date(2017, 2, 28)),
        (date(2017, 1, 1), "day", -1, date(2016, 12, 31)),
        (date(2017, 6, 10), "week", 2, date(2017, 6, 24)),
        (date(2017, 12, 15), "month", 1, date(2018, 1, 15)),
        (date(2017, 1, 15), "month", -1, date(2016, 12, 15)),
    ],
)
def test_a_shifted_day_stays_in_the_calendar(day: date, unit: str, count: int, moved: date) -> None:
    assert shifted(day, unit, count) == moved
