"""Periods as they are named, counted from a given "now" and from what was spoken of before."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.models import Period
from knowledge.periods import date_phrases
from knowledge.quantities import with_numbers
from knowledge.stretches import DatePhrase
from knowledge.text import tokens
from knowledge.vocabulary import Vocabulary

NOW = date(2018, 3, 14)  # a Wednesday
JUNE_10 = Period(date(2017, 6, 10), date(2017, 6, 10))


def phrases(text: str, vocabulary: Vocabulary, before: Period | None = None) -> tuple[DatePhrase, ...]:
    language = vocabulary.language
    return date_phrases(with_numbers(tokens(text), language.numbers), language.calendar, NOW, before)


def days(text: str, vocabulary: Vocabulary, before: Period | None = None) -> str:
    return ", ".join(
        f"{p.period.first:%Y-%m-%d}..{p.period.last:%Y-%m-%d}" if p.period else p.issue
        for p in phrases(text, vocabulary, before)
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("early June 2017", "2017-06-01..2017-06-10"),
        ("mid-June 2017", "2017-06-11..2017-06-20"),
        ("late June 2017", "2017-06-21..2017-06-30"),
        ("late February 2017", "2017-02-21..2017-02-28"),
        ("the first week of June 2017", "2017-06-01..2017-06-07"),
        ("the last week of June 2017", "2017-06-24..2017-06-30"),
        ("the second half of June 2017", "2017-06-16..2017-06-30"),
        ("the last three days of June 2017", "2017-06-28..2017-06-30"),
        ("the first ten days of June 2017", "2017-06-01..2017-06-10"),
        ("between 8 and 10 December 2017", "2017-12-08..2017-12-10"),
        ("from 4 to 7 December 2017", "2017-12-04..2017-12-07"),
        ("June 3 - 7, 2017", "2017-06-03..2017-06-07"),
        ("in May through July 2017", "2017-05-01..2017-07-31"),
        ("2017-06-06 to 2017-06-07", "2017-06-06..2017-06-07"),
        ("the day after 9 June 2017", "2017-06-10..2017-06-10"),
        ("two days before 12 June 2017", "2017-06-10..2017-06-10"),
        ("the Saturday before 11 June 2017", "2017-06-10..2017-06-10"),
        ("6 and 7 June 2017", "2017-06-06..2017-06-06, 2017-06-07..2017-06-07"),
    ],
)
def test_a_period_has_the_days_that_its_name_says(vocabulary: Vocabulary, text: str, named: str) -> None:
    assert days(text, vocabulary) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("today", "2018-03-14..2018-03-14"),
        ("yesterday", "2018-03-13..2018-03-13"),
        ("three days ago", "2018-03-11..2018-03-11"),
        ("last week", "2018-03-05..2018-03-11"),
        ("this month", "2018-03-01..2018-03-31"),
        ("last month", "2018-02-01..2018-02-28"),
        ("last year", "2017-01-01..2017-12-31"),
        ("last June", "2017-06-01..2017-06-30"),
    ],
)
def test_relative_time_counts_from_the_now_that_was_given(
    vocabulary: Vocabulary, text: str, named: str
) -> None:
    assert days(text, vocabulary) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the day before", "2017-06-09..2017-06-09"),
        ("the next day", "2017-06-11..2017-06-11"),
        ("two days earlier", "2017-06-08..2017-06-08"),
        ("a week later", "2017-06-17..2017-06-17"),
        ("9 June", "2017-06-09..2017-06-09"),
        ("the 14th", "2017-06-14..2017-06-14"),
        ("in July", "2017-07-01..2017-07-31"),
        ("the month before", "2017-05-01..2017-05-31"),
        ("that day", "2017-06-10..2017-06-10"),
    ],
)
def test_what_is_left_out_comes_from_the_period_before(vocabulary: Vocabulary, text: str, named: str) -> None:
    assert days(text, vocabulary, JUNE_10) == named


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("10/06/2017", "ambiguous"),
        ("10 June", "no year"),
        ("in June", "no year"),
        ("on the 10th", "no month"),
        ("the day before", "nothing before"),
        ("30 February 2017", "impossible"),
        ("31/06/2017", "impossible"),
    ],
)
def test_a_date_that_says_too_little_is_no_period(vocabulary: Vocabulary, text: str, issue: str) -> None:
    assert days(text, vocabulary) == issue


def test_both_readings_of_an_ambiguous_date_are_offered(vocabulary: Vocabulary) -> None:
    (phrase,) = phrases("10/06/2017", vocabulary)
    assert [option.first for option in phrase.options] == [date(2017, 6, 10), date(2017, 10, 6)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("by 20 January 2016", date(2016, 1, 20)),
        ("as of 20 January 2016", date(2016, 1, 20)),
        ("by the end of August 2019", date(2019, 8, 31)),
        ("until 20 January 2016", date(2016, 1, 20)),
        ("by August 2019", date(2019, 8, 31)),
        ("before 21 January 2016", date(2016, 1, 20)),
    ],
)
def test_by_means_everything_up_to_the_day(vocabulary: Vocabulary, text: str, last: date) -> None:
    (phrase,) = phrases(text, vocabulary)
    assert phrase.period is not None
    assert (phrase.period.by, phrase.period.last) == (True, last)


@pytest.mark.parametrize("text", ["on 20 January 2016", "in August 2019", "20 January 2016", "during 2019"])
def test_on_and_in_do_not_mean_by(vocabulary: Vocabulary, text: str) -> None:
    (phrase,) = phrases(text, vocabulary)
    assert phrase.period is not None
    assert not phrase.period.by


def test_a_release_is_named_by_its_publication(vocabulary: Vocabulary) -> None:
    (phrase,) = phrases("the release of 11 June 2017", vocabulary)
    assert phrase.period is not None
    assert phrase.period.published


def test_since_runs_from_its_day_to_now(vocabulary: Vocabulary) -> None:
    (phrase,) = phrases("since 10 June 2017", vocabulary)
    assert phrase.period == Period(date(2017, 6, 10), NOW, since=True)
