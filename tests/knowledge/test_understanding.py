"""From words to slots: what is asked, what is missing, and which words stop an answer."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.models import Period, Query
from knowledge.understanding import Understanding, understand
from knowledge.vocabulary import Vocabulary

from .asking import NOW

JUNE_10 = Period(date(2017, 6, 10), date(2017, 6, 10))
BEFORE = Query(metrics=("strikes",), places=("syria",), periods=(JUNE_10,))


def read(text: str, vocabulary: Vocabulary, before: Query | None = None) -> Understanding:
    return understand(text, vocabulary, NOW, before)


@pytest.mark.parametrize(
    "text",
    [
        "air strikes in Syria on 10 June 2017",
        "On the 10th of June 2017, how many air strikes were there in Syria?",
        "SYRIA STRIKES 10 JUNE 2017",
        "syira, stirkes, 10 june 2017",
        "please tell me the number of bombings in Syria on June 10, 2017",
    ],
)
def test_the_same_question_in_other_words_is_the_same_query(vocabulary: Vocabulary, text: str) -> None:
    query = read(text, vocabulary).query
    assert (query.metrics, query.places, query.periods) == (("strikes",), ("syria",), (JUNE_10,))


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("air raids in Iraq", "strikes"),
        ("engagements in Iraq", "engagements"),
        ("bombs dropped in May 2017", "weapons_released"),
        ("sorties in May 2017", "sorties"),
        ("civilians killed", "civilian_deaths"),
        ("what has the operation cost", "cost"),
    ],
)
def test_words_name_their_own_metric_only(vocabulary: Vocabulary, text: str, metric: str) -> None:
    assert read(text, vocabulary).query.metrics == (metric,)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Russian strikes in Syria", "russia"),
        ("strikes by France in Iraq", "france"),
        ("U.S. strikes in Syria", "united-states"),
        ("how many strikes did Turkey launch in Syria", "turkey"),
    ],
)
def test_who_acted_is_named(vocabulary: Vocabulary, text: str, actor: str) -> None:
    assert read(text, vocabulary).query.actors == (actor,)


@pytest.mark.parametrize(
    "text", ["strikes against ISIS in Iraq", "strikes on Daesh in Syria on 10 June 2017"]
)
def test_who_was_struck_did_not_act(vocabulary: Vocabulary, text: str) -> None:
    assert "isis" not in read(text, vocabulary).query.actors


@pytest.mark.parametrize(
    "word",
    [
        "zorblax",
        "naval",
        "chemical",
        "suicide",
        "night",
        "cancelled",
        "hunger",
        "nuclear",
        "failed",
        "rocket",
    ],
)
def test_an_unknown_word_that_matters_stops_the_answer(vocabulary: Vocabulary, word: str) -> None:
    assert read(f"{word} strikes in Syria on 10 June 2017", vocabulary).issue == "unknown_word"


@pytest.mark.parametrize(
    "opening", ["please", "hi there,", "just wondering:", "could you tell me", "hey bot"]
)
def test_a_politeness_does_not_stop_the_answer(vocabulary: Vocabulary, opening: str) -> None:
    understood = read(f"{opening} how many strikes in Syria on 10 June 2017", vocabulary)
    assert understood.issue == ""
    assert understood.query.places == ("syria",)


@pytest.mark.parametrize("place", ["Yemen", "Iran", "Gaza", "Kabul", "Xanadu", "Mordor"])
def test_a_place_off_the_record_is_kept_as_elsewhere(vocabulary: Vocabulary, place: str) -> None:
    (named,) = read(f"strikes in {place} on 10 June 2017", vocabulary).query.places
    assert named == f"elsewhere:{place}"


@pytest.mark.parametrize(
    "text", ["and in Iraq?", "the day before?", "what about engagements", "on 9 June 2017?", "Mosul"]
)
def test_a_fragment_with_nothing_before_it_is_not_guessed(vocabulary: Vocabulary, text: str) -> None:
    assert read(text, vocabulary).issue in ("fragment", "date")


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("and in Iraq?", "places", ("iraq",)),
        ("what about engagements", "metrics", ("engagements",)),
        ("the day before?", "periods", (Period(date(2017, 6, 9), date(2017, 6, 9)),)),
        ("on 14 June?", "periods", (Period(date(2017, 6, 14), date(2017, 6, 14)),)),
        ("no, Mosul", "places", ("mosul",)),
    ],
)
def test_a_follow_up_changes_one_slot_and_keeps_the_rest(
    vocabulary: Vocabulary, text: str, slot: str, value: object
) -> None:
    query = read(text, vocabulary, BEFORE).query
    for name in ("metrics", "places", "periods"):
        assert getattr(query, name) == (value if name == slot else getattr(BEFORE, name))


@pytest.mark.parametrize(
    "text",
    [
        "how many engagements in Iraq by 31 March 2017",
        "strikes in Iraq in total so far",
        "weapons released in Iraq and Syria in May 2017",
    ],
)
def test_a_complete_question_keeps_nothing(vocabulary: Vocabulary, text: str) -> None:
    understood = read(text, vocabulary, BEFORE)
    assert understood.inherited == ()
    assert "syria" not in understood.query.places
    assert JUNE_10 not in understood.query.periods


def test_what_was_taken_over_is_named(vocabulary: Vocabulary) -> None:
    assert set(read("and in Iraq?", vocabulary, BEFORE).inherited) == {"metrics", "periods"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("10/06/2017", ("2017-06-10", "2017-10-06")), ("10 June", ("--06-10",)), ("in June", ("--06",))],
)
def test_an_open_date_is_remembered_for_the_reply(
    vocabulary: Vocabulary, text: str, wanted: tuple[str, ...]
) -> None:
    understood = read(f"strikes in Syria {text}", vocabulary)
    assert understood.issue == "date"
    assert understood.query.unresolved == wanted


def test_the_reply_to_a_question_back_completes_the_date(vocabulary: Vocabulary) -> None:
    open_query = read("strikes in Syria on 10 June", vocabulary).query
    assert read("2017", vocabulary, open_query).query.periods == (JUNE_10,)


def test_a_correction_of_spelling_lowers_the_confidence(vocabulary: Vocabulary) -> None:
    exact, misspelt = (
        read(f"strikes near {name} on 10 June 2017", vocabulary) for name in ("Mosul", "Mosel")
    )
    assert exact.query == misspelt.query
    assert misspelt.confidence < exact.confidence == 1.0
