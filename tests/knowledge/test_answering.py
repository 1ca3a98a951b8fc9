"""Whole questions through the front door, one rule of a good answer at a time."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import Knowledge

from .asking import ask, asserted, said, values


@pytest.mark.parametrize(
    ("city", "country"),
    [("Aleppo", 27), ("Palmyra", 27), ("Kirkuk", 7), ("Ramadi", 7), ("Qamishli", 27), ("Manbij", 27)],
)
def test_a_city_is_never_answered_with_its_countrys_figure(
    knowledge: Knowledge, city: str, country: int
) -> None:
    answer = ask(knowledge, f"strikes near {city} on 10 June 2017")
    assert answer.figures == ()
    assert city in said(answer)
    assert set(values(answer.related)) <= {country}


@pytest.mark.parametrize(
    "iso", ["2017-06-08", "2017-06-11", "2017-06-12", "2017-06-30", "2016-06-10", "2018-06-20"]
)
def test_a_day_is_never_answered_with_a_months_total(knowledge: Knowledge, iso: str) -> None:
    assert asserted(knowledge, f"strikes in Syria on {iso}") == []


@pytest.mark.parametrize("named", ["10 June 2017", "9 June 2017", "27 June 2017", "20 July 2017"])
def test_a_month_is_never_answered_with_a_days_figure(knowledge: Knowledge, named: str) -> None:
    (one_day,) = asserted(knowledge, f"strikes in Syria on {named}")
    answer = ask(knowledge, f"strikes in Syria in {named.split(' ', 1)[1]}")
    assert answer.kind == "total"
    assert one_day not in values(answer.figures)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Iraq", "Iran"),
        ("Mosul", "Mosque Street"),
        ("Tal Afar", "Tal Abyad"),
        ("Raqqa", "Rabat"),
        ("Syria", "Assyria"),
        ("Baghdad", "Baghuz"),
        ("Qaim", "Qamishli"),
        ("Bayji", "Beijing"),
        ("Rawah", "Rafah"),
    ],
)
@pytest.mark.parametrize("day", ["10 June 2017", "6 July 2017", "21 August 2017"])
def test_look_alikes_are_kept_apart(knowledge: Knowledge, right: str, wrong: str, day: str) -> None:
    assert asserted(knowledge, f"strikes in {wrong} on {day}") == []


@pytest.mark.parametrize(
    "word", ["strikers", "bowling strikes", "hunger strikes", "labour strikes", "miners' strikes"]
)
def test_another_sense_of_a_word_gets_no_figure(knowledge: Knowledge, word: str) -> None:
    assert asserted(knowledge, f"how many {word} in Syria on 10 June 2017") == []


@pytest.mark.parametrize(
    "nation",
    [
        "Russian",
        "French",
        "British",
        "Turkish",
        "Israeli",
        "Jordanian",
        "U.S.",
        "Belgian",
        "Iranian",
        "Syrian regime",
    ],
)
def test_one_nations_share_of_a_day_gets_no_figure(knowledge: Knowledge, nation: str) -> None:
    assert asserted(knowledge, f"{nation} strikes in Syria on 10 June 2017") == []


@pytest.mark.parametrize("place", ["Yemen", "Libya", "Gaza", "Iran", "Ukraine", "Sudan", "Texas", "Narnia"])
@pytest.mark.parametrize("time", ["", " on 10 June 2017", " in June 2017", " by August 2019", " since 2014"])
def test_a_place_off_the_record_gets_no_figure_at_any_time(
    knowledge: Knowledge, place: str, time: str
) -> None:
    assert asserted(knowledge, f"how many strikes in {place}{time}") == []


def test_a_figure_has_a_source_with_a_link_and_a_date(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "air strikes in Syria on 10 June 2017")
    (figure,) = answer.figures
    assert figure.source.url in said(answer)
    assert figure.source.publisher in said(answer)
    assert "11 June 2017" in said(answer)


def test_a_reported_nought_is_a_figure(knowledge: Knowledge) -> None:
    assert asserted(knowledge, "strikes in Iraq from 4 to 7 December 2017") == [0]


def test_a_place_that_the_days_report_does_not_name_has_no_figure(knowledge: Knowledge) -> None:
    assert asserted(knowledge, "strikes near Mosul on 26 August 2017") == []


def test_a_total_says_how_many_days_are_on_record(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "strikes in Syria in June 2017")
    assert answer.kind == "total"
    assert values(answer.figures) == [314]
    assert "13 of 30 days" in said(answer)


def test_early_in_a_month_says_which_days(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "strikes in Syria in early June 2017")
    assert values(answer.figures) == [19 + 23 + 20 + 21 + 30 + 21 + 27]
    assert "1 to 10 June 2017" in said(answer)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("civilian deaths by August 2019 according to the coalition", "at least 1,335"),
        ("coalition strikes by 27 July 2016", "more than 14,000"),
        ("civilian deaths according to Airwars", "between 8,106 and 12,980"),
        ("area liberated from ISIS by August 2019", "nearly 110,000"),
        ("SDF fighters killed", "approximately 1,100"),
    ],
)
def test_qualifiers_stay_as_they_were_reported(knowledge: Knowledge, question: str, words: str) -> None:
    assert words in said(ask(knowledge, question))


def test_sources_that_disagree_stand_side_by_side(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "how many civilians were killed by the coalition")
    assert {figure.source.publisher for figure in answer.figures} >= {"Airwars"}
    assert len({figure.source.publisher for figure in answer.figures}) > 1


@pytest.mark.parametrize(("asserts", "true"), [(50, False), (26, False), (270, False), (27, True)])
def test_a_false_premise_is_corrected(knowledge: Knowledge, asserts: int, true: bool) -> None:
    answer = ask(knowledge, f"why were there {asserts} strikes in Syria on 10 June 2017")
    assert values(answer.figures) == [27]
    assert (f"Not {asserts}" in said(answer)) is not true


@pytest.mark.parametrize("number", ["27", "twenty-seven", "twenty seven"])
def test_a_claim_in_words_counts_as_its_number(knowledge: Knowledge, number: str) -> None:
    (claim,) = ask(knowledge, f"were there {number} strikes in Syria on 10 June 2017?").claims
    assert (claim.value, claim.verdict) == (27, "supported")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("were there 27 strikes in Syria on 9 June 2017?", "contradicted"),
        ("were there 27 strikes in Iraq on 10 June 2017?", "contradicted"),
        ("were there 27 engagements in Syria on 10 June 2017?", "contradicted"),
        ("were there 27 strikes in Yemen on 10 June 2017?", "not on record"),
        ("did Russia carry out 27 strikes in Syria on 10 June 2017?", "not on record"),
    ],
)
def test_the_right_number_for_another_question_is_not_supported(
    knowledge: Knowledge, question: str, verdict: str
) -> None:
    assert [claim.verdict for claim in ask(knowledge, question).claims] == [verdict]


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("strikes in Syria on 10/06/2017", ["10 June 2017", "6 October 2017"]),
        ("strikes in Syria on 10 June", ["2017"]),
        ("how many strikes", []),
    ],
)
def test_choices_are_few_and_complete(knowledge: Knowledge, question: str, offered: list[str]) -> None:
    answer = ask(knowledge, question)
    assert len(answer.choices) <= 4
    assert all(any(words in choice for choice in answer.choices) for words in offered)


def test_every_choice_is_itself_answered_without_a_further_choice(knowledge: Knowledge) -> None:
    for question in (
        "strikes in Syria on 10/06/2017",
        "strikes in Iraq on 10 June",
        "and in Iraq?",
        "in June?",
    ):
        for choice in ask(knowledge, question).choices:
            assert ask(knowledge, choice).kind != "choice"


def test_the_examples_are_five_and_each_is_another(knowledge: Knowledge) -> None:
    assert len(set(knowledge.examples())) == 5


def test_every_example_is_answered(knowledge: Knowledge) -> None:
    for example in knowledge.examples():
        assert ask(knowledge, example).kind not in ("unknown", "choice")


def test_two_questions_of_one_message_are_both_answered(knowledge: Knowledge) -> None:
    assert asserted(
        knowledge, "How many strikes in Syria on 10 June 2017? And how many in Iraq on 9 June 2017?"
    ) == [27, 6]


def test_a_place_on_record_is_answered_beside_one_that_is_not(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "strikes near Raqqa and Kabul on 10 June 2017")
    assert values(answer.figures) == [17]
    assert "Kabul" in said(answer)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("when did the battle of Mosul begin", "17 October 2016"),
        ("when was victory in Mosul declared", "9 July 2017"),
        ("when did the caliphate fall", "23 March 2019"),
    ],
)
def test_an_event_has_its_date(knowledge: Knowledge, question: str, day: str) -> None:
    answer = ask(knowledge, question)
    assert answer.kind == "event"
    assert day in said(answer)


def test_a_disputed_date_names_the_other_one_too(knowledge: Knowledge) -> None:
    text = said(ask(knowledge, "when were the first strikes in Syria"))
    assert text.index("23 September 2014") < text.index("22 September 2014")


def test_what_is_asked_of_tomorrow_is_not_foretold(knowledge: Knowledge) -> None:
    assert ask(knowledge, "how many strikes in Syria tomorrow", now=date(2017, 6, 9)).figures == ()


def test_yesterday_counts_from_the_day_of_the_question(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "how many strikes in Syria yesterday", now=date(2017, 6, 11))
    assert values(answer.figures) == [27]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "'; drop table facts; --",
        "%s {0} {x}",
        "(" * 4096,
        "strikes " * 500,
        "كم عدد الضربات",
        "strikes in Syria on 10 June 2017\n" * 120,
        "strikes on 99/99/9999",
        "strikes in Syria the day after 31 December 9999",
        "the day before 1 January 0001",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_a_hostile_text_gets_an_answer_too(knowledge: Knowledge, text: str) -> None:
    assert said(ask(knowledge, text)).strip()


def test_writing_in_full_width_digits_and_marks_of_direction_is_read(knowledge: Knowledge) -> None:
    assert asserted(knowledge, "strikes in \u202eSyria\u202c on １０ June ２０１７") == [27]
